"""The addresses of the room."""

from django.urls import path

from meice.editorial import views

urlpatterns = [path("proof/", views.proof, name="proof")]
