"""One file read and checked, as the contract's JSON and as lines on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from meice.engines.documents import Text
from meice.engines.zhcheck.model import SEVERITY_WORDS, Issue, Severity


@dataclass(frozen=True, slots=True)
class Proof:
    """One file read: its text (or why there is none) and what is wrong with it."""

    path: str
    text: Text
    issues: tuple[Issue, ...]

    @property
    def is_sound(self) -> bool:
        """Nothing that must be mended, and it could be read."""
        return not self.text.refusal and all(
            issue.severity is not Severity.BLOCK for issue in self.issues
        )

    def as_json(self) -> dict[str, Any]:
        """As the contract of the command says."""
        return {
            "path": self.path,
            "characters": len(self.text.text),
            "issues": [_issue_json(issue, self.text) for issue in self.issues],
        }


def _issue_json(issue: Issue, text: Text) -> dict[str, Any]:
    return {
        "rule": issue.rule.value,
        "severity": issue.severity.value,
        "start": issue.start,
        "end": issue.end,
        "text": issue.text,
        "message": issue.message,
        "suggestion": issue.suggestion,
        "source": issue.source,
        "where": text.where_at(issue.start),
    }


def lines_of(proofs: Sequence[Proof]) -> Iterator[str]:
    for proof in proofs:
        yield f"{proof.path}：{_summary(proof)}"
        for issue in proof.issues:
            yield f"  [{SEVERITY_WORDS[issue.severity]}] {proof.text.where_at(issue.start)}：{_told(issue)}"
            yield f"      依据：{issue.source}"


def _summary(proof: Proof) -> str:
    if proof.text.refusal:
        return proof.text.refusal
    counts = [
        f"{word} {number} 处"
        for severity, word in SEVERITY_WORDS.items()
        if (number := sum(issue.severity is severity for issue in proof.issues))
    ]
    return f"{len(proof.text.text)} 字，{'，'.join(counts) or '没有发现问题'}"


def _told(issue: Issue) -> str:
    mend = {None: "", "": "，建议删去"}.get(issue.suggestion, f"，建议改为：{issue.suggestion}")
    return f"{issue.sentence}{mend}"
