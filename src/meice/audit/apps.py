from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "meice.audit"
    label = "audit"
    verbose_name = "审计"
