from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "meice.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.audit import slots  # noqa: PLC0415  the models must be there first

        slots.register()
