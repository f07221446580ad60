from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "meice.duty"
    label = "duty"
    verbose_name = "值班值守"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.duty import slots  # noqa: PLC0415  the models must be there first

        slots.register()
