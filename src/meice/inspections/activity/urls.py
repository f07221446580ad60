"""The addresses of activity and leads; `meice.inspections.urls` takes them in."""

from django.urls import path

from meice.inspections.views import activity, leads

urlpatterns = [
    path("activity/", activity.activity_list, name="activity-list"),
    path("activity/export/", activity.activity_export, name="activity-export"),
    path("activity/settings/", activity.activity_settings, name="activity-settings"),
    path("activity/settings/lines/", activity.line_set, name="line-set"),
    path("activity/settings/vacations/", activity.vacation_add, name="vacation-add"),
    path(
        "activity/settings/vacations/<int:pk>/drop/", activity.vacation_drop, name="vacation-drop"
    ),
    path("activity/outlets/<int:pk>/", activity.outlet_activity, name="outlet-activity"),
    path("activity/outlets/<int:pk>/attest/", activity.activity_attest, name="activity-attest"),
    path("activity/outlets/<int:pk>/sample/", activity.activity_sample, name="activity-sample"),
    path(
        "activity/outlets/<int:pk>/feed/", activity.source_set, {"way": "feed"}, name="source-feed"
    ),
    path(
        "activity/outlets/<int:pk>/wechat/",
        activity.source_set,
        {"way": "wechat"},
        name="source-wechat",
    ),
    path("activity/sources/<int:pk>/ask/", activity.source_ask, name="source-ask"),
    path("activity/sources/<int:pk>/drop/", activity.source_drop, name="source-drop"),
    path("activity/statistics/", activity.statistics_list, name="statistics-list"),
    path("activity/statistics/<int:pk>/", activity.statistics_page, name="statistics"),
    path("activity/statistics/<int:pk>/apply/", activity.statistics_apply, name="statistics-apply"),
    path("leads/", leads.lead_list, name="lead-list"),
    path("leads/export/", leads.lead_export, name="lead-export"),
    path("leads/upload/", leads.lead_upload, name="lead-upload"),
    path("leads/<int:pk>/", leads.lead, name="lead"),
    path("leads/<int:pk>/adopt/", leads.lead_adopt, name="lead-adopt"),
    *(
        path(f"leads/<int:pk>/{step}/", leads.lead_step, {"step": step}, name=f"lead-{step}")
        for step in leads.STEPS
    ),
]
