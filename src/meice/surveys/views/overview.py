"""What the page of a submission shows, as values: the stages, the numbers, faults, differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from meice.engines.annexes.columns import COUNT_COLUMNS, FILING_KINDS
from meice.engines.annexes.model import Annex, Code, CountRow, Severity
from meice.engines.annexes.tally import Difference as CountDifference
from meice.engines.annexes.tally import differences as count_differences
from meice.orgs.models import User
from meice.surveys.actions.filling import examined, units_below
from meice.surveys.models import DifferenceDecision, Receipt, Submission, SubmissionRow
from meice.surveys.rows import (
    CellFault,
    counts_of,
    is_blank,
    office_holders_of,
    own_counts,
)
from meice.surveys.rows.ordered import hold_orders
from meice.surveys.sheet.register import Difference, differences_of, outlets_by_key
from meice.surveys.workflow import SUBMISSION

DONE, NOW, LATER = "m-done", "m-now", "m-later"
UNIT_STEPS = ("present", "declare", "recall", "attest", "revise")
DEPARTMENT_STEPS = (
    "relay", "claim", "release", "return", "accept", "reopen", "exempt", "require",
)  # fmt: skip
SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the flow bar."""

    label: str
    look: str
    who: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The sheet in numbers, as it stands in the database."""

    rows: Sequence[SubmissionRow]
    faults: Sequence[CellFault]
    counts: Sequence[CountRow]
    mismatches: Sequence[CountDifference]
    differences: Sequence[Difference]
    decisions: Sequence[DifferenceDecision]
    below: int = 0

    @property
    def shown_faults(self) -> Sequence[CellFault]:
        """The first of them; the sheet has all."""
        return self.faults[:SHOWN_FAULTS]

    @property
    def totals(self) -> dict[str, int]:
        """Rows by annex, and what the leader confirms in numbers (08c)."""
        found = {f"annex{number}": 0 for number in (1, 3, 4)}
        for row in self.rows:
            if not is_blank(row.cells):
                found[f"annex{row.annex}"] += 1
        accounts, _, problems, mended, _, _, outsourced = (
            count.total or 0 for count in self.counts
        )
        return found | {
            "accounts": accounts,
            "problems": problems,
            "mended": mended,
            "outsourced": outsourced,
        }

    @property
    def errors(self) -> int:
        """What holds it back."""
        return sum(fault.is_error for fault in self.faults)

    @property
    def warnings(self) -> int:
        """What is listed."""
        return len(self.faults) - self.errors

    @property
    def open_differences(self) -> Sequence[Difference]:
        """Nothing was made of them yet."""
        return [each for each in self.differences if each.decided is None]


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a receipt: name, rows, size, and what its check says (picture 03b)."""

    name: str
    annex: int
    rows: int
    size: int
    tone: str
    said: str

    @property
    def unit(self) -> str:
        """Annex 3 has forms, the others rows."""
        return "份" if self.annex == Annex.FILING else "行"


def file_lines(receipt: Receipt, view: Overview) -> list[FileLine]:
    """The files of the standing receipt; what was reported is locked, so `view` speaks of it."""
    lines = []
    for each in receipt.files:
        tone, said = _said_of(Annex(each["annex"]), view)
        lines.append(FileLine(each["name"], each["annex"], each["rows"], each["size"], tone, said))
    return lines


def _said_of(annex: Annex, view: Overview) -> tuple[str, str]:
    own = [fault for fault in view.faults if fault.annex is annex]
    if annex is Annex.BASIC:
        hints = sum(fault.severity is Severity.WARNING for fault in own)
        return "good", f"无错误，提示 {hints} 条" if hints else "无错误"
    if annex is Annex.COUNTS:
        odd = len(view.mismatches)
        return ("warn", f"与附件1 不符 {odd} 格") if odd else ("good", "与附件1 逐格一致")
    if annex is Annex.FILING:
        kinds = Counter(r.cells.get("filing_kind", "") for r in view.rows if r.annex == annex)
        told = [f"{kind} {kinds[kind]}" for kind in FILING_KINDS if kinds[kind]]
        return "good", "、".join(told) or "没有备案"
    odd = sum(fault.code is Code.ANNEX4_MISMATCH for fault in view.faults)
    return ("warn", f"与附件3 不符 {odd} 处") if odd else ("good", "与附件3 一致")


def overview_of(submission: Submission) -> Overview:
    """Everything about its rows in about nine queries, however many rows there are."""
    kept = SubmissionRow.objects.filter(submission=submission).standing_in_order()
    rows = list(kept)
    header = getattr(submission, "header", None)
    counts = counts_of(rows, _office_holders(submission))
    basic = [row for row in rows if row.annex == Annex.BASIC]
    own = own_counts(header)
    found = examined(submission, rows, timezone.localdate(), header) if rows else None
    differences: Sequence[Difference] = ()
    if submission.started_at and Annex.BASIC in submission.campaign.annexes:
        known = outlets_by_key(submission)
        differences = differences_of(submission, basic, known)
        found = hold_orders(found, basic, known) if found else None
    decisions: Sequence[DifferenceDecision] = ()
    if getattr(submission, "has_decisions", True):
        filed = submission.decisions.filter(filing__isnull=False).select_related("filing")
        decisions = list(filed.order_by("pk"))
    return Overview(
        rows,
        found.faults if found else (),
        counts,
        count_differences(own, counts) if own else (),
        differences,
        decisions,
        found.below if found else 0,
    )


def _office_holders(submission: Submission) -> dict[str, int]:
    """职务账号 by column; asked for only where there are any."""
    if not getattr(submission, "has_holders", True):
        return dict.fromkeys(COUNT_COLUMNS, 0)
    below = units_below(submission) if getattr(submission, "has_below", True) else ()
    return office_holders_of(submission.unit, below)


def stages_of(submission: Submission) -> list[Stage]:
    """填写 · 领导确认并报送 · 宣传部审 · 纸质盖章版 · 接收, as far as this round has come."""
    status = submission.status
    reached = {
        "untouched": 0, "drafting": 0, "returned": 0, "awaiting_leader": 1, "reported": 2,
        "received": 4, "exempt": 0,
    }[status]  # fmt: skip
    filled = submission.filled_by.name if submission.filled_by else ""
    confirmed = submission.confirmed_by.name if submission.confirmed_by else ""
    decided = submission.decided_by.name if submission.decided_by else ""
    stages = [
        _stage("填写", 0, reached, filled, submission.presented_at or submission.saved_at),
        _stage("领导确认并报送", 1, reached, confirmed, submission.reported_at),
        _stage("宣传部审", 2, reached, decided, submission.decided_at),
        _stage("接收", 4, reached + (status == "received"), decided, submission.decided_at),
    ]
    if submission.campaign.paper_wanted:
        stages.insert(3, _paper(submission))
    return stages


def _stage(label: str, place: int, reached: int, who: str, at: datetime | None) -> Stage:
    if place < reached:
        return Stage(label, DONE, who, at)
    return Stage(label, NOW if place == reached else LATER)


def _paper(submission: Submission) -> Stage:
    if submission.paper_received_at:
        by = submission.paper_received_by
        return Stage("纸质盖章版", DONE, by.name if by else "", submission.paper_received_at)
    place = submission.campaign.paper_place
    return Stage("纸质盖章版", LATER, note=f"送{place}" if place else "")


def buttons_of(submission: Submission, user: User, *, oversees: bool) -> list[dict[str, Any]]:
    """The steps that this side may think of now, each with its verdict."""
    side = DEPARTMENT_STEPS if oversees else UNIT_STEPS
    return [
        {"name": step.name, "label": step.label, "verdict": verdict}
        for step, verdict in SUBMISSION.open_steps(submission, user)
        if step.name in side
    ]
