"""Sites and pages made by hand for the checks; pages are read by the real reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from meice.engines.gate import Answer, Certificate
from meice.engines.webprobe.checks import Document, Home, Reading, Site
from meice.engines.webprobe.checks.prints import fingerprint
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages import Column, ColumnKind, Dated, HowDated, Page, read_page
from meice.engines.webprobe.rules import RuleSet, shipped

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)  # noon in China
TODAY = date(2026, 11, 22)
URL = "https://xcb.huayuan.edu.cn/"
RULES: RuleSet = shipped("school")
TEXT = "华园大学党委宣传部是学校党委主管宣传思想工作的职能部门，负责校园新媒体的建设和管理。"
SAFE = tuple((name, "x") for name in RULES.thresholds.headers)


def page(body: str, *, url: str = URL, title: str = "党委宣传部", head: str = "") -> Page:
    """A page around ``body``."""
    text = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_page(url, (("content-type", "text/html; charset=utf-8"),), text.encode(), now=TODAY)


def reading(body: str, *, url: str = URL, title: str = "党委宣传部", head: str = "") -> Reading:
    """A page that was answered with 200."""
    return Reading(url, answer(url), page(body, url=url, title=title, head=head))


def document(text: str, name: str = "名单.xls") -> Document:
    """An attachment with this text."""
    return Document(f"{URL}files/{name}", name, text, f"{URL}info/1.htm")


def answer(url: str = URL, **facts: Any) -> Answer:
    """A good answer."""
    return Answer(**{"url": url, "final_url": url, "status": 200, "headers": SAFE, **facts})


def dated(age: int, *, year_written: bool = True) -> Dated:
    """A day so many days ago."""
    day = TODAY - timedelta(days=age)
    return Dated(day, day.isoformat(), HowDated.LIST, URL, year_written)


def column(name: str, kind: ColumnKind, age: int | None, *, items: int = 3) -> Column:
    """A column whose newest entry is so many days old."""
    latest = None if age is None else dated(age)
    return Column(name, f"{URL}{name}/", kind, items, items if latest else 0, latest, URL)


def certificate(**facts: Any) -> Certificate:
    """A sound certificate."""
    sound = Certificate(
        subject="xcb.huayuan.edu.cn",
        issuer="某某签发机构",
        names=("xcb.huayuan.edu.cn",),
        not_before=NOW - timedelta(days=100),
        not_after=NOW + timedelta(days=200),
        self_signed=False,
        name_ok=True,
        chain_ok=True,
        protocol="TLSv1.3",
        key="EC secp256r1",
        signature="sha256",
    )
    return replace(sound, **facts)


def home(body: str = f"<p>{TEXT}</p>", **facts: Any) -> Home:
    """A readable home page, two days old."""
    read = page(body, title=facts.get("title", "党委宣传部"))
    usual: dict[str, Any] = {
        "url": URL,
        "answer": answer(),
        "title": read.title,
        "text": read.text,
        "readable": True,
        "latest": dated(2),
        "fingerprint": fingerprint(read),
    }
    return Home(**{**usual, **facts})


def site(**facts: Any) -> Site:
    """A site that was read to its end and has nothing wrong."""
    usual = {"start": URL, "finished": True, "failure": None, "home": home(), "address": "10.1.2.3"}
    return Site(**{**usual, **facts})


def codes(findings: Any) -> list[Code]:
    """The codes of findings, in order."""
    return [finding.code for finding in findings]


def only(findings: Any) -> Finding:
    """The one finding there is."""
    (found,) = findings
    assert isinstance(found, Finding)
    return found
