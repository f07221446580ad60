"""Two people changed the same record: three-way comparison for the conflict page (design 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: as it was, as the other saved it, as I want it (text for the page).

    `mine_raw` is what my form sent and sends again; `by_me`: only I changed it.
    """

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    mine_raw: str
    by_me: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """What `web/conflict.html` shows. Only `clashes` need a choice; `merged` are taken in."""

    other: str
    opened_at: datetime
    saved_at: datetime
    version: str
    save_url: str
    record_url: str
    clashes: tuple[Difference, ...]
    merged: tuple[Difference, ...]

    @classmethod
    def between(
        cls,
        base: Mapping[str, Any],
        theirs: Mapping[str, Any],
        mine: Mapping[str, Any],
        *,
        labels: Mapping[str, str],
        **about: Any,
    ) -> Self:
        """Compare field by field in the order of `labels`; `about` holds the other attributes."""
        found = [_compare(name, labels[name], base, theirs, mine) for name in labels]
        clashes = tuple(d for d, clash in filter(None, found) if clash)
        merged = tuple(d for d, clash in filter(None, found) if not clash)
        return cls(clashes=clashes, merged=merged, **about)

    def resolve(self, posted: Mapping[str, str]) -> dict[str, str]:
        """What to save of my side: merged fields of mine and clashes for which I chose mine."""
        mine = {d.name: d.mine_raw for d in self.merged if d.by_me}
        chosen = [d for d in self.clashes if posted.get(f"pick-{d.name}") == "mine"]
        return mine | {d.name: d.mine_raw for d in chosen}

    def undecided(self, posted: Mapping[str, str]) -> Sequence[Difference]:
        """Clashes without a choice: the page is shown again."""
        return [d for d in self.clashes if posted.get(f"pick-{d.name}") not in {"mine", "theirs"}]


def _compare(
    name: str,
    label: str,
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
) -> tuple[Difference, bool] | None:
    """The difference and whether it is a clash; None where nobody changed anything new."""
    was, their, my = (str(side.get(name, "") or "") for side in (base, theirs, mine))
    i_changed, they_changed = my != was, their != was
    if not i_changed and not they_changed:
        return None
    clash = i_changed and they_changed and my != their
    by_me = i_changed and not they_changed
    return Difference(name, label, was, their, my, my, by_me), clash
