"""The real settings on a throw-away data folder, with a cheap password hash."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="meice-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
Path(_FOLDER, "static").mkdir()  # whitenoise warns without it
os.environ["MEICE_DATA_DIR"] = _FOLDER
# The browser tests keep Playwright's event loop in the main thread; the database is not asked from it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.setdefault("MEICE_SECRET_KEY", "tests-only-" + "k" * 60)

from meice.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

MEDIA_ROOT = Path(_FOLDER, "media")
