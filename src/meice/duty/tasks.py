"""Work of the room in the background: weeks kept filled, troubles found, people reminded."""

from django_tasks import task

from meice.duty import actions
from meice.kernel.clock import now


@task(label="值班表补足以后几周")
def fill_rosters() -> int:
    """Fill every running roster, then tell its keepers what is still wrong; gives the shifts."""
    at = now()
    added = actions.fill_all(at)
    actions.watch_rosters(at)
    return added


@task(label="值班提醒")
def remind_duty() -> int:
    """One round of reminders; swaps that nobody answered lapse. Gives the notices."""
    at = now()
    actions.lapse_swaps(at)
    return actions.remind_people(at)
