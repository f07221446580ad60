from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "meice.rectification"
    label = "rectification"
    verbose_name = "整改"
