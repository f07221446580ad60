from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "meice.evidence"
    label = "evidence"
    verbose_name = "证据库"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.evidence import slots  # noqa: PLC0415  the models must be there first

        slots.register()
