from django.conf import settings
from django.urls import URLPattern, path

from meice.web import gallery, views

urlpatterns: list[URLPattern] = [
    path("session/", views.session_state, name="session-state"),
    path("search/", views.search, name="search"),
]
if settings.DEBUG:
    urlpatterns += gallery.urlpatterns
