from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "meice.regulations"
    label = "regulations"
    verbose_name = "制度库"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.regulations import slots  # noqa: PLC0415  the models must be there first

        slots.register()
