"""What a period's manuscripts say of the work: forms of content, returns, problems, time per stage.

Every number says its base. Units stand in the order of their names: nothing is ranked, and reach
is not looked at (《关于防治“指尖上的形式主义”的若干意见》).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Max, Q, Sum

from meice.editorial.models import ContentForm, CopyIssue, Review
from meice.editorial.models.manuscript import ManuscriptQuerySet
from meice.engines.zhcheck import Severity


@dataclass(slots=True)
class UnitFigures:
    """One unit (or all of them together) in the period."""

    name: str
    manuscripts: int = 0
    published: int = 0
    returns: int = 0
    returned: int = 0
    corrected: int = 0
    withdrawn: int = 0
    mistakes: int = 0
    blocking: int = 0
    issues: int = 0
    read: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    stages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def by_form(self) -> list[tuple[str, int]]:
        """All forms in their order, those without any too."""
        return [(str(form.label), self.forms[form.value]) for form in ContentForm]

    @property
    def by_stage(self) -> list[tuple[str, str, int]]:
        """Stage, the middle time from its turn to its signature, and how many signatures."""
        return [
            (name, hours_words(median(all_of)), len(all_of)) for name, all_of in self.stages.items()
        ]

    def take(self, other: "UnitFigures") -> None:
        """Add another unit's."""
        for key in _SUMS:
            setattr(self, key, getattr(self, key) + getattr(other, key))
        self.forms.update(other.forms)
        for name, hours in other.stages.items():
            self.stages[name].extend(hours)


_SUMS = ("manuscripts", "published", "returns", "returned", "corrected", "withdrawn", "mistakes",
         "blocking", "issues", "read")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole, and its units by name; `newest` is the last change among the manuscripts."""

    total: UnitFigures
    units: tuple[UnitFigures, ...]
    newest: datetime | None = None


def statistics_of(rows: ManuscriptQuerySet) -> Statistics:
    """Of these manuscripts. Six queries."""
    units: dict[int, UnitFigures] = {}
    for row in _counted(rows):
        figures = units.setdefault(row["unit"], UnitFigures(row["unit__name"]))
        for key in _COUNTS:
            setattr(figures, key, getattr(figures, key) + (row[key] or 0))
        figures.forms[row["form"]] += row["manuscripts"]
    _note_reviews(units, rows)
    _note_issues(units, rows)
    total = UnitFigures("合计")
    for figures in units.values():
        total.take(figures)
    newest = rows.aggregate(at=Max("changed_at"))["at"]
    ordered = rows.order_by("unit__pinyin_key", "unit").values_list("unit", flat=True).distinct()
    return Statistics(total, tuple(units[pk] for pk in ordered), newest)


_COUNTS = ("manuscripts", "published", "returned", "returns", "corrected", "withdrawn")


def _counted(rows: ManuscriptQuerySet) -> Iterable[Mapping[str, Any]]:
    out = Q(published_at__isnull=False)
    return rows.values("unit", "unit__name", "form").annotate(
        manuscripts=Count("pk"),
        published=Count("pk", filter=out),
        returned=Count("pk", filter=Q(returns__gt=0)),
        returns=Sum("returns"),
        corrected=Count("pk", filter=Q(status="corrected")),
        withdrawn=Count("pk", filter=Q(status="withdrawn")),
    ).order_by("unit")  # fmt: skip


def _note_reviews(units: dict[int, UnitFigures], rows: ManuscriptQuerySet) -> None:
    signed = Review.objects.filter(manuscript__in=rows.values("pk"), decided_at__isnull=False)
    values = signed.order_by("place").values_list(
        "manuscript__unit", "name", "opened_at", "decided_at", "mistakes"
    )
    for unit, name, opened, decided, mistakes in values.iterator(2000):
        units[unit].mistakes += mistakes
        if opened is not None and decided is not None:
            units[unit].stages[name].append((decided - opened) / timedelta(hours=1))


def _note_issues(units: dict[int, UnitFigures], rows: ManuscriptQuerySet) -> None:
    """What the machine saw in all texts that were saved; read or not is counted apart."""
    seen = CopyIssue.objects.filter(revision__manuscript__in=rows.values("pk"))
    counted = seen.values("revision__manuscript__unit").annotate(
        issues=Count("pk"),
        blocking=Count("pk", filter=Q(severity=Severity.BLOCK.value)),
    )
    for row in counted.order_by():
        figures = units[row["revision__manuscript__unit"]]
        figures.issues += row["issues"]
        figures.blocking += row["blocking"]
    read = rows.filter(revisions__read_at__isnull=False).values("unit")
    for each in read.annotate(texts=Count("pk", distinct=True)).order_by():
        units[each["unit"]].read += each["texts"]


def hours_words(hours: float) -> str:
    """`40 分钟`, `3.5 小时`, `2.1 天`."""
    if hours < 1:
        return f"{round(hours * 60)} 分钟"
    return f"{hours:.1f} 小时" if hours < 48 else f"{hours / 24:.1f} 天"
