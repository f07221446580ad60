"""The cockpit of a campaign as values: groups with the late ones first, chips, the state bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from meice.kernel.workdays import Workdays
from meice.orgs.models import User
from meice.surveys.models import Campaign, Submission, SubmissionStatus
from meice.web.tones import Look, Tone

SHOWN = 8
BAR_WIDTH = 1000
LATE, RETURNED, WAITING, RECEIVED, DOING, EXEMPT = (
    "late", "returned", "reported", "received", "doing", "exempt",
)  # fmt: skip
GROUPS: Mapping[str, tuple[str, str, str, Tone, str]] = {
    LATE: ("逾期未报", "没有动过的在前", "alert-octagon", Tone.BAD, "bad"),
    RETURNED: ("退回待改", "退回最久的在前", "corner-up-left", Tone.WARN, "warn"),
    WAITING: ("已报待审", "先报先审", "clock", Tone.INFO, "info"),
    DOING: ("还没有报", "没有动过的在前", "pencil", Tone.IDLE, "unknown"),
    RECEIVED: ("已接收", "", "circle-check", Tone.GOOD, "good"),
    EXEMPT: ("免报", "", "circle-minus", Tone.IDLE, "idle"),
}
"""Key → heading, order in words, icon, tone, class of the bar; in the order of the page."""
FILTERS = ("all", *GROUPS, "no_paper", "faulty")
_IDLE_FIRST = {
    SubmissionStatus.UNTOUCHED: 0,
    SubmissionStatus.DRAFTING: 1,
    SubmissionStatus.AWAITING_LEADER: 2,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: how it stands, the last act, who keeps it, what to do."""

    submission: Submission
    group: str
    look: Look
    last: str
    at: datetime | None
    keeper: str
    verb: str

    @property
    def is_chosen(self) -> bool:
        """Late ones come pre-selected for 催办."""
        return self.group == LATE

    @property
    def is_untouched(self) -> bool:
        """Nothing to count yet."""
        return self.submission.status == SubmissionStatus.UNTOUCHED


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one state; `hidden` are folded away (never of late ones)."""

    key: str
    title: str
    hint: str
    icon: str
    tone: Tone
    lines: Sequence[Line]
    hidden: int

    @property
    def total(self) -> int:
        """All of the group."""
        return len(self.lines) + self.hidden


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the state bar in units of `BAR_WIDTH`."""

    look: str
    x: int
    width: int
    title: str


@dataclass(frozen=True, slots=True)
class Board:
    """The whole cockpit."""

    groups: Sequence[Group]
    counts: Mapping[str, int]
    bar: Sequence[Segment]
    late_received: int

    @property
    def total(self) -> int:
        """Units asked."""
        return self.counts["all"]


def board_of(
    submissions: Iterable[Submission],
    keepers: Mapping[int, Sequence[User]],
    at: datetime,
    *,
    chosen: str = "",
    opened: str = "",
    term: str = "",
) -> Board:
    """Group, order and count. `chosen` is one of `FILTERS`, `opened` a group shown whole."""
    lines = [_line(submission, keepers, at) for submission in submissions]
    counts = _counts(lines)
    wanted = [line for line in lines if _fits(line, chosen) and _named(line, term)]
    groups = [
        group
        for key in GROUPS
        if (group := _group(key, wanted, whole=bool(chosen or term) or opened == key)).total
    ]
    late_in = sum(
        line.group == RECEIVED and line.submission.receipt is not None
        and not line.submission.receipt.on_time
        for line in lines
    )  # fmt: skip
    return Board(groups, counts, _bar(counts), late_in)


def group_of(submission: Submission, at: datetime) -> str:
    """Which group of the cockpit it stands in."""
    status = SubmissionStatus(submission.status)
    if status in _IDLE_FIRST:
        return LATE if submission.is_late(at) else DOING
    return {
        SubmissionStatus.RETURNED: RETURNED,
        SubmissionStatus.REPORTED: WAITING,
        SubmissionStatus.RECEIVED: RECEIVED,
    }.get(status, EXEMPT)


def _line(submission: Submission, keepers: Mapping[int, Sequence[User]], at: datetime) -> Line:
    group = group_of(submission, at)
    last, moment = _last(submission)
    names = [user.name for user in keepers.get(submission.unit_id, ())]
    keeper = submission.filled_by.name if submission.filled_by else (names[0] if names else "")
    verb = _verb(submission, group)
    return Line(submission, group, submission.state_at(at), last, moment, keeper, verb)


def _last(submission: Submission) -> tuple[str, datetime | None]:
    """The latest act in words, and when."""
    status = SubmissionStatus(submission.status)
    if status is SubmissionStatus.UNTOUCHED:
        return "从未打开", None
    if status is SubmissionStatus.DRAFTING:
        return "保存", submission.saved_at
    if status is SubmissionStatus.AWAITING_LEADER:
        return "交领导", submission.presented_at
    if status is SubmissionStatus.RETURNED:
        return "退回", submission.decided_at
    if status is SubmissionStatus.EXEMPT:
        return submission.exempt_reason, None
    if status is SubmissionStatus.RECEIVED:
        return "接收", submission.decided_at
    return ("代报" if submission.on_behalf_by_id else "报送"), submission.reported_at


def _verb(submission: Submission, group: str) -> str:
    """What the department does from here; 代填 only for a unit that is late."""
    return {
        SubmissionStatus.UNTOUCHED: "代填" if group == LATE else "查看",
        SubmissionStatus.REPORTED: "审阅",
        SubmissionStatus.RETURNED: "退回意见",
    }.get(SubmissionStatus(submission.status), "查看")


def _counts(lines: Sequence[Line]) -> dict[str, int]:
    counts = dict.fromkeys(FILTERS, 0)
    counts["all"] = len(lines)
    for line in lines:
        counts[line.group] += 1
        counts["no_paper"] += _fits(line, "no_paper")
        counts["faulty"] += _fits(line, "faulty")
    return counts


def _fits(line: Line, chosen: str) -> bool:
    if chosen in GROUPS:
        return line.group == chosen
    if chosen == "no_paper":
        return line.submission.paper_received_at is None and line.group != EXEMPT
    return line.submission.error_count > 0 if chosen == "faulty" else True


def _named(line: Line, term: str) -> bool:
    unit = line.submission.unit
    bare = "".join(term.lower().split())
    return not bare or bare in unit.name or bare in unit.short_name or bare in unit.pinyin_key


def _group(key: str, lines: Sequence[Line], *, whole: bool) -> Group:
    title, hint, icon, tone, _ = GROUPS[key]
    own = sorted((line for line in lines if line.group == key), key=_order)
    limit = len(own) if whole or key == LATE else 0 if key in (RECEIVED, EXEMPT) else SHOWN
    return Group(key, title, hint, icon, tone, own[:limit], len(own) - len(own[:limit]))


def _order(line: Line) -> tuple[int, float, str]:
    """Untouched first, then by the moment that the heading speaks of, then by the unit."""
    status = SubmissionStatus(line.submission.status)
    by_time = line.group in (RETURNED, WAITING) and line.at is not None
    moment = line.at.timestamp() if by_time and line.at else 0.0
    return _IDLE_FIRST.get(status, 0), moment, line.submission.unit_path


def _bar(counts: Mapping[str, int]) -> list[Segment]:
    total = counts["all"] or 1
    segments, x = [], 0
    for key, (title, _, _, _, look) in GROUPS.items():
        width = counts[key] * BAR_WIDTH // total
        if counts[key]:
            segments.append(Segment(look, x, max(width - 3, 2), f"{title} {counts[key]}"))
            x += width
    return segments


def lateness(campaign: Campaign, at: datetime, days: Workdays) -> str:
    """`已过截止 1 个工作日`, `还剩 3 天`; blank long before."""
    deadline = timezone.localtime(campaign.deadline)
    here = timezone.localtime(at)
    if campaign.is_late(at):
        over = days.between(deadline.date(), here.date())
        if over:
            return f"已过截止 {over} 个工作日"
        passed = (here.date() - deadline.date()).days
        return f"已过截止 {passed} 天" if passed else "今天已过截止"
    left = (deadline.date() - here.date()).days
    return "今天截止" if left == 0 else f"还剩 {left} 天" if left <= 7 else ""


def overdue_words(arrived: datetime, deadline: datetime) -> str:
    """`逾期 2天22时02分`."""
    minutes = int((arrived - deadline).total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    return f"逾期 {days}天{hours}时{minutes:02}分" if days else f"逾期 {hours}时{minutes:02}分"
