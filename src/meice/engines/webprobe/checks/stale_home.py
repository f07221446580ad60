"""stale-home: nothing new on the home page for two weeks (国办秘函〔2019〕19号 W3).

Where the home page is only a way on, the pages it leads to are looked at. A home page without any
date is unknown, not stale, unless the rule set says otherwise. A date whose year is not written is
read as the latest possible one, so what it calls stale is stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.days import china_day
from meice.engines.webprobe.checks.site import Home, Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages import Dated
from meice.engines.webprobe.rules.model import RuleSet


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """``now`` is aware; days are counted in China's time."""
    home = site.home
    if home is None or not home.readable:
        return
    latest = newest(site, home)
    if latest is None:
        if rules.thresholds.undated_is_stale and site.finished:
            yield _undated(home, rules)
        return
    days = (china_day(now) - latest.day).days
    if days > rules.thresholds.home_days:
        yield _stale(home, latest, days, rules)


def newest(site: Site, home: Home) -> Dated | None:
    """The date that the home page is judged by: its own, or of the pages below a mere way on."""
    if not home.is_navigation:
        return home.latest
    if not site.finished:
        return None
    dates = [each for each in (home.latest, site.second_level_latest) if each is not None]
    return max(dates, key=lambda dated: dated.day, default=None)


def _stale(home: Home, latest: Dated, days: int, rules: RuleSet) -> Finding:
    what = "首页只有导航，各二级页面" if home.is_navigation else "首页"
    return rules.finding(
        Code.STALE_HOME,
        home.url,
        f"最近日期 {latest.day.isoformat()}（{latest.how.value}：{latest.text}）",
        f"{what}最近一次更新是 {latest.day.isoformat()}，已 {days} 天，"
        f"超过 {rules.thresholds.home_days} 天。请恢复更新；不再使用的网站请停用并办理注销备案。",
    )


def _undated(home: Home, rules: RuleSet) -> Finding:
    return rules.finding(
        Code.STALE_HOME,
        home.url,
        "首页和所读页面没有任何日期",
        "首页没有注明发布时间，按本规则集视为不更新。请在列表和正文标注发布时间。",
    )
