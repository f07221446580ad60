"""Compares what a probe says with what is true, code by code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.faults.farm.model import ANY, Plan, Truth

Report = Mapping[str, Any]  # a Site of contracts.md, webprobe
NO_POSITION = -1


@dataclass(slots=True)
class Tally:
    """Of one code: how many planted ones were found, which were not, and the false alarms."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what was said, the share that is true; 1 when nothing was said."""
        said = self.right + len(self.wrong)
        return self.right / said if said else 1.0

    @property
    def recall(self) -> float:
        """Of what is true, the share that was said; 1 when there is nothing to say."""
        true = self.right + len(self.missed)
        return self.right / true if true else 1.0


class Scores:
    """The tallies of a whole farm: finding codes, and the facts of a site under their JSON keys."""

    def __init__(self, origins: Mapping[str, str]) -> None:
        self.origins = origins
        self.tallies: dict[str, Tally] = defaultdict(Tally)

    def add(self, plan: Plan, report: Report, today: date) -> None:
        """Judge one site."""
        for code, expected, said, is_right in _facts(plan.truth, report, today):
            self._note(code, is_right, f"{plan.name}: {expected} ≠ {said}")
        self._findings(plan, report["findings"])

    def _note(self, code: str, is_right: bool, told: str) -> None:
        tally = self.tallies[code]
        tally.right += is_right
        if not is_right:
            tally.missed.append(told)
            tally.wrong.append(told)

    def _findings(self, plan: Plan, findings: Iterable[Mapping[str, str]]) -> None:
        claims = {(each["code"], f"{each['url']} {each['evidence']}") for each in findings}
        planted = {(each.code, self._filled(each.where)) for each in plan.truth.planted}
        for code, where in sorted(planted):
            is_found = any(code == claim and where in text for claim, text in claims)
            self.tallies[code].right += is_found
            if not is_found:
                self.tallies[code].missed.append(f"{plan.name}: {where}")
        for claim, text in sorted(claims):
            true = any(claim == code and where in text for code, where in planted)
            if not true and claim not in plan.truth.undecided:
                self.tallies[claim].wrong.append(f"{plan.name}: {text[:160]}")

    def _filled(self, where: str) -> str:
        name = where.strip("{}")
        return self.origins[name] if where.startswith("{") else where

    def table(self) -> str:
        """Precision and recall of each code as a Markdown table, then every single miss."""
        lines = ["| code | planted | precision | recall |", "|---|---|---|---|"]
        for code, tally in sorted(self.tallies.items()):
            planted = tally.right + len(tally.missed)
            lines.append(f"| {code} | {planted} | {tally.precision:.2f} | {tally.recall:.2f} |")
        return "\n".join([*lines, *self.misses()])

    def misses(self) -> list[str]:
        """What was not found, and what was found where nothing is."""
        return [
            f"{sign} {code}: {told}"
            for code, tally in sorted(self.tallies.items())
            for sign, tolds in (("missed", tally.missed), ("wrong", tally.wrong))
            for told in tolds
        ]


def _facts(truth: Truth, report: Report, today: date) -> Iterator[tuple[str, Any, Any, bool]]:
    """Code, what is true, what is said, whether they agree."""
    failure = report["failure"] or ""
    expected = truth.failures or {""}
    yield "failure", sorted(expected), failure, failure in expected
    verdict = report["verdict"]
    yield "verdict", "unknown only if not read", verdict, _is_fair(truth, report)
    if failure:
        return
    if truth.latest != NO_POSITION:
        latest = truth.latest
        day = None if latest is None else str(today - timedelta(days=latest))
        yield "latest_update", day, report["latest_update"], day == report["latest_update"]
    names = {column["name"] for column in report["columns"]}
    if truth.columns:
        yield "columns", sorted(truth.columns), sorted(names), truth.columns <= names
    for code, number in (("icp", truth.icp), ("police_record", truth.police)):
        if number != ANY:
            said = report[code] and report[code]["number"]
            yield code, number, said, _same_number(number, said)


def _is_fair(truth: Truth, report: Report) -> bool:
    """Nothing is known of what could not be read, and whatever could be is not unknown."""
    is_unknown = bool(report["verdict"] == "unknown")
    if report["failure"] or truth.is_shell:
        return is_unknown
    return not is_unknown or "" in truth.failures


def _same_number(true: str | None, said: str | None) -> bool:
    if true is None or said is None:
        return true is said
    return true.strip("号") in said or said in true
