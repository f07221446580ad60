from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "meice.web"
    label = "web"
    verbose_name = "界面"
