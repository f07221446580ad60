"""The addresses of the room."""

from django.urls import path

from meice.editorial.lexicons.urls import patterns as lexicons
from meice.editorial.views import ledger, proof

urlpatterns = [
    path("proof/", proof.proof, name="proof"),
    *lexicons,
    path("manuscripts/ledger/", ledger.review_ledger, name="review-ledger"),
    path("manuscripts/ledger/export/", ledger.review_ledger_export, name="review-ledger-export"),
    path("manuscripts/statistics/", ledger.editorial_statistics, name="editorial-statistics"),
    path("manuscripts/<int:pk>/sheet/", ledger.sheet_print, name="sheet"),
    path("manuscripts/<int:pk>/sheet/document/", ledger.sheet_document, name="sheet-document"),
]
