from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "meice.registry"
    label = "registry"
    verbose_name = "台账与备案"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.registry import slots  # noqa: PLC0415  the models must be there first

        slots.register()
