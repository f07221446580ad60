from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "meice.files"
    label = "files"
    verbose_name = "文件"
