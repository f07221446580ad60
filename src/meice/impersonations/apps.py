from django.apps import AppConfig


class ImpersonationsConfig(AppConfig):
    name = "meice.impersonations"
    label = "impersonations"
    verbose_name = "假冒账号"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.impersonations import slots  # noqa: PLC0415  the models must be there first

        slots.register()
