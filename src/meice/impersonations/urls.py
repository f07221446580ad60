"""The addresses of the room."""

from django.urls import path

from meice.impersonations.views import (
    closing,
    docket,
    dockets,
    gathering,
    judging,
    papers,
    public,
    referring,
    reporting,
    settings,
)

PK = "impersonations/<int:pk>/"

urlpatterns = [
    path("impersonations/", dockets.impersonation_list, name="impersonation-list"),
    path("impersonations/export/", dockets.impersonation_export, name="impersonation-export"),
    path("impersonations/new/", reporting.impersonation_new, name="impersonation-new"),
    path(
        "impersonations/candidates/",
        dockets.impersonation_candidates,
        name="impersonation-candidates",
    ),
    path(
        "impersonations/settings/", settings.impersonation_settings, name="impersonation-settings"
    ),
    path(PK, docket.impersonation, name="impersonation"),
    path(f"{PK}edit/", reporting.impersonation_edit, name="impersonation-edit"),
    path(f"{PK}accept/", judging.impersonation_accept, name="impersonation-accept"),
    path(f"{PK}confirm/", judging.impersonation_confirm, name="impersonation-confirm"),
    path(f"{PK}dismiss/", judging.impersonation_dismiss, name="impersonation-dismiss"),
    path(f"{PK}doubt/", judging.impersonation_doubt, name="impersonation-doubt"),
    path(f"{PK}reconsider/", judging.impersonation_reconsider, name="impersonation-reconsider"),
    path(f"{PK}capture/", gathering.impersonation_capture, name="impersonation-capture"),
    path(f"{PK}upload/", gathering.impersonation_upload, name="impersonation-upload"),
    path(
        f"{PK}evidence/<int:number>/",
        gathering.impersonation_evidence,
        name="impersonation-evidence",
    ),
    path(f"{PK}refer/<slug:channel>/", referring.impersonation_refer, name="impersonation-refer"),
    path(f"{PK}pack/<slug:channel>/", referring.impersonation_pack, name="impersonation-pack"),
    path("referrals/<int:pk>/uphold/", referring.referral_uphold, name="referral-uphold"),
    path("referrals/<int:pk>/reject/", referring.referral_reject, name="referral-reject"),
    path(f"{PK}close/", closing.impersonation_close, name="impersonation-close"),
    path(f"{PK}recheck/", closing.impersonation_recheck, name="impersonation-recheck"),
    path(f"{PK}return/", closing.impersonation_return, name="impersonation-return"),
    path(f"{PK}publish/", closing.impersonation_publish, name="impersonation-publish"),
    path(f"{PK}unpublish/", closing.impersonation_unpublish, name="impersonation-unpublish"),
    path(f"{PK}print/", papers.impersonation_print, name="impersonation-print"),
    path(f"{PK}document/", papers.impersonation_document, name="impersonation-document"),
    path(f"{PK}docket/", papers.impersonation_docket, name="impersonation-docket"),
    path(f"{PK}contact/", papers.impersonation_contact, name="impersonation-contact"),
    path("fakes/", public.fake_list, name="fake-list"),
    path("fakes/report/", public.fake_report, name="fake-report"),
    path("fakes/state/", public.fake_state, name="fake-state"),
]
