from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "meice.editorial"
    label = "editorial"
    verbose_name = "内容审核"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.editorial import slots  # noqa: PLC0415  as in every room

        slots.register()
