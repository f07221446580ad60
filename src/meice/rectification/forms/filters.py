"""What the query string of the list of orders means. Unknown values are no filter, no error."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.rectification.catalogue import PROBLEMS, Severity
from meice.rectification.models import IN_FORCE, OrderStatus
from meice.rectification.models.order import OrderQuerySet
from meice.rectification.workflow import REPEATED

LONGEST_TERM = 80
VIEWS = {
    "mine": "待我办",
    "late": "逾期",
    "open": "未销号",
    "repeated": "多次提醒",
    "closed": "已销号",
    "all": "全部",
}


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """The filters of the list; `unit` is only ever one of the reader's reach."""

    view: str
    term: str = ""
    status: str = ""
    severity: str = ""
    problem: str = ""
    unit: Unit | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User, default: str = "open") -> "OrderFilter":
        """Read the query."""
        return cls(
            view=_one_of(query.get("view", ""), VIEWS) or default,
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
            status=_one_of(query.get("status", ""), OrderStatus.values),
            severity=_one_of(query.get("severity", ""), Severity.values),
            problem=_one_of(query.get("problem", ""), PROBLEMS),
            unit=_unit(query.get("unit", ""), by),
        )

    def apply(self, orders: OrderQuerySet, by: User, today: date) -> OrderQuerySet:
        """The rows that the view and every filter let through, unordered."""
        rows = self.narrow(view_of(self.view, orders, by, today))
        return rows.matching(self.term)

    def narrow(self, rows: OrderQuerySet) -> OrderQuerySet:
        """Without the view and the term."""
        rows = rows.filter(status=self.status) if self.status else rows
        rows = rows.filter(severity=self.severity) if self.severity else rows
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        if self.problem:
            rows = rows.filter(items__problem=self.problem).distinct()
        return rows

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.term or self.status or self.severity or self.problem or self.unit)

    @property
    def words(self) -> str:
        """In words, for the chips, the audit line and the export's head."""
        return " · ".join(text for text, _ in self.chips) or VIEWS[self.view]

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        found = [
            (self.term, "q"),
            (str(OrderStatus(self.status).label) if self.status else "", "status"),
            (str(Severity(self.severity).label) if self.severity else "", "severity"),
            (PROBLEMS[self.problem].label if self.problem else "", "problem"),
            (self.unit.name if self.unit else "", "unit"),
        ]
        return [(text, key) for text, key in found if text]


def view_of(view: str, orders: OrderQuerySet, by: User, today: date) -> OrderQuerySet:
    """The rows of one view."""
    if view == "mine":
        return orders.mine(by)
    if view == "late":
        return orders.late(today)
    if view == "open":
        return orders.filter(status__in=[OrderStatus.DRAFT, *IN_FORCE])
    if view == "repeated":
        return orders.in_force().filter(reminders_sent__gte=REPEATED)
    return orders.filter(status=OrderStatus.CLOSED) if view == "closed" else orders


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _unit(path: str, by: User) -> Unit | None:
    """The unit of a tree path, if the reader sees its business."""
    reach = (*by.reach(Right.SEE_BUSINESS), *by.reach(Right.SEE_SECURITY))
    return Unit.objects.below(*reach).filter(path=path[:255]).first() if path else None
