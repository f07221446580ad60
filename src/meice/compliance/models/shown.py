"""A compliance file as it is shown: one line for everything that is asked of an outlet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meice.compliance.models.item import (
    GAPS,
    STANDING_LOOKS,
    ComplianceItem,
    ItemKind,
    Standing,
)
from meice.registry.models import Outlet
from meice.web.tones import Look


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of proof; `item` None: nobody has said anything, which is unknown."""

    kind: ItemKind
    item: ComplianceItem | None
    standing: Standing
    left: int | None = None

    @property
    def look(self) -> Look:
        """The state with icon and tone; what ends soon or has ended says by how much."""
        base = STANDING_LOOKS[self.standing]
        if self.left is None or self.standing not in (Standing.ENDING, Standing.ENDED):
            return base
        words = f"还有 {self.left} 天到期" if self.left >= 0 else f"过期 {-self.left} 天"
        return Look(words, icon=base.icon, tone=base.tone)

    @property
    def is_gap(self) -> bool:
        """Lacking, over, or unknown."""
        return self.standing in GAPS


def asked_of(outlet: Outlet) -> list[ItemKind]:
    """The kinds of proof that this outlet needs; a contract unless it is said that nobody else
    runs it."""
    return [
        kind for kind in ItemKind
        if (kind.platforms is None or outlet.platform in kind.platforms)
        and not (kind is ItemKind.CONTRACT and outlet.outsourced is False)
    ]  # fmt: skip


def lines_of(
    outlet: Outlet, items: Mapping[str, ComplianceItem], today: date, days: int
) -> list[Line]:
    """Everything that is asked of it, in the order of the kinds."""
    return [_line(kind, items.get(kind.value), today, days) for kind in asked_of(outlet)]


def _line(kind: ItemKind, item: ComplianceItem | None, today: date, days: int) -> Line:
    if item is None:
        return Line(kind, None, Standing.UNKNOWN)
    left = (item.valid_until - today).days if item.valid_until else None
    return Line(kind, item, item.standing(today, days), left)


def files_of(outlets: Sequence[Outlet], today: date, days: int) -> list[tuple[Outlet, list[Line]]]:
    """Each outlet with its lines; one query for all."""
    items: dict[int, dict[str, ComplianceItem]] = {}
    for item in ComplianceItem.objects.filter(outlet__in=[outlet.pk for outlet in outlets]):
        items.setdefault(item.outlet_id, {})[item.kind] = item
    return [(one, lines_of(one, items.get(one.pk, {}), today, days)) for one in outlets]


def gap_words(lines: Iterable[Line]) -> str:
    """`缺 2，未知 3，过期 1`; blank without gaps."""
    counts = {Standing.ENDED: 0, Standing.LACKING: 0, Standing.UNKNOWN: 0}
    for line in lines:
        if line.standing in counts:
            counts[line.standing] += 1
    return "，".join(f"{standing.label} {number}" for standing, number in counts.items() if number)
