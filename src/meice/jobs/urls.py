from django.urls import path

from meice.jobs import views

urlpatterns = [
    path("jobs/", views.job_status, name="job-status"),
    path("jobs/<uuid:pk>/", views.job_progress, name="job"),
    path("jobs/<uuid:pk>/retry/", views.job_retry, name="job-retry"),
]
