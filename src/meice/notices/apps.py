from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "meice.notices"
    label = "notices"
    verbose_name = "消息"
