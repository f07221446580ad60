"""What the tables of labelled sites share: the plain truth, and how a row becomes a site."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from tests.faults.farm.campus import (
    ICP,
    NAMES,
    NEWS,
    NOTICES,
    POLICE,
    POLICIES,
    Campus,
    Listing,
    silent,
)
from tests.faults.farm.model import Plan, Planted, Truth

# The farm has no HTTPS beside HTTP, and on a busy machine every home page may take its time.
UNDECIDED = frozenset({"http-only", "slow"})
PLAIN = Truth(undecided=UNDECIDED, latest=2, columns=NAMES, icp=ICP, police=POLICE)
LONG_AGO = (
    Listing(NEWS.name, NEWS.folder, (40, 60, 90)),
    Listing(NOTICES.name, NOTICES.folder, (50, 70, 90)),
    Listing(POLICIES.name, POLICIES.folder, (60, 80, 99)),
)
UNDATED: dict[str, Any] = {"list_date": silent, "article_line": silent}
STALE_HOME = (Planted("stale-home"), Planted("stale-column", "/xyxw/"))


@dataclass(frozen=True, slots=True)
class Row:
    """One site: the knobs that differ from the plain one, what they plant, what else is true."""

    knobs: dict[str, Any] = field(default_factory=dict)
    planted: tuple[Planted, ...] = ()
    truth: dict[str, Any] = field(default_factory=dict)


def plan(name: str, row: Row) -> Plan:
    """The site of a row."""
    campus = Campus(**row.knobs)
    truth = replace(PLAIN, planted=row.planted, **row.truth)
    return Plan(name, campus.answer, truth)
