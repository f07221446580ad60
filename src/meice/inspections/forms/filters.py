"""What the query string of a list of findings means. Unknown values are no filter, never an error."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict

from meice.inspections.models import (
    OPEN,
    STANDING,
    Finding,
    FindingQuerySet,
    FindingStatus,
    Origin,
    Severity,
)
from meice.inspections.models.words import CODE_TITLES
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.rectification.catalogue import PROBLEMS

LONGEST_TERM = 80
GROUPS = {"open": ("待核实的", OPEN), "standing": ("属实未销号的", STANDING)}
KEPT = ("q", "unit", "state", "severity", "origin", "problem", "code", "outlet", "sort")
SORTS = {
    "seen": ("last_seen_at", "pk"),
    "weight": ("weight", "waiting_since", "pk"),
    "name": ("name", "pk"),
    "unit": ("unit_path", "pk"),
}


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """The filters of the list and of the queue; `unit` is only ever one of the reader's reach."""

    term: str = ""
    unit: Unit | None = None
    state: str = ""
    severity: str = ""
    origin: str = ""
    problem: str = ""
    code: str = ""
    outlet: int = 0
    sort: str = "-seen"

    @classmethod
    def of(cls, query: QueryDict, by: User) -> "FindingFilter":
        """Read the query."""
        sort = query.get("sort", "")
        return cls(
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
            unit=_unit(query.get("unit", ""), by),
            state=_one_of(query.get("state", ""), [*GROUPS, *FindingStatus.values]),
            severity=_one_of(query.get("severity", ""), Severity.values),
            origin=_one_of(query.get("origin", ""), Origin.values),
            problem=_one_of(query.get("problem", ""), PROBLEMS),
            code=_one_of(query.get("code", ""), CODE_TITLES),
            outlet=_whole(query.get("outlet", "")),
            sort=sort if sort.removeprefix("-") in SORTS else "-seen",
        )

    def apply(self, findings: FindingQuerySet) -> FindingQuerySet:
        """The rows that every filter lets through, unordered."""
        rows = findings.matching(self.term)
        wanted = Q()
        for name, value in (
            ("severity", self.severity),
            ("origin", self.origin),
            ("problem", self.problem),
            ("code", self.code),
            ("outlet", self.outlet),
        ):
            wanted &= Q(**{name: value}) if value else Q()
        if self.unit:
            wanted &= Q(unit_path__startswith=self.unit.path)
        if self.state in GROUPS:
            wanted &= Q(status__in=GROUPS[self.state][1])
        elif self.state:
            wanted &= Q(status=self.state)
        return rows.filter(wanted)

    @property
    def order(self) -> list[str]:
        """The columns to order by."""
        sign = "-" if self.sort.startswith("-") else ""
        return [f"{sign}{column}" for column in SORTS[self.sort.removeprefix("-")]]

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Words and query key of each filter that is on."""
        state = GROUPS[self.state][0] if self.state in GROUPS else ""
        found = [
            (self.term, "q"),
            (self.unit.name if self.unit else "", "unit"),
            (state or (str(FindingStatus(self.state).label) if self.state else ""), "state"),
            (str(Severity(self.severity).label) if self.severity else "", "severity"),
            (str(Origin(self.origin).label) if self.origin else "", "origin"),
            (PROBLEMS[self.problem].label if self.problem else "", "problem"),
            (CODE_TITLES[self.code] if self.code else "", "code"),
            (self._outlet_name if self.outlet else "", "outlet"),
        ]
        return [(text, key) for text, key in found if text]

    @property
    def _outlet_name(self) -> str:
        named = Finding.objects.filter(outlet=self.outlet).values_list("name", flat=True).first()
        return named or "一个账号（网站）"

    @property
    def is_on(self) -> bool:
        """Is anything filtered away?"""
        return any(
            (self.term, self.unit, self.state, self.severity, self.origin, self.problem,
             self.code, self.outlet)
        )  # fmt: skip

    @property
    def words(self) -> str:
        """In words, for the audit line and the head of an export."""
        return " · ".join(text for text, _key in self.chips) or "全部"


def _one_of(value: str, allowed: Iterable[str]) -> str:
    return value if value in set(allowed) else ""


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def _unit(value: str, by: User) -> Unit | None:
    number = _whole(value)
    if not number:
        return None
    reach = (*by.reach(Right.SEE_BUSINESS), *by.reach(Right.SEE_SECURITY))
    return Unit.objects.below(*reach).filter(pk=number).first()  # type: ignore[no-any-return]
