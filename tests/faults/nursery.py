"""What every forked process of the fault tests has loaded: Django, the rooms, the scenes."""

import os
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "meice.config.settings"
os.environ["MEICE_SECRET_KEY"] = "tests-only-" + "k" * 60
os.environ["MEICE_DATA_DIR"] = tempfile.mkdtemp(prefix="meice-nursery-")

import django

django.setup()

import meice.config.urls  # noqa: E402
import meice.jobs.worker  # noqa: E402, F401
import tests.meice.surveys.scene  # noqa: E402, F401
