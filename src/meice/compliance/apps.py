from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "meice.compliance"
    label = "compliance"
    verbose_name = "合规档案"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.compliance import slots  # noqa: PLC0415  the models must be there first

        slots.register()
