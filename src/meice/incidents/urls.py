"""The addresses of the room."""

from django.urls import path

from meice.incidents.views import acts, incident, incidents, letters, public, reporting, settings

urlpatterns = [
    path("incidents/", incidents.incident_list, name="incident-list"),
    path("incidents/export/", incidents.incident_export, name="incident-export"),
    path("incidents/book/", incidents.incident_book, name="incident-book"),
    path("incidents/statistics/", incidents.incident_statistics, name="incident-statistics"),
    path("incidents/new/", reporting.incident_new, name="incident-new"),
    path("incidents/settings/", settings.incident_settings, name="incident-settings"),
    path("incidents/settings/times/", settings.incident_times_set, name="incident-times-set"),
    path("incidents/settings/doors/", settings.incident_doors_set, name="incident-doors-set"),
    path("incidents/settings/chain/", settings.incident_chain_set, name="incident-chain-set"),
    path("incidents/settings/head/", settings.incident_head_set, name="incident-head-set"),
    path("incidents/<int:pk>/", incident.incident, name="incident"),
    path("incidents/<int:pk>/acknowledge/", acts.incident_acknowledge, name="incident-acknowledge"),
    path("incidents/<int:pk>/handle/", acts.incident_handle, name="incident-handle"),
    path("incidents/<int:pk>/note/", acts.incident_note, name="incident-note"),
    path("incidents/<int:pk>/assign/", acts.incident_assign, name="incident-assign"),
    path("incidents/<int:pk>/grade/", acts.incident_grade, name="incident-grade"),
    path("incidents/<int:pk>/refer/", acts.incident_refer, name="incident-refer"),
    path("incidents/<int:pk>/resume/", acts.incident_resume, name="incident-resume"),
    path("incidents/<int:pk>/close/", acts.incident_close, name="incident-close"),
    path("incidents/<int:pk>/dismiss/", acts.incident_dismiss, name="incident-dismiss"),
    path("incidents/<int:pk>/reopen/", acts.incident_reopen, name="incident-reopen"),
    path("incidents/<int:pk>/merge/", acts.incident_merge, name="incident-merge"),
    path("incidents/<int:pk>/split/", acts.incident_split, name="incident-split"),
    path("incidents/<int:pk>/contact/", incident.incident_contact, name="incident-contact"),
    path(
        "incidents/<int:pk>/evidence/<int:number>/",
        incident.incident_evidence,
        name="incident-evidence",
    ),
    path(
        "incidents/<int:pk>/letters/<int:letter>/print/",
        letters.letter_print,
        name="incident-letter-print",
    ),
    path(
        "incidents/<int:pk>/letters/<int:letter>/document/",
        letters.letter_document,
        name="incident-letter-document",
    ),
    path(
        "incidents/<int:pk>/letters/<int:letter>/receive/",
        letters.letter_receive,
        name="incident-letter-receive",
    ),
    path(
        "incidents/<int:pk>/letters/<int:letter>/scan/",
        letters.letter_scan,
        name="incident-letter-scan",
    ),
    path("report/", public.report, name="report"),
    path("report/state/", public.report_state, name="report-state"),
]
