"""Settings are listed, migrations are made, the deployment check is clean."""

import re

from django.core.management import call_command

from tests.house.source import PACKAGE, ROOT


def test_settings_are_listed():
    listed = set(
        re.findall(r"^#? ?(MEICE_[A-Z_]+)=", (ROOT / ".env.sample").read_text("utf-8"), re.M)
    )
    read = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(
            r"\b(?:text|switch|words|networks)\(\s*\"(MEICE_[A-Z_]+)\"", path.read_text("utf-8")
        )
    }
    assert read
    assert read == listed


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
