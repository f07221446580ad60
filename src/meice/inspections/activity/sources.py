"""Asks one source about the last post of an account. Every way to fail is a `Measure` with its
reason in Chinese: a source that could not answer says nothing about the account.

Nothing here scrapes behind a sign-in. The WeChat interface is asked with the unit's own
credentials, and only proves life: `freepublish` leaves out what was sent to all followers
(WeChat's own answer, see docs/handbook).
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from meice.engines.gate import Answer, Failure, Request
from meice.engines.webprobe.pages import Page, PageKind, read_page
from meice.inspections.activity.verdict import Measure, Trust

Fetch = Callable[[Request], Answer]
CHINA = ZoneInfo("Asia/Shanghai")
WECHAT = "https://api.weixin.qq.com/cgi-bin"
POSTS_ASKED = 20
FAILURES = {
    Failure.DNS: "域名不存在或没有解析",
    Failure.REFUSED: "对方拒绝连接",
    Failure.TIMEOUT: "超时没有回应",
    Failure.TLS_ERROR: "证书有问题",
    Failure.ADDRESS_REFUSED: "地址不允许访问",
    Failure.REDIRECT_REFUSED: "跳转到了不允许访问的地址",
    Failure.TOO_LARGE: "内容过大",
    Failure.BLOCKED: "被对方拦截",
}
WECHAT_ERRORS = {
    40001: "AppSecret 不正确或已重置",
    40013: "AppID 不正确",
    40125: "AppSecret 不正确",
    40164: "本系统的出口 IP 不在公众号的白名单里",
    45009: "今天的调用次数已用完",
    48001: "公众号没有这项接口权限（需要微信认证）",
}


def ask_feed(address: str, fetch: Fetch, today: date) -> Measure:
    """The latest entry of an RSS, Atom or JSON feed (RSSHub's among them)."""
    source = "订阅源"
    answer = fetch(Request(address))
    if fault := _fault(answer):
        return Measure(source, Trust.FETCHED, today, failure=fault)
    page = _page(answer, today)
    if page.kind is not PageKind.FEED:
        return Measure(source, Trust.FETCHED, today, failure="返回的不是订阅源")
    return _latest(source, page, today)


def ask_link(address: str, fetch: Fetch, today: date) -> Measure:
    """The day of the post that a unit names as its last one, read from the page itself."""
    source = "单位说明的链接"
    answer = fetch(Request(address))
    if fault := _fault(answer):
        return Measure(source, Trust.TOLD, today, failure=fault)
    published = _page(answer, today).published
    if published is None or published.day > today:
        return Measure(source, Trust.TOLD, today, failure="页面上没有可认的发布时间")
    return Measure(source, Trust.FETCHED, today, published.day)


def ask_wechat(app_id: str, secret: str, fetch: Fetch, today: date) -> Measure:
    """The latest published article by the official interface."""
    source = "微信公众号接口"
    given = {"grant_type": "client_credential", "appid": app_id, "secret": secret}
    token = _wechat(fetch, "/stable_token", given)
    if isinstance(token, str):
        return Measure(source, Trust.PARTIAL, today, failure=token)
    asked = {"offset": 0, "count": POSTS_ASKED, "no_content": 1}
    path = f"/freepublish/batchget?access_token={token.get('access_token', '')}"
    listed = _wechat(fetch, path, asked)
    if isinstance(listed, str):
        return Measure(source, Trust.PARTIAL, today, failure=listed)
    return Measure(source, Trust.PARTIAL, today, _newest(listed, today))


def _newest(listed: dict[str, Any], today: date) -> date | None:
    """The latest `update_time` (seconds since 1970) of the items that is not after today."""
    items = listed.get("item")
    times = [each.get("update_time") for each in items or () if isinstance(each, dict)]
    days = [
        datetime.fromtimestamp(seconds, UTC).astimezone(CHINA).date()
        for seconds in times
        if isinstance(seconds, int) and 0 < seconds < 1 << 34
    ]
    return max((day for day in days if day <= today), default=None)


def _wechat(fetch: Fetch, path: str, given: dict[str, Any]) -> dict[str, Any] | str:
    """The answer's object, or the reason why there is none; credentials travel in the body."""
    headers = (("content-type", "application/json"),)
    body = json.dumps(given).encode()
    answer = fetch(Request(WECHAT + path, "POST", headers, body=body))
    if fault := _fault(answer):
        return fault
    try:
        said = json.loads(answer.body)
    except ValueError:
        return "接口的回答无法识别"
    if not isinstance(said, dict):
        return "接口的回答无法识别"
    if code := said.get("errcode"):
        return WECHAT_ERRORS.get(code, f"接口返回错误 {code}")
    return said


def _latest(source: str, page: Page, today: date) -> Measure:
    days = [dated.day for dated in page.dates if dated.day <= today]
    if not days:
        return Measure(source, Trust.FETCHED, today, failure="订阅源里没有带日期的条目")
    return Measure(source, Trust.FETCHED, today, max(days))


def _fault(answer: Answer) -> str:
    if answer.failure is not None:
        return FAILURES.get(answer.failure, "没有取得内容")
    if answer.status is None or answer.status >= 400:
        return f"对方返回 HTTP {answer.status}"
    return ""


def _page(answer: Answer, today: date) -> Page:
    return read_page(answer.final_url, answer.headers, answer.body, now=today)
