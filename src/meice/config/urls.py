"""The one table of addresses; each room brings its own list."""

from django.urls import include, path

urlpatterns = [
    path("", include("meice.orgs.urls")),
    path("", include("meice.notices.urls")),
    path("", include("meice.files.urls")),
    path("", include("meice.evidence.urls")),
    path("", include("meice.audit.urls")),
    path("", include("meice.jobs.urls")),
    path("", include("meice.registry.urls")),
    path("", include("meice.duty.urls")),
    path("", include("meice.regulations.urls")),
    path("", include("meice.rectification.urls")),
    path("", include("meice.editorial.urls")),
    path("", include("meice.inspections.urls")),
    path("", include("meice.incidents.urls")),
    path("", include("meice.impersonations.urls")),
    path("", include("meice.compliance.urls")),
    path("", include("meice.training.urls")),
    path("", include("meice.surveys.urls")),
    path("", include("meice.patrols.urls")),
    path("", include("meice.web.urls")),
]

handler400 = "meice.web.views.bad_request"
handler403 = "meice.web.views.forbidden"
handler404 = "meice.web.views.not_found"
handler500 = "meice.web.views.server_error"
