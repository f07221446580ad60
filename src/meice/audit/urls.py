from django.urls import path

from meice.audit import views

urlpatterns = [
    path("audit/", views.audit_log, name="audit-log"),
    path("audit/export/", views.audit_export, name="audit-export"),
    path("audit/verify/", views.audit_verify, name="audit-verify"),
    path("audit/verify/start/", views.audit_verify_start, name="audit-verify-start"),
]
