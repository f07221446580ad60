"""What every test may ask for."""

from tests.audit_triggers import append_only, django_db_setup

__all__ = ["append_only", "django_db_setup"]
