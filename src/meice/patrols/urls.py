"""The addresses of the room."""

from django.urls import path

from meice.patrols.views import book, checklists, plans, raising, round, settings, visit

OUTLET = "patrols/<int:pk>/outlets/<int:place>/"

urlpatterns = [
    path("patrols/", book.round_list, name="round-list"),
    path("patrols/book/", book.round_book, name="round-book"),
    path("patrols/export/", book.round_export, name="round-export"),
    path("patrols/<int:pk>/", round.round, name="round"),
    path("patrols/<int:pk>/print/", round.round_print, name="round-print"),
    path("patrols/<int:pk>/take/", round.round_take, name="round-take"),
    path("patrols/<int:pk>/finish/", round.round_finish, name="round-finish"),
    path("patrols/<int:pk>/excuse/", round.round_excuse, name="round-excuse"),
    path("patrols/<int:pk>/photos/<int:photo>/", visit.round_file, name="round-file"),
    path(
        "patrols/<int:pk>/photos/<int:photo>/drop/", visit.round_photo_drop, name="round-photo-drop"
    ),
    path(OUTLET, visit.round_visit, name="round-visit"),
    path(f"{OUTLET}save/", visit.round_save, name="round-save"),
    path(f"{OUTLET}fine/", visit.round_fine, name="round-fine"),
    path(f"{OUTLET}find/<slug:key>/", raising.round_find, name="round-find"),
    path(f"{OUTLET}report/<slug:key>/", raising.round_report, name="round-report"),
    path("patrols/plans/", plans.patrol_plan_list, name="patrol-plan-list"),
    path("patrols/plans/new/", plans.patrol_plan_new, name="patrol-plan-new"),
    path("patrols/plans/<int:pk>/", plans.patrol_plan, name="patrol-plan"),
    path("patrols/plans/<int:pk>/edit/", plans.patrol_plan_edit, name="patrol-plan-edit"),
    path("patrols/plans/<int:pk>/pause/", plans.patrol_plan_pause, name="patrol-plan-pause"),
    path("patrols/plans/<int:pk>/restart/", plans.patrol_plan_restart, name="patrol-plan-restart"),
    path("patrols/plans/<int:pk>/start/", plans.patrol_plan_start, name="patrol-plan-start"),
    path("patrols/lists/", checklists.checklist_list, name="checklist-list"),
    path("patrols/lists/copy/", checklists.checklist_copy, name="checklist-copy"),
    path("patrols/lists/<int:pk>/", checklists.checklist, name="checklist"),
    path("patrols/lists/<int:pk>/edit/", checklists.checklist_edit, name="checklist-edit"),
    path("patrols/settings/", settings.patrol_settings, name="patrol-settings"),
    path("patrols/settings/terms/", settings.patrol_terms_set, name="patrol-terms-set"),
    path("patrols/settings/days/", settings.patrol_day_add, name="patrol-day-add"),
    path("patrols/settings/days/<int:pk>/drop/", settings.patrol_day_drop, name="patrol-day-drop"),
]
