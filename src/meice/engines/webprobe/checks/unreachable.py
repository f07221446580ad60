"""unreachable: the notice's yardstick for a site that does not open (国办秘函〔2019〕19号 W2).

Watched for a week, at least 20 tries a day, 15 seconds and still not open: 5 % of the tries or more.
Never the word of one probe. Tries that say nothing of the site count neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from meice.engines.gate import Answer, Failure
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet, Thresholds

DAY = timedelta(days=1)
NOT_TOLD = frozenset(
    {
        Failure.BLOCKED, Failure.ROBOTS_DENIED, Failure.ADDRESS_REFUSED, Failure.REDIRECT_REFUSED,
        Failure.UNKNOWN_ERROR,
    }
)  # fmt: skip
"""These say that we did not look, or were not let in: not that the site is down."""
SHUT_OUT = frozenset({401, 403, 407, 412, 429, 451})
"""Answers to us, not to a visitor."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of the home page: when (aware), whether it opened, how long (seconds).

    ``opened`` None: the try says nothing about the site.
    """

    url: str
    at: datetime
    opened: bool | None
    elapsed_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Reachability:
    """What a history says. ``enough``: every one of the days has its tries; else nothing is told.

    ``tries`` are those that tell something, ``untold`` the others.
    """

    tries: int
    failed: int
    enough: bool
    untold: int = 0

    @property
    def share(self) -> float:
        """The part of the tries that failed, 0 … 1."""
        return self.failed / self.tries if self.tries else 0.0


def opened(answer: Answer) -> bool | None:
    """Did the home page open for a visitor? None: this answer says nothing of it."""
    if answer.failure is Failure.TOO_LARGE:
        return True
    if answer.failure is not None:
        return None if answer.uncertain or answer.failure in NOT_TOLD else False
    if answer.status in SHUT_OUT:
        return None
    return answer.status is not None and answer.status < 400


def measure(history: Sequence[Attempt], thresholds: Thresholds, now: datetime) -> Reachability:
    """Count the tries of the days of 24 hours that end at ``now`` (itself left out)."""
    since = now - thresholds.history_days * DAY
    seen = [each for each in history if since <= each.at < now]
    told = [each for each in seen if each.opened is not None]
    a_day = Counter((each.at - since) // DAY for each in told)
    enough = all(a_day[day] >= thresholds.tries_a_day for day in range(thresholds.history_days))
    failed = sum(not each.opened or each.elapsed_s >= thresholds.fail_seconds for each in told)
    return Reachability(len(told), failed, enough, len(seen) - len(told))


def unreachable(history: Sequence[Attempt], rules: RuleSet, now: datetime) -> Finding | None:
    """The finding, or None where the site opens or the history is too short to tell."""
    seen = measure(history, rules.thresholds, now)
    if not seen.enough or seen.share < rules.thresholds.failed_share:
        return None
    limit = rules.thresholds
    return rules.finding(
        Code.UNREACHABLE,
        max(history, key=lambda each: each.at).url,
        f"{limit.history_days} 天内试 {seen.tries} 次，{seen.failed} 次 "
        f"{limit.fail_seconds:g} 秒打不开（{seen.share:.1%}）",
        f"网站无法访问的次数占 {seen.share:.1%}，达到 {limit.failed_share:.0%}。"
        "请检查服务器、域名解析和网络；不再使用的网站请停用并办理注销备案。",
    )
