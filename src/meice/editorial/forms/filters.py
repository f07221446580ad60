"""What the query string of the list means. Unknown values are no filter, no error."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone

from meice.editorial.models import ContentClass, ContentForm, Lane, ManuscriptStatus
from meice.editorial.models.manuscript import ManuscriptQuerySet
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right

LONGEST_TERM = 80
VIEWS = {
    "review": "待我审",
    "mine": "我写的",
    "approved": "待发布",
    "late": "审校逾期",
    "open": "在办",
    "all": "全部",
}
ENDED = (
    ManuscriptStatus.PUBLISHED, ManuscriptStatus.CORRECTED, ManuscriptStatus.WITHDRAWN,
    ManuscriptStatus.DROPPED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ManuscriptFilter:
    """The filters of the list; `unit` is only ever one of the reader's reach."""

    view: str
    term: str = ""
    status: str = ""
    form: str = ""
    content_class: str = ""
    lane: str = ""
    unit: Unit | None = None

    @classmethod
    def of(cls, query: QueryDict, by: User, default: str = "open") -> "ManuscriptFilter":
        """Read the query."""
        return cls(
            view=_one_of(query.get("view", ""), VIEWS) or default,
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
            status=_one_of(query.get("status", ""), ManuscriptStatus.values),
            form=_one_of(query.get("form", ""), ContentForm.values),
            content_class=_one_of(query.get("class", ""), ContentClass.values),
            lane=_one_of(query.get("lane", ""), Lane.values),
            unit=_unit(query.get("unit", ""), by),
        )

    def apply(self, rows: ManuscriptQuerySet, by: User, at: datetime) -> ManuscriptQuerySet:
        """The rows that the view and every filter let through, unordered."""
        rows = view_of(self.view, rows, by, at)
        for column in ("status", "form", "content_class", "lane"):
            if value := getattr(self, column):
                rows = rows.filter(**{column: value})
        rows = rows.filter(unit_path__startswith=self.unit.path) if self.unit else rows
        return rows.matching(self.term)

    @property
    def is_on(self) -> bool:
        """Is anything filtered away besides the view?"""
        return bool(self.chips)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        found = [
            (self.term, "q"),
            (str(ManuscriptStatus(self.status).label) if self.status else "", "status"),
            (str(ContentForm(self.form).label) if self.form else "", "form"),
            (
                str(ContentClass(self.content_class).label) if self.content_class else "",
                "class",
            ),
            (str(Lane(self.lane).label) if self.lane else "", "lane"),
            (self.unit.name if self.unit else "", "unit"),
        ]
        return [(text, key) for text, key in found if text]


def view_of(view: str, rows: ManuscriptQuerySet, by: User, at: datetime) -> ManuscriptQuerySet:
    """The rows of one view."""
    today: date = timezone.localdate(at)
    if view == "review":
        return rows.to_review(by, today)
    if view == "mine":
        return rows.written_by(by)
    if view == "approved":
        return rows.filter(status=ManuscriptStatus.APPROVED)
    if view == "late":
        return rows.late(at)
    return rows.exclude(status__in=ENDED) if view == "open" else rows


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _unit(path: str, by: User) -> Unit | None:
    """The unit of a tree path, if the reader sees its business."""
    reach = by.reach(Right.SEE_BUSINESS)
    return Unit.objects.below(*reach).filter(path=path[:255]).first() if path else None
