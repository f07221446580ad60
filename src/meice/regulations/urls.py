"""The addresses of the room."""

from django.urls import path

from meice.regulations.views import keeping, reading

urlpatterns = [
    path("regulations/", reading.regulation_list, name="regulation-list"),
    path("regulations/new/", keeping.regulation_new, name="regulation-new"),
    path("regulations/<int:pk>/", reading.regulation, name="regulation"),
    path("regulations/<int:pk>/edit/", keeping.regulation_edit, name="regulation-edit"),
    path("regulations/<int:pk>/cut/", keeping.regulation_cut, name="regulation-cut"),
    path("regulations/<int:pk>/file/", reading.regulation_file, name="regulation-file"),
    path("clauses/edit/<path:key>/", keeping.clause_edit, name="clause-edit"),
    path("clauses/drop/<path:key>/", keeping.clause_drop, name="clause-drop"),
    path("clauses/<path:key>/", reading.clause, name="clause"),
]
