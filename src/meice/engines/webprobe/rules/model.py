"""A rule set: thresholds, severities, sources, and the clauses that a site or account is held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from meice.engines.marks import mask_personal
from meice.engines.webprobe.findings import Code, Finding, Severity

EVIDENCE_LENGTH = 400  # characters; a finding points at its page, it is no copy of it
ANY_KIND = "*"  # the row of ``column_days`` for a kind that has none of its own


class Trust(StrEnum):
    """How sure the wording of a clause is (the marks of domain.md); the value is shown."""

    STATED = "通知原文"
    CONFIRMED = "已核对"
    COPY = "见于转载"
    RECALLED = "未核实，可改"
    OWN = "校级规则，可改"


class Scope(StrEnum):
    """What a clause is about."""

    WEBSITE = "website"
    ACCOUNT = "account"


class Kind(StrEnum):
    """One veto is enough to fail; deductions are points."""

    VETO = "veto"
    DEDUCTION = "deduction"


class Test(StrEnum):
    """How a condition is told; each is one function of ``conditions``."""

    FINDINGS = "findings"  # at least so many findings of these codes
    COLUMNS = "columns"  # at least so many stale columns of these kinds
    HISTORY = "history"  # an ``unreachable`` finding, known only after a week's tries
    HOME = "home"  # a ``stale-home`` finding, known only where the home page has a date
    POST = "post"  # days since the account's last post
    FACT = "fact"  # a yes/no that a person or the register answers
    AGE = "age"  # days of a fact that is a number of days


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a clause. ``fact`` names a field of ``Facts``; ``bad`` its failing answer."""

    test: Test
    codes: tuple[Code, ...] = ()
    kinds: tuple[str, ...] = ()
    at_least: int = 1
    days: int = 0
    fact: str = ""
    bad: bool = True
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: any one condition breaks it. ``human`` are the parts that only a person can judge.

    ``cap`` is the most that its deductions take off.
    """

    id: str
    title: str
    text: str
    kind: Kind
    scope: Scope
    trust: Trust
    conditions: tuple[Condition, ...] = ()
    human: tuple[str, ...] = ()
    cap: float = 0.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers that the checks compare with; times in seconds where the name says so, else days."""

    slow_seconds: float = 3.0
    fail_seconds: float = 15.0
    history_days: int = 7
    tries_a_day: int = 20
    failed_share: float = 0.05
    home_days: int = 14
    undated_is_stale: bool = False
    certificate_days: int = 30
    mobiles_are_a_list: int = 5
    headers: tuple[str, ...] = ()
    backup_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a rule set; ``reference`` is shown as 参照 wherever it is named."""

    key: str
    version: str
    name: str
    source: str
    reference: bool
    thresholds: Thresholds
    column_days: Mapping[str, int]
    severities: Mapping[Code, Severity]
    sources: Mapping[Code, str]
    clauses: tuple[Clause, ...] = ()

    @property
    def label(self) -> str:
        """Name and version as shown; 参照 where the set does not bind a school."""
        return f"{'参照' if self.reference else ''}{self.source or self.name}（{self.version}）"

    def wants(self, code: Code) -> bool:
        """Whether the set asks for this check at all."""
        return code in self.severities

    def finding(
        self, code: Code, url: str, evidence: str, message: str, *, severity: Severity | None = None
    ) -> Finding:
        """A finding of this set: its severity and source, the evidence masked and cut."""
        return Finding(
            code=code,
            severity=severity or self.severities.get(code, Severity.MINOR),
            url=url,
            evidence=mask_personal(evidence)[:EVIDENCE_LENGTH],
            message=message,
            rule=self.sources.get(code, self.label),
        )

    def days_of(self, kind: str) -> int | None:
        """Days after which a column of this kind is stale; None where no line is drawn (0 days)."""
        return self.column_days.get(kind, self.column_days.get(ANY_KIND)) or None
