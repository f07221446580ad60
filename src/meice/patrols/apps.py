from django.apps import AppConfig


class PatrolsConfig(AppConfig):
    name = "meice.patrols"
    label = "patrols"
    verbose_name = "内容巡查"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.patrols import slots  # noqa: PLC0415  the models must be there first

        slots.register()
