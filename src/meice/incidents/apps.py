from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "meice.incidents"
    label = "incidents"
    verbose_name = "突发处置"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.incidents import slots  # noqa: PLC0415  the models must be there first

        slots.register()
