"""Headers and cookies outside of the pages (`test_every_page`); the deployment check."""

import os
import subprocess
import sys

import pytest
from tests.conftest import PASSWORD
from tests.house.source import ROOT
from tests.meice.whole.test_every_page import POLICY, policy_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/"])
def test_strangers_get_the_policy_too(client, path):
    assert policy_of(client.get(path)) == POLICY


def test_the_session_cookie_is_for_the_server_alone(client, cast):
    client.post("/sign-in/", {"username": cast.he.username, "password": PASSWORD})
    cookie = client.cookies["meice"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


PRODUCTION = {
    "MEICE_PUBLIC_URL": "https://meice.huayuan.edu.cn",
    "MEICE_HOSTS": "meice.huayuan.edu.cn",
    "MEICE_SECRET_KEY": "production-like-" + "z9Yx8Wv7" * 8,
    "DJANGO_SETTINGS_MODULE": "meice.config.settings",
}


def in_production(tmp_path, code):
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment |= PRODUCTION | {"MEICE_DATA_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_the_deployment_check_is_clean(tmp_path):
    command = ["-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = in_production(tmp_path, command)
    assert done.returncode == 0, done.stderr


def test_behind_tls_cookies_are_bound_to_the_host(tmp_path):
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_SSL_REDIRECT)"
    )
    done = in_production(tmp_path, ["-c", code])
    assert done.stdout.split() == [
        "__Host-meice",
        "True",
        "__Host-meice-csrf",
        "True",
        "True",
        "True",
    ]
