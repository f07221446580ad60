from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "meice.orgs"
    label = "orgs"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.orgs import slots  # noqa: PLC0415  the models must be there first

        slots.register()
