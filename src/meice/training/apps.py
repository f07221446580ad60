from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "meice.training"
    label = "training"
    verbose_name = "队伍建设"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.training import slots  # noqa: PLC0415  the models must be there first

        slots.register()
