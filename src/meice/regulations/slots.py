"""What the room shows elsewhere: sidebar, search, the rounds."""

from collections.abc import Sequence

from django.urls import reverse

from meice.audit.phrases import name_acts, name_details
from meice.jobs import schedules
from meice.kernel import slots
from meice.kernel.slots import NavGroup, NavItem, SearchHit, SearchSource
from meice.orgs.models import User
from meice.regulations import actions, phrases, tasks
from meice.regulations.models import Clause, Document
from meice.regulations.policies import may_read_library

SHIP_SECONDS = 12 * 3600
FOLLOW_SECONDS = 60


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
    slots.navigation.register(
        NavItem(
            NavGroup.SUPPORT, "制度库", icon="books", url_name="regulation-list", order=10,
            visible=lambda user: bool(may_read_library(user)),
        )
    )  # fmt: skip
    slots.search.register(SearchSource("制度条款", _find_clauses, order=70))
    slots.unit_moved.register(actions.follow_units)
    schedules.every(seconds=SHIP_SECONDS, task=tasks.ship_library, key="regulations.ship")
    schedules.every(seconds=FOLLOW_SECONDS, task=tasks.follow_units, key="regulations.follow-units")


def _find_clauses(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    """Documents by name, then clauses by their words."""
    bare = "".join(words.split())
    if not bare:
        return []
    seen = Document.objects.visible_to(user)
    titled = seen.filter(title__icontains=bare) | seen.filter(number__icontains=bare)
    hits = [
        SearchHit(str(one), one.number or one.issuer, one.get_absolute_url())
        for one in titled.order_by("pk")[:limit]
    ]
    clauses = Clause.objects.visible_to(user).standing().filter(text__icontains=bare)
    for clause in clauses.select_related("document").order_by("pk")[: limit - len(hits)]:
        url = reverse("clause", args=[clause.key])
        hits.append(SearchHit(f"{clause.number} {clause.text[:30]}", str(clause.document), url))
    return hits
