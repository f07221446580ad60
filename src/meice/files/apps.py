from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "meice.files"
    label = "files"
    verbose_name = "文件"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.files import slots  # noqa: PLC0415  the models must be there first

        slots.register()
