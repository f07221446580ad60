"""What every forked process of the fault tests has loaded: Django, the rooms, the scenes."""

import gc
import os
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "meice.config.settings"
os.environ["MEICE_SECRET_KEY"] = "tests-only-" + "k" * 60
os.environ["MEICE_DATA_DIR"] = tempfile.mkdtemp(prefix="meice-nursery-")

import django

django.setup()

import django.db.backends.postgresql.base  # noqa: E402
import django.db.backends.sqlite3.base  # noqa: E402
from django.apps import apps  # noqa: E402

import tests.faults.submitter  # noqa: E402
import tests.meice.surveys.scene  # noqa: E402, F401

for model in apps.get_models():  # what a process works out at its first query
    model._meta.get_fields()
    str(model._default_manager.all().query)
gc.freeze()
