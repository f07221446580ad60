"""ICP and 公安备案 marks of a page, with the addresses they link to (domain.md 5.5)."""

from collections.abc import Sequence

from meice.engines.marks import Mark as TextMark
from meice.engines.marks import find_icp_numbers, find_police_records
from meice.engines.webprobe.pages.model import Link, Mark, Marks, Where

_ICP_SIGNS = ("ICP", "icp", "Icp", "ＩＣＰ")
_POLICE_SIGNS = ("公网安备",)
_BEFORE, _AFTER = 10, 60  # characters of a mark around its sign
_POLICE_QUERY = ("recordcode=", "webSearch?code=")


def find_marks(text: str, links: Sequence[Link], html: str) -> Marks:
    """Return the marks in the visible text; a 公安 number that only a link gives counts as well."""
    icp = tuple(_mark(found, links) for found in find_icp_numbers(_around(text, _ICP_SIGNS)))
    written = find_police_records(_around(text, _POLICE_SIGNS))
    police = [_mark(found, links) for found in written]
    if any(sign in html for sign in _POLICE_QUERY):
        known = {mark.number[5:-1] for mark in police}
        police += [mark for mark in _linked(links) if mark.number not in known]
    return Marks(_once(icp), _once(police))


def _around(text: str, signs: Sequence[str]) -> str:
    """The part of the text from the first to the last of the signs: mostly one line of a footer."""
    found = [sign for sign in signs if sign in text]
    if not found:
        return ""
    first = min(text.find(sign) for sign in found)
    last = max(text.rfind(sign) for sign in found)
    return text[max(0, first - _BEFORE) : last + _AFTER]


def _mark(found: TextMark, links: Sequence[Link]) -> Mark:
    faults = tuple(str(fault) for fault in found.faults)
    return Mark(found.text, found.value, _address(found, links), faults)


def _address(found: TextMark, links: Sequence[Link]) -> str:
    """The address of the link that shows the mark; links carry words on one line."""
    shown = "".join(found.text.split())
    digits = "".join(character for character in found.value if character.isdigit())
    start = digits[:6]
    for link in links:
        if link.where is Where.A and (start in link.text or start in link.url):
            text = "".join(link.text.split())
            if shown in text or digits in link.url or (text and text in shown):
                return link.url
    return ""


def _linked(links: Sequence[Link]) -> list[Mark]:
    """公安 numbers in links to the query page."""
    found: list[Mark] = []
    for link in links:
        if any(sign in link.url for sign in _POLICE_QUERY):
            found += [
                Mark(link.text or mark.text, mark.value, link.url, tuple(map(str, mark.faults)))
                for mark in find_police_records(link.url)
            ]
    return found


def _once(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Each number once, the first that has an address before those without."""
    found: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda mark: not mark.url):
        found.setdefault(mark.number, mark)
    return tuple(found.values())
