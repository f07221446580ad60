"""Activity and leads in the background. A lost or doubled job does no harm."""

from datetime import timedelta

from django.conf import settings
from django_tasks import task

from meice.engines import gate
from meice.engines.gate import Answer, Request
from meice.inspections.actions import leads
from meice.inspections.actions.activity import ask_source
from meice.inspections.actions.judging import judge_accounts
from meice.inspections.models import ActivitySource
from meice.jobs import progress
from meice.kernel.clock import now

AT_ONCE = 40
"""Sources asked in one round: a round ends within minutes even when every one is silent."""
LINKS_OF = timedelta(hours=2)


def fetch(request: Request) -> Answer:
    """One request, through the gate."""
    return gate.fetch(request, settings.PROBE_POLICY)


@task(label="询问活跃度来源")
def ask_sources() -> int:
    """Ask what is due, the longest overdue first; gives how many."""
    due = ActivitySource.objects.filter(is_active=True, next_at__lte=now())
    sources = list(due.select_related("outlet__unit").order_by("next_at")[:AT_ONCE])
    for done, source in enumerate(sources, start=1):
        ask_source(source, fetch, now())
        progress.report(done, len(sources), f"{len(sources)} 个来源已问 {done} 个")
    return len(sources)


@task(label="判断账号活跃度")
def judge_activity() -> int:
    """Judge every speaking account."""
    return judge_accounts(now())


@task(label="比对外链")
def compare_links() -> int:
    """Whatever the probes of the last hours saw beside our own sites; gives the new leads."""
    return leads.note_links(now() - LINKS_OF, at=now())
