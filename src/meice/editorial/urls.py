"""The addresses of the room."""

from django.urls import path

from meice.editorial.lexicons.urls import patterns as lexicons
from meice.editorial.views import (
    drafting,
    history,
    ledger,
    manuscript,
    manuscripts,
    proof,
    publishing,
    reviewing,
    settings,
)

ONE = "manuscripts/<int:pk>/"
STAGE = f"{ONE}reviews/<int:review>/"

urlpatterns = [
    path("proof/", proof.proof, name="proof"),
    *lexicons,
    path("manuscripts/", manuscripts.manuscript_list, name="manuscript-list"),
    path("manuscripts/new/", drafting.manuscript_new, name="manuscript-new"),
    path("manuscripts/settings/", settings.editorial_settings, name="editorial-settings"),
    path("manuscripts/settings/terms/", settings.editorial_terms_set, name="editorial-terms-set"),
    path("manuscripts/settings/chain/", settings.chain_set, name="chain-set"),
    path("manuscripts/settings/chain/<int:pk>/drop/", settings.chain_drop, name="chain-drop"),
    path("manuscripts/settings/stand-in/", settings.stand_in_add, name="stand-in-add"),
    path(
        "manuscripts/settings/stand-in/<int:pk>/end/",
        settings.stand_in_end,
        name="manuscript-stand-in-end",
    ),
    path(ONE, manuscript.manuscript, name="manuscript"),
    path(f"{ONE}edit/", drafting.manuscript_edit, name="manuscript-edit"),
    path(f"{ONE}submit/", drafting.manuscript_submit, name="manuscript-submit"),
    path(f"{ONE}reopen/", drafting.manuscript_reopen, name="manuscript-reopen"),
    path(f"{ONE}drop/", drafting.manuscript_drop, name="manuscript-drop"),
    path(f"{STAGE}claim/", reviewing.review_claim, name="review-claim"),
    path(f"{STAGE}release/", reviewing.review_release, name="review-release"),
    path(f"{STAGE}pass/", reviewing.review_pass, name="review-pass"),
    path(f"{STAGE}return/", reviewing.review_return, name="review-return"),
    path(f"{ONE}comment/", reviewing.manuscript_comment, name="manuscript-comment"),
    path(f"{ONE}comments/<int:comment>/drop/", reviewing.comment_drop, name="comment-drop"),
    path(f"{ONE}issues/<int:issue>/waive/", reviewing.issue_waive, name="issue-waive"),
    path(f"{ONE}publish/", publishing.manuscript_publish, name="manuscript-publish"),
    path(f"{ONE}correct/", publishing.manuscript_correct, name="manuscript-correct"),
    path(f"{ONE}withdraw/", publishing.manuscript_withdraw, name="manuscript-withdraw"),
    path(f"{ONE}check/", publishing.manuscript_check, name="manuscript-check"),
    path(f"{ONE}checks/<int:check>/", history.page_check, name="page-check"),
    path(f"{ONE}history/", history.manuscript_history, name="manuscript-history"),
    path(f"{ONE}difference/", history.manuscript_difference, name="manuscript-difference"),
    path(f"{ONE}files/<int:file>/", history.manuscript_file, name="manuscript-file"),
    path("manuscripts/ledger/", ledger.review_ledger, name="review-ledger"),
    path("manuscripts/ledger/export/", ledger.review_ledger_export, name="review-ledger-export"),
    path("manuscripts/statistics/", ledger.editorial_statistics, name="editorial-statistics"),
    path(f"{ONE}sheet/", ledger.sheet_print, name="manuscript-sheet"),
    path(f"{ONE}sheet/document/", ledger.sheet_document, name="manuscript-document"),
]
