"""Sites that waste a crawler's time: robots files, endless links, loops, outsized pages."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.faults.farm.campus import Campus, plain
from tests.faults.farm.hostile import BLOCK, OK, stream
from tests.faults.farm.model import (
    Answer,
    Behaviour,
    Plan,
    Planted,
    Reply,
    Request,
    Truth,
    Wire,
    World,
)
from tests.faults.farm.rows import PLAIN, UNDECIDED

ROBOTS = "/robots.txt"
NESTED = 200_000
MANY = 30_000
SLOW_SECONDS = 3.6  # over the line of 3 s that the rule set draws


def robots(text: str, status: int = 200) -> Callable[[World], Answer]:
    """An ordinary site with this robots.txt."""
    reply = replace(plain(text), status=status)
    return lambda world: Campus(files={ROBOTS: reply}).answer(world)


def robots_by(behaviour: Behaviour) -> Callable[[World], Behaviour]:
    """An ordinary site whose robots.txt misbehaves."""

    def build(world: World) -> Behaviour:
        usual = Campus().answer(world)

        async def behave(wire: Wire, request: Request) -> None:
            if request.path == ROBOTS:
                await behaviour(wire, request)
                return
            reply = usual(request)
            closing = replace(reply, headers=(*reply.headers, ("Connection", "close")))
            await wire.send(closing.wire(head_only=request.method == "HEAD"))

        return behave

    return build


async def never(wire: Wire, request: Request) -> None:
    """Says nothing."""
    await wire.hang()


def calendar(world: World) -> Answer:
    """Every day links to the next one."""
    campus = Campus(home='<a href="/calendar?day=1">校历</a>')
    usual = campus.answer(world)

    def answer(request: Request) -> Reply:
        if request.path != "/calendar":
            return usual(request)
        day = int(request.target.rpartition("=")[2] or 0)
        links = f'<a href="/calendar?day={day + 1}">后一天</a><a href="/calendar?day={day - 1}">前一天</a>'
        return campus.html(campus.page("校历", links))

    return answer


def sessions(world: World) -> Answer:
    """Every answer gives every link a session number of its own."""
    campus = Campus()
    usual = campus.answer(world)
    numbers = itertools.count(1)

    def answer(request: Request) -> Reply:
        path = request.path.partition(";")[0]
        reply = usual(replace(request, target=path))
        session = b'.htm;jsessionid=%032X"' % next(numbers)
        return replace(reply, body=reply.body.replace(b'.htm"', session))

    return answer


def refreshing(*paths: str) -> Callable[[World], Answer]:
    """Pages that send on to each other without end."""
    following = dict(zip(paths, (*paths[1:], paths[0]), strict=True))

    def answer(request: Request) -> Reply:
        target = following.get(request.path)
        if target is None:
            return Reply(b"none", 404)
        return Reply(f'<html><meta http-equiv="refresh" content="0;url={target}"></html>'.encode())

    return lambda world: answer


def crowded(world: World) -> Answer:
    """Tens of thousands of links on one page."""
    campus = Campus(home="".join(f'<a href="/p/{n}.htm">{n}</a>' for n in range(MANY)))
    usual = campus.answer(world)
    page = campus.html(campus.page("页", "<p>正文</p>"))
    return lambda request: page if request.path.startswith("/p/") else usual(request)


def slow(world: World) -> Behaviour:
    """Gives its home page after more than three seconds."""
    usual = Campus().answer(world)

    async def behave(wire: Wire, request: Request) -> None:
        if request.path == "/":
            await asyncio.sleep(SLOW_SECONDS)
        reply = usual(request)
        closing = replace(reply, headers=(*reply.headers, ("Connection", "close")))
        await wire.send(closing.wire(head_only=request.method == "HEAD"))

    return behave


def site(**knobs: Any) -> Callable[[World], Answer]:
    """An ordinary site with some knobs."""
    return lambda world: Campus(**knobs).answer(world)


LOADED = " ".join(f"a{number}=1" for number in range(50_000))
SHELL = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>数学与信息学院</title></head>'
    '<body><div id="app"></div><script src="/app.js"></script></body></html>'
)
DENIED = Truth(failures=frozenset({"robots-denied"}))
EITHER = Truth(
    failures=frozenset({"", "robots-denied", "timeout", "too-large", "unknown-error"}),
    latest=-1,
    icp="*",
    police="*",
    undecided=UNDECIDED,
)
UNREADABLE = replace(
    PLAIN,
    latest=None,
    columns=frozenset(),
    is_shell=True,
    icp="*",
    police="*",
    undecided=UNDECIDED | {"icp-missing", "police-record-missing", "header-missing", "dead-link"},
)
TWENTY_MEBI = OK + b"Content-Length: 31457280\r\n\r\n"


def plans() -> tuple[Plan, ...]:
    """All traps."""
    deep = "<div>" * NESTED
    return (
        Plan("robots-deny", robots("User-agent: *\nDisallow: /\n"), DENIED),
        Plan("robots-deny-articles", robots("User-agent: *\nDisallow: /info/\n"), PLAIN),
        Plan("robots-for-others", robots("User-agent: Bad\nDisallow: /\n"), PLAIN),
        Plan("robots-delay", robots("User-agent: *\nCrawl-delay: 3600\n"), EITHER),
        Plan("robots-500", robots("oops", 500), EITHER),
        Plan(
            "robots-endless",
            robots_by(stream(OK + b"\r\n", lambda: itertools.repeat(BLOCK))),
            EITHER,
            raw=True,
        ),
        Plan("robots-silent", robots_by(never), EITHER, raw=True),
        Plan("robots-html", robots("<html>你好</html>"), PLAIN),
        Plan("calendar", calendar, replace(PLAIN, latest=-1)),
        Plan("sessions", sessions, PLAIN),
        Plan("refresh-loop", refreshing("/", "/a.htm", "/b.htm"), UNREADABLE),
        Plan("refresh-self", refreshing("/"), UNREADABLE),
        Plan("crowded", crowded, PLAIN),
        Plan("attributes", site(home=f"<p {LOADED}>"), PLAIN),
        Plan("deep", site(home=deep), PLAIN),
        Plan(
            "thirty-megabytes",
            lambda _: stream(TWENTY_MEBI, lambda: itertools.repeat(BLOCK, 480)),
            Truth(failures=frozenset({"too-large"})),
            raw=True,
        ),
        Plan(
            "script-only",
            lambda _: (
                lambda request: Reply(SHELL.encode()) if request.path == "/" else Reply(b"no", 404)
            ),
            UNREADABLE,
        ),
        Plan("slow", slow, replace(PLAIN, planted=(Planted("slow"),)), raw=True),
    )
