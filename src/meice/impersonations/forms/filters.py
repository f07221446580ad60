"""What the query string of the list means. Unknown values are no filter, no error."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.impersonations.models import Guise, ImpersonationStatus
from meice.impersonations.models.docket import ImpersonationQuerySet
from meice.impersonations.models.words import STATUS_LOOKS
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

LONGEST_TERM = 80
VIEWS = {
    "mine": "待我办",
    "late": "超期",
    "open": "在办",
    "watched": "复查观察",
    "ended": "办结",
    "all": "全部",
}
ENDED = ("closed", "dismissed", "unclear")


@dataclass(frozen=True, slots=True)
class DocketFilter:
    """The filters of the list; `unit` is only ever one of the reader's reach."""

    view: str
    term: str = ""
    status: str = ""
    platform: str = ""
    guise: str = ""
    unit: Unit | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User, default: str = "open") -> "DocketFilter":
        """Read the query."""
        return cls(
            view=_one_of(query.get("view", ""), VIEWS) or default,
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
            status=_one_of(query.get("status", ""), ImpersonationStatus.values),
            platform=_one_of(query.get("platform", ""), PLATFORM_BY_KEY),
            guise=_one_of(query.get("guise", ""), Guise.values),
            unit=_unit(query.get("unit", ""), by),
        )

    def apply(self, dockets: ImpersonationQuerySet, by: User, today: date) -> ImpersonationQuerySet:
        """The rows that the view and every filter let through, unordered."""
        rows = view_of(self.view, dockets, by, today)
        rows = rows.filter(status=self.status) if self.status else rows
        rows = rows.filter(platform=self.platform) if self.platform else rows
        rows = rows.filter(guise=self.guise) if self.guise else rows
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        return rows.matching(self.term)

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.chips)

    @property
    def words(self) -> str:
        """In words, for the audit line of an export; a term is not repeated there."""
        shown = [text for text, key in self.chips if key != "q"]
        return " · ".join([VIEWS[self.view], *shown, *(["按词查找"] if self.term else [])])

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        status = STATUS_LOOKS[ImpersonationStatus(self.status)].label if self.status else ""
        found = [
            (self.term, "q"),
            (status, "status"),
            (PLATFORM_BY_KEY[self.platform].name if self.platform else "", "platform"),
            (str(Guise(self.guise).label) if self.guise else "", "guise"),
            (self.unit.name if self.unit else "", "unit"),
        ]
        return [(text, key) for text, key in found if text]


def view_of(
    view: str, dockets: ImpersonationQuerySet, by: User, today: date
) -> ImpersonationQuerySet:
    """The rows of one view."""
    if view == "mine":
        return dockets.mine(by, today)
    if view == "late":
        return dockets.late(today)
    if view == "open":
        return dockets.open()
    if view == "watched":
        return dockets.filter(status=ImpersonationStatus.WATCHED)
    return dockets.filter(status__in=ENDED) if view == "ended" else dockets


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _unit(path: str, by: User) -> Unit | None:
    """The unit of a tree path, if the reader sees its business."""
    reach = (*by.reach(Right.SEE_BUSINESS), *by.reach(Right.SEE_SECURITY))
    return Unit.objects.below(*reach).filter(path=path[:255]).first() if path else None
