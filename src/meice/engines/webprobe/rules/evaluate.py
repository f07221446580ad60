"""Holds a site or account against the clauses of a rule set.

A finding that no person has confirmed makes a clause 疑似, never 不合格 (技术发现 + 人工核实); what
could not be observed leaves it 未知; a clause with parts that only a person can judge stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from meice.engines.webprobe.findings import Finding
from meice.engines.webprobe.rules.facts import Facts
from meice.engines.webprobe.rules.model import Clause, Condition, Kind, RuleSet, Scope, Test


class Outcome(StrEnum):
    """What can be said of a clause; the value is what people read."""

    FAILED = "不符合"
    SUSPECTED = "疑似不符合，待人工核实"
    HUMAN = "机器未发现，须人工判断"
    UNKNOWN = "未知"
    CLEAR = "未发现问题"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A clause, what became of it, why, on which evidence; ``points`` are what it takes off."""

    clause: Clause
    rule: str
    outcome: Outcome
    reason: str
    evidence: tuple[Finding, ...] = ()
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class _Told:
    """What one condition came to."""

    outcome: Outcome
    reason: str
    evidence: tuple[Finding, ...] = ()
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class _Case:
    findings: tuple[Finding, ...]
    confirmed: frozenset[Finding]
    facts: Facts


def evaluate(
    findings: Iterable[Finding],
    facts: Facts,
    rules: RuleSet,
    *,
    scope: Scope = Scope.WEBSITE,
    confirmed: Collection[Finding] = (),
) -> tuple[Verdict, ...]:
    """A verdict for each clause of this scope, in the order of the set.

    ``confirmed`` are those of ``findings`` that a person has confirmed; dismissed ones are not
    handed in at all.
    """
    case = _Case(tuple(findings), frozenset(confirmed), facts)
    return tuple(_verdict(clause, case, rules) for clause in rules.clauses if clause.scope is scope)


_GRAVITY = (Outcome.FAILED, Outcome.SUSPECTED, Outcome.UNKNOWN, Outcome.HUMAN, Outcome.CLEAR)


def _verdict(clause: Clause, case: _Case, rules: RuleSet) -> Verdict:
    told = [_TESTS[condition.test](condition, case) for condition in clause.conditions]
    if clause.human:
        told.append(_Told(Outcome.HUMAN, f"须人工判断：{'、'.join(clause.human)}"))
    if not told:
        told.append(_Told(Outcome.CLEAR, "没有可检查的内容"))
    outcome = min((each.outcome for each in told), key=_GRAVITY.index)
    points = min(clause.cap, sum(each.points for each in told)) if clause.cap else 0.0
    return Verdict(
        clause=clause,
        rule=f"{rules.label} {clause.id} {clause.title}（{clause.trust.value}）",
        outcome=outcome,
        reason="；".join(each.reason for each in told if each.outcome is outcome),
        evidence=tuple(finding for each in told for finding in each.evidence),
        points=round(points, 2) if clause.kind is Kind.DEDUCTION else 0.0,
    )


def _counted(condition: Condition, case: _Case, hits: list[Finding], unknown: str) -> _Told:
    """So many hits needed: confirmed ones fail, others only raise suspicion."""
    if len(hits) < condition.at_least:
        reason = f"发现 {len(hits)} 处，未到 {condition.at_least} 处"
        return _Told(Outcome.UNKNOWN, unknown) if unknown else _Told(Outcome.CLEAR, reason)
    sure = [hit for hit in hits if hit in case.confirmed]
    if len(sure) >= condition.at_least:
        times = len(sure) if condition.points else 0
        reason = f"已核实 {len(sure)} 处"
        return _Told(Outcome.FAILED, reason, tuple(sure), condition.points * times)
    return _Told(Outcome.SUSPECTED, f"发现 {len(hits)} 处，待人工核实", tuple(hits))


def _with_codes(condition: Condition, case: _Case) -> list[Finding]:
    return [finding for finding in case.findings if finding.code in condition.codes]


def _findings(condition: Condition, case: _Case) -> _Told:
    unknown = "" if case.facts.complete else "网站没有读完"
    return _counted(condition, case, _with_codes(condition, case), unknown)


def _columns(condition: Condition, case: _Case) -> _Told:
    columns = case.facts.columns
    kinds = {column.url: column.kind for column in columns or ()}
    hits = _with_codes(condition, case)
    if condition.kinds:
        hits = [finding for finding in hits if kinds.get(finding.url) in condition.kinds]
    unknown = "没有认出栏目" if columns is None else ""
    if not case.facts.complete:
        unknown = "网站没有读完"
    return _counted(condition, case, hits, unknown)


def _history(condition: Condition, case: _Case) -> _Told:
    unknown = "" if case.facts.history_known else "没有满一周的访问记录"
    return _counted(condition, case, _with_codes(condition, case), unknown)


def _home(condition: Condition, case: _Case) -> _Told:
    unknown = "" if case.facts.home_dated else "首页没有读到日期"
    return _counted(condition, case, _with_codes(condition, case), unknown)


def _post(condition: Condition, case: _Case) -> _Told:
    last = case.facts.last_post
    if last is None:
        return _Told(Outcome.UNKNOWN, "不知道最近一次发布的时间")
    days = (case.facts.today - last).days
    if days <= condition.days:
        return _Told(Outcome.CLEAR, f"最近发布 {last.isoformat()}")
    return _Told(Outcome.SUSPECTED, f"最近发布 {last.isoformat()}，已 {days} 天")


def _fact(condition: Condition, case: _Case) -> _Told:
    answer: bool | None = getattr(case.facts, condition.fact)
    if answer is None:
        return _Told(Outcome.UNKNOWN, "没有记录")
    if answer is condition.bad:
        return _Told(Outcome.FAILED, "按记录不符合", points=condition.points)
    return _Told(Outcome.CLEAR, "按记录符合")


def _age(condition: Condition, case: _Case) -> _Told:
    days: int | None = getattr(case.facts, condition.fact)
    if days is None:
        return _Told(Outcome.UNKNOWN, "没有记录")
    if days > condition.days:
        return _Told(
            Outcome.FAILED, f"已 {days} 天，超过 {condition.days} 天", (), condition.points
        )
    return _Told(Outcome.CLEAR, f"{days} 天，未超过 {condition.days} 天")


_TESTS: Mapping[Test, Callable[[Condition, _Case], _Told]] = MappingProxyType(
    {
        Test.FINDINGS: _findings,
        Test.COLUMNS: _columns,
        Test.HISTORY: _history,
        Test.HOME: _home,
        Test.POST: _post,
        Test.FACT: _fact,
        Test.AGE: _age,
    }
)
