"""The addresses of the room."""

from django.urls import path

from meice.editorial.lexicons.urls import patterns as lexicons
from meice.editorial.views import proof

urlpatterns = [
    path("proof/", proof.proof, name="proof"),
    *lexicons,
]
