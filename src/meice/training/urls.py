"""The addresses of the room."""

from django.urls import URLPattern, path

from meice.training.views import attending, certificates, needs, sessions

urlpatterns: list[URLPattern] = [
    path("training/", sessions.training_list, name="training-list"),
    path("training/new/", sessions.training_new, name="training-new"),
    path("training/mine/", needs.training_mine, name="training-mine"),
    path("training/needs/", needs.training_needs, name="training-needs"),
    path("training/needs/export/", needs.training_needs_export, name="training-needs-export"),
    path("training/topics/", needs.training_topics, name="training-topics"),
    path("training/topics/<int:pk>/", needs.training_topic_edit, name="training-topic-edit"),
    path(
        "training/topics/<int:pk>/retire/", needs.training_topic_retire,
        name="training-topic-retire",
    ),
    path("training/<int:pk>/", sessions.training, name="training"),
    path("training/<int:pk>/edit/", sessions.training_edit, name="training-edit"),
    path("training/<int:pk>/hold/", sessions.training_hold, name="training-hold"),
    path("training/<int:pk>/cancel/", sessions.training_cancel, name="training-cancel"),
    path(
        "training/<int:pk>/material/<int:file>/", sessions.training_material,
        name="training-material",
    ),
    path("training/<int:pk>/attendance/", attending.training_attend, name="training-attend"),
    path("training/<int:pk>/invite/", attending.training_invite, name="training-invite"),
    path("training/<int:pk>/sheet/", attending.training_sheet, name="training-sheet"),
    path("training/<int:pk>/import/", attending.training_import, name="training-import"),
    path("attendance/<int:pk>/", attending.attendance_intake, name="attendance-intake"),
    path("attendance/<int:pk>/apply/", attending.attendance_apply, name="attendance-apply"),
    path("attendance/<int:pk>/drop/", attending.attendance_drop, name="attendance-drop"),
    path("certificates/", certificates.certificate_list, name="certificate-list"),
    path("certificates/new/", certificates.certificate_new, name="certificate-new"),
    path("certificates/<int:pk>/file/", certificates.certificate_file, name="certificate-file"),
    path("certificates/<int:pk>/drop/", certificates.certificate_drop, name="certificate-drop"),
]  # fmt: skip
