"""What the query string of the list of incidents means. Unknown values are no filter, no error."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from meice.incidents.classes import IncidentKind, IncidentSource, Severity
from meice.incidents.models import IncidentStatus, late_at
from meice.incidents.models.incident import LIVE, IncidentQuerySet
from meice.kernel.days import read_day
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

LONGEST_TERM = 80
VIEWS = {
    "mine": "待我办",
    "late": "超时",
    "open": "未办结",
    "referred": "已转送",
    "closed": "已办结",
    "all": "全部",
}


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """The filters of the list; `unit` is only ever one of the reader's reach."""

    view: str
    term: str = ""
    kind: str = ""
    severity: str = ""
    source: str = ""
    unit: Unit | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User, today: date, default: str = "open") -> "IncidentFilter":
        """Read the query."""
        return cls(
            view=_one_of(query.get("view", ""), VIEWS) or default,
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
            kind=_one_of(query.get("kind", ""), IncidentKind.values),
            severity=_one_of(query.get("severity", ""), Severity.values),
            source=_one_of(query.get("source", ""), IncidentSource.values),
            unit=_unit(query.get("unit", ""), by),
            since=read_day(query.get("since", "")[:20], today),
            until=read_day(query.get("until", "")[:20], today),
        )

    def apply(self, rows: IncidentQuerySet, by: User, at: datetime) -> IncidentQuerySet:
        """The rows that the view and every filter let through, unordered."""
        return self.narrow(view_of(self.view, rows, by, at)).matching(self.term)

    def narrow(self, rows: IncidentQuerySet) -> IncidentQuerySet:
        """Without the view and the term."""
        for field in ("kind", "severity", "source"):
            value = getattr(self, field)
            rows = rows.filter(**{field: value}) if value else rows
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        return rows.filter(within_days(self.since, self.until))

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.chips)

    @property
    def words(self) -> str:
        """In words, for the audit line and the head of the book."""
        return " · ".join([VIEWS[self.view], *(text for text, _ in self.chips)])

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        found = [
            (self.term, "q"),
            (str(IncidentKind(self.kind).label) if self.kind else "", "kind"),
            (str(Severity(self.severity).label) if self.severity else "", "severity"),
            (str(IncidentSource(self.source).label) if self.source else "", "source"),
            (self.unit.name if self.unit else "", "unit"),
            (f"{self.since} 起" if self.since else "", "since"),
            (f"到 {self.until}" if self.until else "", "until"),
        ]
        return [(text, key) for text, key in found if text]


def within_days(since: date | None, until: date | None) -> Q:
    """Reported on one of these days (of Beijing); an open end is open."""
    wanted = Q()
    if since:
        wanted &= Q(reported_at__gte=_midnight(since))
    if until:
        wanted &= Q(reported_at__lt=_midnight(until + timedelta(days=1)))
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def view_of(view: str, rows: IncidentQuerySet, by: User, at: datetime) -> IncidentQuerySet:
    """The rows of one view."""
    if view == "mine":
        return rows.filter(pk__in=rows.model.objects.mine(by).values("pk"))
    if view == "late":
        return rows.filter(late_at(at))
    if view == "open":
        return rows.filter(status__in=LIVE)
    if view == "referred":
        return rows.filter(status=IncidentStatus.REFERRED)
    return rows.filter(status=IncidentStatus.CLOSED) if view == "closed" else rows


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _unit(path: str, by: User) -> Unit | None:
    """The unit of a tree path, if the reader sees its business."""
    reach = (*by.reach(Right.SEE_BUSINESS), *by.reach(Right.SEE_SECURITY))
    return Unit.objects.below(*reach).filter(path=path[:255]).first() if path else None
