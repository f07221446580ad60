"""unreachable: the notice's yardstick for a site that does not open (国办秘函〔2019〕19号 W2).

Watched for a week, at least 20 tries a day, 15 seconds and still not open: 5 % of the tries or more.
Never the word of one probe. Tries in which our own network was silent count neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from meice.engines.gate import Failure
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.rules.model import RuleSet, Thresholds

# These say that we did not look, or were not let in: not that the site is down.
NOT_TOLD = frozenset({Failure.BLOCKED, Failure.ROBOTS_DENIED, Failure.ADDRESS_REFUSED})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of the home page: when (aware), how long (seconds), what came.

    ``uncertain``: the failure says nothing about the site.
    """

    url: str
    at: datetime
    elapsed_s: float
    status: int | None = None
    failure: Failure | None = None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Reachability:
    """What a history says. ``enough``: every one of the days has its tries; else nothing is told."""

    tries: int
    failed: int
    enough: bool

    @property
    def share(self) -> float:
        """The part of the tries that failed, 0 … 1."""
        return self.failed / self.tries if self.tries else 0.0


def measure(history: Sequence[Attempt], thresholds: Thresholds, now: datetime) -> Reachability:
    """Count the tries of the last days, each day the 24 hours ending at the time of ``now``."""
    since = now - timedelta(days=thresholds.history_days)
    told = [each for each in history if since < each.at <= now and _tells(each)]
    a_day = Counter((now - each.at) // timedelta(days=1) for each in told)
    enough = all(a_day[day] >= thresholds.tries_a_day for day in range(thresholds.history_days))
    failed = sum(_failed(each, thresholds) for each in told)
    return Reachability(len(told), failed, enough)


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


def _tells(attempt: Attempt) -> bool:
    return not attempt.uncertain and attempt.failure not in NOT_TOLD


def _failed(attempt: Attempt, thresholds: Thresholds) -> bool:
    if attempt.failure is not None or attempt.elapsed_s >= thresholds.fail_seconds:
        return True
    return attempt.status is None or attempt.status >= 500
