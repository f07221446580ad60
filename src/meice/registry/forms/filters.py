"""What the query string of a list means. Unknown values are no filter, never an error."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import FilingKind, FilingStatus, Gap, Holder, OutletStatus
from meice.registry.models.filing import FilingQuerySet
from meice.registry.models.outlet import OutletQuerySet

LONGEST_TERM = 80
PHONE_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of a list and its head cell."""

    label: str
    columns: tuple[str, ...]


SORTS: Mapping[str, Sort] = {
    "name": Sort("名称", ("pinyin_key", "pk")),
    "platform": Sort("平台", ("platform", "pinyin_key", "pk")),
    "unit": Sort("开设单位", ("unit_path", "pinyin_key", "pk")),
    "status": Sort("状态", ("status", "pinyin_key", "pk")),
    "changed": Sort("最近变动", ("changed_at", "pk")),
    "opened": Sort("开通时间", ("opened_on", "pk")),
}


def is_private(term: str) -> bool:
    """Seven digits or more may be a telephone: such a term never stands in an address or log."""
    return sum(sign.isdecimal() for sign in term) >= PHONE_DIGITS


@dataclass(frozen=True, slots=True)
class OutletFilter:
    """The filters of the outlet list; `unit` is only ever one of the reader's reach."""

    term: str = ""
    unit: Unit | None = None
    platform: str = ""
    status: str = ""
    gap: str = ""
    holder: str = ""
    sort: str = "name"

    @classmethod
    def of(cls, query: QueryDict, by: User, term: str | None = None) -> "OutletFilter":
        """Read the query; a private `term` comes by POST instead."""
        typed = " ".join((query.get("q", "") if term is None else term).split())[:LONGEST_TERM]
        sort = query.get("sort", "name")
        return cls(
            term=typed,
            unit=_unit(query.get("unit", ""), by),
            platform=_one_of(query.get("platform", ""), PLATFORM_BY_KEY),
            status=_one_of(query.get("status", ""), OutletStatus.values),
            gap=_one_of(query.get("gap", ""), ["any", *Gap.values]),
            holder=_one_of(query.get("holder", ""), Holder.values),
            sort=sort if sort.removeprefix("-") in SORTS else "name",
        )

    def apply(self, outlets: OutletQuerySet, by: User) -> OutletQuerySet:
        """The rows that every filter lets through, unordered."""
        rows = outlets.below(self.unit.path) if self.unit else outlets
        if self.platform:
            rows = rows.filter(platform=self.platform)
        if self.status:
            rows = rows.filter(status=self.status)
        if self.holder:
            rows = rows.filter(holder=self.holder)
        if self.gap == "any":
            rows = rows.with_gaps()
        elif self.gap:
            rows = rows.with_gaps().filter(gaps__contains=self.gap)
        return self._search(rows, by)

    def _search(self, rows: OutletQuerySet, by: User) -> OutletQuerySet:
        digits = "".join(sign for sign in self.term if sign.isdecimal())
        if is_private(self.term) and by.has(Right.SEE_NUMBERS):
            by_phone = rows.with_phone(digits)
            return (
                by_phone | rows.matching(self.term)
                if by_phone.exists()
                else rows.matching(self.term)
            )
        return rows.matching(self.term)

    @property
    def order(self) -> list[str]:
        """For `order_by`."""
        sign = "-" if self.sort.startswith("-") else ""
        return [f"{sign}{column}" for column in SORTS[self.sort.removeprefix("-")].columns]

    @property
    def is_on(self) -> bool:
        """Is anything filtered away?"""
        return bool(
            self.term or self.unit or self.platform or self.status or self.gap or self.holder
        )

    @property
    def words(self) -> str:
        """In words, for the audit line and the export's head; a private term is not repeated."""
        parts = [
            "关键词" if is_private(self.term) else self.term,
            self.unit.name if self.unit else "",
            PLATFORM_BY_KEY[self.platform].name if self.platform else "",
            str(OutletStatus(self.status).label) if self.status else "",
            str(Holder(self.holder).label) if self.holder else "",
            "有缺口" if self.gap else "",
        ]
        return " · ".join(part for part in parts if part) or "全部"


@dataclass(frozen=True, slots=True)
class FilingFilter:
    """The filters of the filing list."""

    view: str
    kind: str = ""
    status: str = ""
    term: str = ""

    @classmethod
    def of(cls, query: QueryDict, views: Mapping[str, str], default: str) -> "FilingFilter":
        """Read the query."""
        return cls(
            view=_one_of(query.get("view", ""), views) or default,
            kind=_one_of(query.get("kind", ""), FilingKind.values),
            status=_one_of(query.get("status", ""), FilingStatus.values),
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
        )

    def apply(self, filings: FilingQuerySet) -> FilingQuerySet:
        """Kind, status and term; the view is the list's own matter."""
        rows = filings.matching(self.term)
        rows = rows.filter(kind=self.kind) if self.kind else rows
        return rows.filter(status=self.status) if self.status else rows


def _one_of(value: str, allowed: "Mapping[str, object] | list[str]") -> str:
    return value if value in allowed else ""


def _unit(value: str, by: User) -> Unit | None:
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        return None
    reach = (*by.reach(Right.SEE_BUSINESS), *by.reach(Right.SEE_SECURITY))
    return Unit.objects.below(*reach).filter(pk=int(value)).first()  # type: ignore[no-any-return]
