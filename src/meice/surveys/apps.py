from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "meice.surveys"
    label = "surveys"
    verbose_name = "填报"
