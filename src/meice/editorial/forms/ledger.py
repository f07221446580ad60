"""What the query string of the ledger and of the statistics means. Unknown values are no filter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.http import QueryDict

from meice.editorial.models import ContentClass, ContentForm, ManuscriptStatus, Origin
from meice.editorial.models.manuscript import ManuscriptQuerySet
from meice.kernel.days import read_day
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

CAMPUS = ZoneInfo("Asia/Shanghai")
LONGEST_TERM = 80


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Manuscripts that were sent to review in a period; `unit` is one of the reader's reach."""

    term: str = ""
    unit: Unit | None = None
    status: str = ""
    form: str = ""
    content_class: str = ""
    origin: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(
        cls, query: QueryDict, by: User, today: date, first: date | None = None
    ) -> "LedgerFilter":
        """Read the query; `first` is the beginning of the period when none is given."""
        return cls(
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
            unit=_unit(query.get("unit", ""), by),
            status=_one_of(query.get("status", ""), ManuscriptStatus.values),
            form=_one_of(query.get("form", ""), ContentForm.values),
            content_class=_one_of(query.get("class", ""), ContentClass.values),
            origin=_one_of(query.get("origin", ""), Origin.values),
            first=_day(query.get("first", ""), today) or first,
            last=_day(query.get("last", ""), today),
        )

    def apply(self, rows: ManuscriptQuerySet) -> ManuscriptQuerySet:
        """Those that were ever sent, narrowed, unordered."""
        rows = rows.filter(submitted_at__isnull=False)
        plain = {
            "status": self.status,
            "form": self.form,
            "content_class": self.content_class,
            "origin": self.origin,
            "unit_path__startswith": self.unit.path if self.unit else "",
            "submitted_at__gte": _begin(self.first) if self.first else None,
            "submitted_at__lte": _end(self.last) if self.last else None,
        }
        rows = rows.filter(**{key: value for key, value in plain.items() if value})
        return rows.matching(self.term)

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
            (str(ManuscriptStatus(self.status).label) if self.status else "", "status"),
            (str(ContentForm(self.form).label) if self.form else "", "form"),
            (str(ContentClass(self.content_class).label) if self.content_class else "", "class"),
            (str(Origin(self.origin).label) if self.origin else "", "origin"),
            (f"送审自 {self.first:%Y-%m-%d}" if self.first else "", "first"),
            (f"送审至 {self.last:%Y-%m-%d}" if self.last else "", "last"),
        ]
        return [(text, key) for text, key in found if text]

    @property
    def words(self) -> str:
        """In words, for the audit line."""
        return " · ".join(text for text, key in self.chips if key != "q") or "全部"


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, CAMPUS)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, CAMPUS)


def _day(typed: str, today: date) -> date | None:
    return read_day(typed[:20], today) if typed.strip() else None


def _one_of(typed: str, known: Collection[str]) -> str:
    return typed if typed in known else ""


def _unit(path: str, by: User) -> Unit | None:
    reach = by.reach(Right.SEE_BUSINESS)
    found: Unit | None = (
        Unit.objects.below(*reach).filter(path=path[:255]).first() if path else None
    )
    return found
