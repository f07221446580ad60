"""What the query strings of the lists mean. Unknown values are no filter, no error."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from meice.compliance.models import (
    ComplianceItem,
    DeviceStatus,
    Factor,
    ItemKind,
    ItemState,
    Standing,
)
from meice.compliance.models.custody import CustodyQuerySet
from meice.compliance.models.device import DeviceQuerySet
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models.outlet import OutletQuerySet

LONGEST_TERM = 80
DEVICE_VIEWS = {"in_use": "在用", "due": "该检查", "faulty": "检查有问题", "retired": "已停用"}
CUSTODY_VIEWS = {
    "held": "在管", "rotate": "该轮换", "students": "学生保管", "unguarded": "没开或未知二次验证",
    "returned": "已收回",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutletFilter:
    """The list of compliance files: `kind` with `standing` finds outlets by one proof."""

    term: str = ""
    unit: Unit | None = None
    kind: str = ""
    standing: str = ""

    @classmethod
    def of(cls, query: QueryDict, by: User) -> "OutletFilter":
        """Read the query."""
        return cls(
            _term(query), _unit(query.get("unit", ""), by),
            _one_of(query.get("kind", ""), ItemKind.values),
            _one_of(query.get("standing", ""), Standing.values),
        )  # fmt: skip

    def apply(self, rows: OutletQuerySet, today: date, days: int) -> OutletQuerySet:
        """The outlets that every filter lets through; a kind alone: those it is asked of."""
        rows = rows.below(self.unit.path) if self.unit else rows
        rows = rows.matching(self.term)
        kinds = [ItemKind(self.kind)] if self.kind else list(ItemKind)
        if not (self.kind or self.standing):
            return rows
        wanted = Q(pk__in=[])
        for kind in kinds:
            wanted |= self._asked(kind) & self._stands(kind, today, days)
        return rows.filter(wanted)

    def _asked(self, kind: ItemKind) -> Q:
        asked = Q() if kind.platforms is None else Q(platform__in=kind.platforms)
        return asked & (~Q(outsourced=False) if kind is ItemKind.CONTRACT else Q())

    def _stands(self, kind: ItemKind, today: date, days: int) -> Q:
        items = ComplianceItem.objects.filter(outlet=OuterRef("pk"), kind=kind)
        if not self.standing:
            return Q()
        if self.standing == Standing.UNKNOWN:
            return Q(~Exists(items.exclude(state=ItemState.UNKNOWN)))
        return Q(Exists(items.filter(_row(Standing(self.standing), today, days))))

    @property
    def is_on(self) -> bool:
        """Is anything filtered away?"""
        return bool(self.chips)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        found = [
            (self.term, "q"),
            (self.unit.name if self.unit else "", "unit"),
            (str(ItemKind(self.kind).label) if self.kind else "", "kind"),
            (str(Standing(self.standing).label) if self.standing else "", "standing"),
        ]
        return [(text, key) for text, key in found if text]


def _row(standing: Standing, today: date, days: int) -> Q:
    """The rows of one standing, as `ComplianceItem.standing` says it."""
    held, near = Q(state=ItemState.HELD), today + timedelta(days=days)
    if standing is Standing.ENDED:
        return held & Q(valid_until__lt=today)
    if standing is Standing.ENDING:
        return held & Q(valid_until__gte=today, valid_until__lte=near)
    if standing is Standing.VALID:
        return held & (Q(valid_until__isnull=True) | Q(valid_until__gt=near))
    return Q(state=standing.value)


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """The list of devices."""

    view: str = "in_use"
    term: str = ""
    unit: Unit | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User) -> "DeviceFilter":
        """Read the query."""
        view = _one_of(query.get("view", ""), DEVICE_VIEWS) or "in_use"
        return cls(view, _term(query), _unit(query.get("unit", ""), by))

    def apply(self, rows: DeviceQuerySet, today: date) -> DeviceQuerySet:
        """The rows that every filter lets through."""
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        return rows.matching(self.term).filter(device_view(self.view, today))

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.term or self.unit)


def device_view(view: str, today: date) -> Q:
    """The rows of one view."""
    in_use = Q(status=DeviceStatus.IN_USE)
    return {
        "due": in_use & Q(check_due_on__lte=today),
        "faulty": in_use & Q(check_result="faulty"),
        "retired": Q(status=DeviceStatus.RETIRED),
    }.get(view, in_use)


@dataclass(frozen=True, slots=True)
class CustodyFilter:
    """The list of custodies."""

    view: str = "held"
    term: str = ""
    unit: Unit | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User) -> "CustodyFilter":
        """Read the query."""
        view = _one_of(query.get("view", ""), CUSTODY_VIEWS) or "held"
        return cls(view, _term(query), _unit(query.get("unit", ""), by))

    def apply(self, rows: CustodyQuerySet, today: date) -> CustodyQuerySet:
        """The rows that every filter lets through."""
        rows = rows.filter(outlet__unit_path__startswith=self.unit.path) if self.unit else rows
        return rows.matching(self.term).filter(custody_view(self.view, today))

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.term or self.unit)


def custody_view(view: str, today: date) -> Q:
    """The rows of one view."""
    held = Q(status="held") & ~Q(outlet__status="cancelled")
    return {
        "rotate": held & (Q(rotate_by__lte=today) | Q(rotate_by__isnull=True)),
        "students": held & Q(is_student=True),
        "unguarded": held & ~Q(factor=Factor.YES),
        "returned": Q(status="returned"),
    }.get(view, held)


def _term(query: QueryDict) -> str:
    return " ".join(query.get("q", "").split())[:LONGEST_TERM]


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _unit(path: str, by: User) -> Unit | None:
    """The unit of a tree path, if the reader sees its business."""
    reach = (*by.reach(Right.SEE_BUSINESS), *by.reach(Right.SEE_SECURITY))
    return Unit.objects.below(*reach).filter(path=path[:255]).first() if path else None
