"""Django's settings, all from the environment (`.env.sample` lists every variable)."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from meice.config import environment
from meice.engines.gate import Policy

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_directory()

SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = environment.switch("MEICE_DEBUG")
ALLOWED_HOSTS = environment.words("MEICE_HOSTS", "127.0.0.1,localhost,[::1]")
PUBLIC_URL = environment.text("MEICE_PUBLIC_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
BEHIND_TLS = PUBLIC_URL.startswith("https://")
INSTITUTION = environment.text("MEICE_INSTITUTION", "华园大学")
SUPPORT = environment.text("MEICE_SUPPORT", "信息网络中心")
IS_DEMO = environment.switch("MEICE_DEMO")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "treebeard",
    "axes",
    "meice.web",
    "meice.jobs",
    "meice.audit",
    "meice.files",
    "meice.evidence",
    "meice.notices",
    "meice.orgs",
    "meice.registry",
    "meice.duty",
    "meice.regulations",
    "meice.rectification",
    "meice.inspections",
    "meice.editorial",
    "meice.incidents",
    "meice.impersonations",
    "meice.compliance",
    "meice.training",
    "meice.surveys",
    "meice.patrols",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "meice.web.middleware.SessionLost",
    "meice.orgs.signin.middleware.Session",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "meice.config.urls"
WSGI_APPLICATION = "meice.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

WEB_WORKERS = int(environment.text("MEICE_WEB_WORKERS", "2"))  # processes
JOB_LEASE = float(environment.text("MEICE_JOB_LEASE", "30"))  # seconds

# SQLite as measured: without IMMEDIATE nine of ten simultaneous writers fail.
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        environment.text("MEICE_DATABASE_URL", f"sqlite:///{DATA_DIR / 'meice.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "meice.orgs.signin.brake.keep_response"
AXES_DISABLE_ACCESS_LOG = True  # signing in and out is in our own audit log
PASSWORD_PROFILE = environment.text("MEICE_PASSWORD_PROFILE", "dengbao")

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-meice" if BEHIND_TLS else "meice"
CSRF_COOKIE_NAME = "__Host-meice-csrf" if BEHIND_TLS else "meice-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
PROXIES = environment.networks("MEICE_PROXIES", "127.0.0.1,::1" if BEHIND_TLS else "")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
CSRF_FAILURE_VIEW = "meice.web.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_DIR = DATA_DIR / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

TASKS = {"default": {"BACKEND": "meice.jobs.backend.TableBackend", "QUEUES": []}}

EMAIL_BACKEND = environment.text(
    "MEICE_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = environment.text("MEICE_EMAIL_HOST", "localhost")
EMAIL_PORT = int(environment.text("MEICE_EMAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("MEICE_EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("MEICE_EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.switch("MEICE_EMAIL_TLS")
DEFAULT_FROM_EMAIL = environment.text("MEICE_EMAIL_FROM", "meice@localhost")

# What may be visited from here beyond the public internet; every room passes it to the gate.
PROBE_POLICY = Policy.from_settings(
    {
        "MEICE_CAMPUS_NETWORKS": environment.text("MEICE_CAMPUS_NETWORKS"),
        "MEICE_PROBE_EXACT": environment.text("MEICE_PROBE_EXACT"),
        "MEICE_PROBE_PORTS": environment.text("MEICE_PROBE_PORTS"),
        "MEICE_OWN_HOSTS": environment.text("MEICE_OWN_HOSTS"),
        "MEICE_DATABASE_URL": environment.text("MEICE_DATABASE_URL"),
        "MEICE_PUBLIC_URL": PUBLIC_URL,
    }
)
CAMPUS_DOMAINS = tuple(word.lower() for word in environment.words("MEICE_CAMPUS_DOMAINS"))

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # axes would log what was typed as a name, which may be a password
    "loggers": {"meice": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
