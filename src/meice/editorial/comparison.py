"""What was approved beside what there is now: two revisions, or a revision and a published page."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from re import compile as pattern

from meice.editorial.models import Outcome, Publication, Revision
from meice.engines.documents import read_text
from meice.engines.gate import Answer
from meice.engines.outlets import PlatformKind, bare_host, identify, read_address
from meice.registry.models import Outlet

SENTENCE = pattern(r"[^。！？；\n]*[。！？；\n]?")
BLANKS = pattern(r"\s+")
MOST_CHARACTERS = 1_500
"""Of a changed passage that is compared sign by sign; a longer one is struck and written anew."""
ALIKE = 0.4
SEEN_AT_LEAST = 0.3
"""Of the approved text; with less of it the page is taken for another."""
GONE = (404, 410)
MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text: `same`, `del` (only in the old), `ins` (only in the new)."""

    kind: str
    text: str


def sentences(text: str) -> list[str]:
    """The text cut behind each 。！？； and line break; joined again it is the text."""
    return [one for one in SENTENCE.findall(text) if one]


def differences(old: str, new: str) -> list[Run]:
    """From `old` to `new`, by sentences, and inside a changed passage by characters."""
    return list(_joined(_runs(sentences(old), sentences(new))))


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Run("same", after)
        elif tag == "replace":
            yield from _inside(before, after)
        else:
            yield Run("del", before) if before else Run("ins", after)


def _inside(before: str, after: str) -> Iterator[Run]:
    """Sign by sign where the passages are alike."""
    short = max(len(before), len(after)) <= MOST_CHARACTERS
    matcher = SequenceMatcher(None, before, after, autojunk=False) if short else None
    if matcher is None or matcher.ratio() < ALIKE:
        yield from (Run("del", before), Run("ins", after))
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Run("same", after[c:d])
        else:
            yield from (Run("del", before[a:b]), Run("ins", after[c:d]))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one kind as one; none without text."""
    held: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if held and held.kind == run.kind:
            held = Run(held.kind, held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def count_changes(runs: Sequence[Run]) -> int:
    """How many places were changed: a del and the ins behind it are one."""
    changed = [run.kind != "same" for run in runs]
    return sum(now and not before for before, now in zip([False, *changed], changed, strict=False))


@dataclass(frozen=True, slots=True)
class PageLook:
    """What one look at a published page says; `body` are the bytes as they came."""

    outcome: Outcome
    reason: str = ""
    runs: tuple[Run, ...] = ()
    body: bytes = b""


def look_at(publication: Publication, fetch: Callable[[str], Answer]) -> PageLook:
    """Fetch it and compare. What could not be seen is unknown; only 404 and 410 are a page gone."""
    url, outlet = publication.url, publication.outlet
    if refusal := not_of(outlet, url):
        return PageLook(Outcome.UNKNOWN, refusal)
    answer = fetch(url)
    if answer.failure is not None:
        return PageLook(Outcome.UNKNOWN, f"没有取到页面（{answer.detail or answer.failure}）")
    if answer.status in GONE:
        return PageLook(Outcome.GONE, f"网站答复 {answer.status}，没有这一页", body=answer.body)
    if not answer.ok:
        return PageLook(Outcome.UNKNOWN, f"网站答复 {answer.status}，看不到页面")
    if not_of(outlet, answer.final_url):
        return PageLook(Outcome.UNKNOWN, "链接转到了登记以外的地址，没有核对")
    copy = read_text(answer.body, "page.html")
    if copy.refusal:
        return PageLook(Outcome.UNKNOWN, f"读不出页面的文字（{copy.refusal}）", body=answer.body)
    found = compare_page(publication.revision, copy.text, was_seen=publication.was_seen)
    return PageLook(found.outcome, found.reason, found.runs, answer.body)


def not_of(outlet: Outlet, url: str) -> str:
    """Why `url` is no address of this outlet, in Chinese; blank when it is: a site's own host, or
    a page of the account's platform."""
    address = read_address(url)
    if address is None:
        return "这不是可以访问的网址"
    if outlet.is_site or (outlet.platform_row and outlet.platform_row.kind is PlatformKind.APP):
        own = read_address(outlet.url)
        if own is None:
            return f"台账里「{outlet.name}」没有网址，不能核对"
        host, home = bare_host(address.host), bare_host(own.host)
        inside = (host == home or host.endswith(f".{home}")) and address.port == own.port
        return "" if inside else f"不是「{outlet.name}」登记的网址（{own.netloc}）"
    known = identify(url)
    fits = known is not None and known.platform.key == outlet.platform
    return "" if fits else f"不是{outlet.platform_name}的网址"


def compare_page(revision: Revision, page: str, *, was_seen: bool) -> PageLook:
    """The approved title and text against the text of a page, which has more around it.

    What stands between the first and the last approved sentence is compared; spaces, line breaks
    and widths are not. A page with hardly a word of it is another page: unknown, unless the text
    was seen there before.
    """
    approved = _plain(revision.body)
    region = _region(approved, _plain(page))
    if region is None:
        if was_seen:
            return PageLook(Outcome.DIFFERS, "原来看到过的正文不在这一页上了")
        reason = "页面上没有找到这篇稿件的文字，可能由脚本显示、须登录或不是这一篇"
        return PageLook(Outcome.UNKNOWN, reason)
    titled = _folded(revision.title) in _folded(page)
    runs = [] if titled else [Run("del", revision.title + "\n")]
    runs += _joined(_runs(approved, region))
    changed = [run for run in runs if run.kind != "same"]
    if not changed:
        return PageLook(Outcome.SAME, runs=())
    return PageLook(Outcome.DIFFERS, f"有 {count_changes(runs)} 处不同", tuple(runs[:MOST_CHANGES]))


def _plain(text: str) -> list[str]:
    """Sentences without marks of ours, blanks and differences of width."""
    lines = [line.lstrip("#> ").strip() for line in text.splitlines()]
    return [bare for one in sentences("\n".join(lines)) if (bare := _folded(one))]


def _folded(text: str) -> str:
    return BLANKS.sub("", unicodedata.normalize("NFKC", text))


def _region(approved: Sequence[str], page: Sequence[str]) -> list[str] | None:
    """The part of the page that holds the text; None when hardly any of it is there."""
    matcher = SequenceMatcher(None, approved, page, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    seen = sum(len(s) for b in blocks for s in approved[b.a : b.a + b.size])
    if not blocks or seen < SEEN_AT_LEAST * sum(map(len, approved)):
        return _near(approved, page)
    head, tail = blocks[0], blocks[-1]
    before = head.a
    after = len(approved) - (tail.a + tail.size)
    start = max(0, head.b - before)
    return list(page[start : tail.b + tail.size + after])


def _near(approved: Sequence[str], page: Sequence[str]) -> list[str] | None:
    """A short text whose every sentence was touched: sought by likeness of the whole."""
    size = len(approved)
    if not size or size > 40:
        return None
    wanted = "".join(approved)
    windows = [page[at : at + size] for at in range(max(1, len(page) - size + 1))]
    ranked = [
        (SequenceMatcher(None, wanted, "".join(one), autojunk=False).quick_ratio(), at)
        for at, one in enumerate(windows[:400])
    ]
    best = max(ranked, default=(0.0, 0))
    return list(windows[best[1]]) if best[0] > 1 - SEEN_AT_LEAST else None
