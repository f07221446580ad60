from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "meice.rectification"
    label = "rectification"
    verbose_name = "整改"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.rectification import slots  # noqa: PLC0415  the models must be there first

        slots.register()
