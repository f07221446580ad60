"""One look at a reported page: through the gate, under limits, never behind a login.

What the gate's policy does not allow is not asked. A page that wants a login or a check is not
looked at any further: people take a screenshot and upload it. What could not be seen is said as
such; it says nothing about the account.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from meice.engines.documents.charset import decode_page
from meice.engines.gate import Answer, Limits, Request, fetch, read_target
from meice.engines.gate import Refused as NotAsked
from meice.engines.webprobe.picture import draw_page, find_browser
from meice.evidence.models import EvidenceKind

LIMITS = Limits(
    connect_s=8.0, total_s=20.0, bytes_wire=4_000_000, bytes_body=5_000_000, redirects=5
)
LOGIN_PLACES = ("login", "signin", "passport", "sso", "verify", "captcha", "visitor")
UNAUTHORISED = (401, 407)
PAGES = ("text/html", "application/xhtml+xml", "")
BEHIND_LOGIN = "要登录或通过验证才能看，没有采集。请在手机或电脑上截图、录屏后上传。"
NO_BROWSER = "这台服务器没有装浏览器，没有画截图。请截图后上传。"
DRAWN = "由存档网页画出；外部图片和样式不在其中"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was seen of a page: what it is, its name, its bytes, what to say of it."""

    kind: EvidenceKind
    name: str
    content: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look gave: pieces to keep, or in words why there is none; `address` that answered."""

    words: str
    pieces: tuple[Piece, ...] = ()
    headers: str = ""
    final_url: str = ""
    address: str = ""


def look_at(url: str, at: datetime) -> Sight:
    """Ask for the page once and say what was seen. Nothing here touches the database."""
    target = read_target(url)
    if isinstance(target, NotAsked):
        return Sight(f"没有采集：{target.reason}。")
    answer = fetch(Request(target.url, insecure=True), settings.PROBE_POLICY, LIMITS)
    if answer.failure is not None:
        return Sight(f"没有采到：{answer.detail or '原因不明'}。这不说明账号已经不在。")
    if wants_login(answer):
        return Sight(BEHIND_LOGIN)
    if answer.header("content-type").partition(";")[0].strip().lower() not in PAGES:
        return Sight("打开的不是网页，没有采集。请截图后上传。")
    return _kept(answer, at)


def wants_login(answer: Answer) -> bool:
    """Does the answer lead to a login or a check instead of the page?"""
    if answer.status in UNAUTHORISED:
        return True
    if answer.hops:
        place = answer.final_url.lower().partition("?")[0]
        if any(word in place for word in LOGIN_PLACES):
            return True
    page = LexborHTMLParser(answer.body[:1_000_000])
    return page.css_first('input[type="password"]') is not None


def _kept(answer: Answer, at: datetime) -> Sight:
    head = head_of(answer, at)
    pieces = [
        Piece(EvidenceKind.HTML, "网页.html", answer.body, f"HTTP {answer.status}"),
        Piece(EvidenceKind.HEADERS, "响应头.txt", head.encode("utf-8", "replace")),
    ]
    words = f"已存网页和响应头（HTTP {answer.status}）"
    picture = _picture(answer)
    if picture:
        pieces.append(Piece(EvidenceKind.SCREENSHOT, "截图.png", picture, DRAWN))
        words += "和截图"
    else:
        words += "。" + NO_BROWSER
    return Sight(words, tuple(pieces), head, answer.final_url, answer.address)


def head_of(answer: Answer, at: datetime) -> str:
    """What was asked, when, who answered, with which headers and certificate: as a text to keep."""
    lines = [
        f"采集时间：{timezone.localtime(at):%Y-%m-%d %H:%M:%S %z}",
        f"请求网址：{answer.url}",
        *(f"转到：{hop}" for hop in answer.hops),
        f"最终网址：{answer.final_url}",
        f"服务器地址：{answer.address}",
        f"HTTP/{answer.http} {answer.status}",
        *(f"{name}: {value}" for name, value in answer.headers),
    ]
    shown = answer.certificate
    if shown is not None:
        lines += [
            f"证书主体：{shown.subject}",
            f"证书签发：{shown.issuer}",
            f"证书有效期：{shown.not_before:%Y-%m-%d} 至 {shown.not_after:%Y-%m-%d}",
        ]
    return "\n".join(lines) + "\n"


def _picture(answer: Answer) -> bytes | None:
    """Drawn from the kept bytes by a browser without any network; None where it cannot be."""
    browser = find_browser()
    if browser is None:
        return None
    text = decode_page(answer.body, answer.header("content-type")).text
    try:
        return draw_page(browser, text)
    except OSError:
        return None
