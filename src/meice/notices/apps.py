from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "meice.notices"
    label = "notices"
    verbose_name = "消息"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.notices import slots  # noqa: PLC0415  the models must be there first

        slots.register()
