"""The addresses of activity and leads; `meice.inspections.urls` takes them in."""

from django.urls import path

from meice.inspections.actions import verdicts as deeds
from meice.inspections.views import exports, findings, queue, runs, schedules, verdicts

urlpatterns = [
    path("findings/", queue.finding_queue, name="finding-queue"),
    path("findings/all/", findings.finding_list, name="finding-list"),
    path("findings/new/", findings.finding_new, name="finding-new"),
    path("findings/order/", verdicts.findings_order, name="findings-order"),
    path("findings/export/", exports.finding_export, name="finding-export"),
    path("findings/exports/<int:pk>/", exports.finding_exported, name="finding-exported"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path(
        "findings/<int:pk>/evidence/<int:proof>/", findings.evidence_file, name="finding-evidence"
    ),
    path("findings/<int:pk>/claim/", verdicts.step_view(deeds.claim_finding), name="finding-claim"),
    path(
        "findings/<int:pk>/release/",
        verdicts.step_view(deeds.release_finding),
        name="finding-release",
    ),
    path("findings/<int:pk>/transfer/", verdicts.finding_transfer, name="finding-transfer"),
    path("findings/<int:pk>/judge/", verdicts.finding_judge, name="finding-judge"),
    path("findings/<int:pk>/reconsider/", verdicts.finding_reconsider, name="finding-reconsider"),
    path("findings/<int:pk>/order/", verdicts.finding_order, name="finding-order"),
    path("schedules/", schedules.schedule_list, name="schedule-list"),
    path("schedules/new/", schedules.schedule_new, name="schedule-new"),
    path("schedules/<int:pk>/edit/", schedules.schedule_edit, name="schedule-edit"),
    path("schedules/<int:pk>/start/", schedules.schedule_start, name="schedule-start"),
    path("runs/", runs.run_list, name="run-list"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run-progress"),
    path("runs/<int:pk>/cancel/", runs.run_cancel, name="run-cancel"),
    path("checks/<int:pk>/", runs.site_check, name="site-check"),
]
