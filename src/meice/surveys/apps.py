from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "meice.surveys"
    label = "surveys"
    verbose_name = "填报"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.surveys import slots  # noqa: PLC0415  the models must be there first

        slots.register()
