"""华园数信 with two sources, and answers as the other side would give them."""

import json
from datetime import UTC, datetime, timedelta

from tests.base_states import base_state
from tests.meice.registry.scene import MONDAY, accepted, make_school, opening

from meice.engines.gate import Answer, Failure

NOON = MONDAY + timedelta(days=1)


@base_state
def school():
    return make_school()


@base_state
def outlet(school):
    return accepted(school, opening(school, by=school.he)).outlet


def feed(*days):
    """An RSS feed with an entry on each day."""
    items = "".join(
        f"<item><title>第{n}篇</title><link>https://a.example/{n}</link>"
        f"<pubDate>{day:%a, %d %b %Y} 08:00:00 +0800</pubDate></item>"
        for n, day in enumerate(days)
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    return page(text, "application/rss+xml")


def page(text, kind="text/html; charset=utf-8", status=200):
    """Answers every request with this page."""

    def fetch(request):
        return Answer(
            request.url, request.url, status=status, headers=(("content-type", kind),),
            body=text.encode(),
        )  # fmt: skip

    return fetch


def failing(failure=Failure.TIMEOUT):
    """Answers no request."""
    return lambda request: Answer(request.url, request.url, failure=failure)


def wechat(asked, **said):
    """The official interface: a token, then the list; notes what was asked of which address."""

    def fetch(request):
        asked.append(request)
        token = {"access_token": "T"} if "stable_token" in request.url else said
        return Answer(request.url, request.url, status=200, body=json.dumps(token).encode())

    return fetch


def seconds(day):
    """The day's noon as the interface counts."""
    return int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp())
