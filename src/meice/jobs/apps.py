from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "meice.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.jobs import slots  # noqa: PLC0415  the models must be there first

        slots.register()
