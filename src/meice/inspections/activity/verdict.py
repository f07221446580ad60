"""活跃 / 临近 / 疑似僵尸 / 未知: what the sources together say of one account, and why.

A suspicion needs a source that sees every post and looked lately; a source that failed, that sees
only some posts (WeChat's `freepublish` omits mass-sent ones) or that merely repeats the unit's word
can prove life at most. What nobody could observe is 未知. The reader decides, never this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import models

from meice.kernel.workdays import Workdays

ONE_DAY = timedelta(days=1)
FRESH = timedelta(days=7)
FARTHEST = 3660


class Trust(models.TextChoices):
    """How far a source's answer carries."""

    CHECKED = "checked", "人工抽查"
    FETCHED = "fetched", "自动取得"
    EXPORTED = "exported", "平台导出"
    PARTIAL = "partial", "只见部分内容"
    TOLD = "told", "单位说明"


COMPLETE = frozenset({Trust.CHECKED, Trust.FETCHED, Trust.EXPORTED})
"""Sources that would have seen a later post: only they let silence count."""
PROVES_LIFE = COMPLETE | {Trust.PARTIAL}


class Activity(models.TextChoices):
    """The verdict on one account."""

    ACTIVE = "active", "活跃"
    NEAR = "near", "临近"
    SUSPECT = "suspect", "疑似僵尸"
    UNKNOWN = "unknown", "未知"


class Doubt(StrEnum):
    """Why nothing can be said."""

    NO_SOURCE = "没有可用的数据来源"
    FAILED = "无法自动核实"
    STALE = "最近一次取得的数据已过时"
    UNDATED = "来源没有给出发布日期"
    ONLY_TOLD = "只有单位说明，尚未核实"
    PARTIAL = "来源只能看到部分内容，不能据此判断停更"


@dataclass(frozen=True, slots=True)
class Measure:
    """What one source said of the last post, and when it was asked; `failure` when it was not
    able to say."""

    source: str
    trust: Trust
    observed_on: date
    last_post: date | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """After `days` counted days without a post an account is suspect; `remind` days before that
    its unit is told. `clause` says where the line comes from."""

    days: int
    remind: int
    clause: str


@dataclass(frozen=True, slots=True)
class Pauses:
    """Days that do not count: statutory holidays, and the school's vacations (first, last)."""

    calendar: Workdays
    vacations: tuple[tuple[date, date], ...] = ()

    def counts(self, day: date) -> bool:
        """Does silence on this day count?"""
        if self.calendar.name_of(day):
            return False
        return not any(first <= day <= last for first, last in self.vacations)

    def after(self, start: date, days: int) -> date:
        """The day on which `days` counted days have passed since `start`."""
        day, left = start, days
        for _ in range(FARTHEST):
            if left <= 0:
                break
            day += ONE_DAY
            left -= self.counts(day)
        return day


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, the last post known, the last day before suspicion, and the reasons."""

    activity: Activity
    last_post: date | None
    line_on: date | None
    reasons: tuple[str, ...]


def judge(measures: Sequence[Measure], line: Line, pauses: Pauses, today: date) -> Judgement:
    """What the sources say together on `today`; posts of the future are no posts."""
    answers = [each for each in measures if not each.failure]
    posts = [each for each in answers if _dated(each, today) and each.trust in PROVES_LIFE]
    if not posts:
        return Judgement(Activity.UNKNOWN, None, None, _doubts(measures, today))
    latest = max(posts, key=lambda each: each.last_post or date.min)
    last = latest.last_post or today
    line_on = pauses.after(last, line.days)
    remind_on = pauses.after(last, max(0, line.days - line.remind))
    said = f"{latest.source}：最近一次发布 {last:%Y-%m-%d}"
    if today <= remind_on:
        return Judgement(Activity.ACTIVE, last, line_on, (said,))
    if today <= line_on:
        why = f"{line_on:%Y-%m-%d} 后仍无发布即列为疑似（{line.clause}）"
        return Judgement(Activity.NEAR, last, line_on, (said, why))
    watched = [e for e in answers if e.trust in COMPLETE and e.observed_on > line_on]
    fresh = [each for each in watched if today - each.observed_on <= FRESH]
    if not fresh:
        return Judgement(Activity.UNKNOWN, last, line_on, (said, *_doubts(measures, today)))
    why = f"已超过 {line.days} 天（节假日和寒暑假不计）没有发布（{line.clause}）"
    return Judgement(Activity.SUSPECT, last, line_on, (said, why))


def _dated(measure: Measure, today: date) -> bool:
    return measure.last_post is not None and measure.last_post <= today


def _doubts(measures: Sequence[Measure], today: date) -> tuple[str, ...]:
    """Every reason why silence proves nothing here, each once, in a fixed order."""
    if not measures:
        return (Doubt.NO_SOURCE.value,)
    found = {_doubt(each, today) for each in measures}
    told = tuple(each.value for each in Doubt if each in found)
    failures = {f"{each.source}：{each.failure}" for each in measures if each.failure}
    return (*told, *sorted(failures))


def _doubt(measure: Measure, today: date) -> Doubt:
    if measure.failure:
        return Doubt.FAILED
    if measure.trust is Trust.TOLD:
        return Doubt.ONLY_TOLD
    if measure.trust is Trust.PARTIAL:
        return Doubt.PARTIAL
    return Doubt.UNDATED if not _dated(measure, today) else Doubt.STALE
