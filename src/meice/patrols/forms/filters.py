"""What the query string of the record book means. Unknown values are no filter, no error."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from meice.kernel.days import read_day
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.patrols.models import Plan, RoundQuerySet, RoundStatus
from meice.registry.forms.filters import is_private

LONGEST_TERM = 80
VIEWS = {
    "mine": "待我巡查",
    "today": "今天",
    "missed": "漏巡",
    "problems": "有问题",
    "all": "全部记录",
}
KEPT = ("view", "q", "unit", "plan", "status", "from", "to")


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """The filters of the book; unit and plan are only ever ones that the reader sees."""

    view: str
    term: str = ""
    status: str = ""
    unit: Unit | None = None
    plan: Plan | None = None
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User, today: date, default: str = "all") -> "RoundFilter":
        """Read the query; what may be a telephone number is not looked for."""
        term = " ".join(query.get("q", "").split())[:LONGEST_TERM]
        return cls(
            view=_one_of(query.get("view", ""), VIEWS) or default,
            term="" if is_private(term) else term,
            status=_one_of(query.get("status", ""), RoundStatus.values),
            unit=_unit(query.get("unit", ""), by),
            plan=_plan(query.get("plan", ""), by),
            first=_day(query.get("from", ""), today),
            last=_day(query.get("to", ""), today),
        )

    def apply(self, rounds: RoundQuerySet, by: User, today: date) -> RoundQuerySet:
        """The rows that the view and every filter let through, unordered."""
        rows = view_of(self.view, rounds, by, today)
        rows = rows.filter(status=self.status) if self.status else rows
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        rows = rows.filter(plan=self.plan) if self.plan else rows
        rows = rows.filter(day__gte=self.first) if self.first else rows
        rows = rows.filter(day__lte=self.last) if self.last else rows
        return rows.matching(self.term)

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.chips)

    @property
    def words(self) -> str:
        """In words, for the audit line and the head of the print."""
        return " · ".join([VIEWS[self.view], *(text for text, _ in self.chips)])

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        found = [
            (self.term, "q"),
            (str(RoundStatus(self.status).label) if self.status else "", "status"),
            (self.unit.name if self.unit else "", "unit"),
            (self.plan.name if self.plan else "", "plan"),
            (f"{self.first:%Y-%m-%d} 起" if self.first else "", "from"),
            (f"{self.last:%Y-%m-%d} 止" if self.last else "", "to"),
        ]
        return [(text, key) for text, key in found if text]


def view_of(view: str, rounds: RoundQuerySet, by: User, today: date) -> RoundQuerySet:
    """The rows of one view."""
    if view == "mine":
        return rounds.mine(by)
    if view == "today":
        return rounds.filter(day=today)
    if view == "missed":
        return rounds.missed()
    return rounds.filter(problem_count__gt=0) if view == "problems" else rounds


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _day(text: str, today: date) -> date | None:
    return read_day(text, today) if 0 < len(text) < 30 else None


def _unit(path: str, by: User) -> Unit | None:
    """The unit of a tree path, if the reader sees its business."""
    below = Unit.objects.below(*by.reach(Right.SEE_BUSINESS))
    return below.filter(path=path[:255]).first() if path else None


def _plan(pk: str, by: User) -> Plan | None:
    is_number = pk.isascii() and pk.isdecimal() and len(pk) < 10
    return Plan.objects.visible_to(by).filter(pk=int(pk)).first() if is_number else None
