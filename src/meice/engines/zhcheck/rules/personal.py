"""Personal data that should not be published as it stands, with the masked form as suggestion.

Masking as in the bulletin of 2025 on educational sites (domain.md 5.3); what is a number of which
kind is decided by `engines/marks`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from meice.engines.marks import PERSONAL, Kind, find_marks, mask_mark
from meice.engines.marks.masking import keep_ends
from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity

SOURCE = "《中华人民共和国个人信息保护法》第六条、第二十八条"
CONTACT_SOURCE = "《中华人民共和国个人信息保护法》第六条；对外公布的电话、邮箱须经单位负责人同意"

_NUMBERS: Mapping[Kind, tuple[Rule, Severity, str, str]] = MappingProxyType(
    {
        Kind.ID_CARD: (
            Rule.ID_CARD,
            Severity.BLOCK,
            "出现居民身份证号码，不得公开；确需列出的，保留前 6 位和后 4 位",
            SOURCE,
        ),
        Kind.BANK_CARD: (
            Rule.BANK_CARD,
            Severity.BLOCK,
            "出现银行卡号，不得公开；确需列出的，保留前 6 位和后 4 位",
            SOURCE,
        ),
        Kind.MOBILE: (
            Rule.MOBILE,
            Severity.WARN,
            "出现手机号码；个人的应隐去中间 4 位，作为联系方式公布的须经单位负责人同意",
            CONTACT_SOURCE,
        ),
    }
)
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
_LONG = re.compile(rf"[0-9](?:[{_UNSEEN} -]{{0,9}}[0-9]){{10}}")  # the shortest one has 11 digits

_LABELLED = re.compile(r"号[为是]?[：:\s]{0,3}(?P<number>[0-9]{5,20})(?![0-9])")
_LABEL = re.compile(r"(?:学\s?|学籍|考生|准考证|教?工|职工)$")
_MAIL = re.compile(
    r"[A-Za-z0-9](?<![A-Za-z0-9._%+-].)[A-Za-z0-9._%+-]{0,63}[@＠]"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_MAIL_SIGN = re.compile("[@＠]")
_ORGANISATION = re.compile(r"\.(?:edu|gov|org|ac|mil)\.cn$", re.IGNORECASE)


def check_numbers(copy: Copy) -> Iterator[Issue]:
    """Yield identity, bank card and mobile numbers, also with invisible characters between."""
    if not _LONG.search(copy.folded):
        return
    text, places = _visible(copy.folded)
    for mark in find_marks(text, PERSONAL):
        rule, severity, message, source = _NUMBERS[mark.kind]
        span = places[mark.start], places[mark.end - 1] + 1
        yield copy.issue(rule, severity, span, message, suggestion=mask_mark(mark), source=source)


def check_student_numbers(copy: Copy) -> Iterator[Issue]:
    """Yield numbers that are named 学号 or 工号, and those written as the school's patterns say."""
    for match in _LABELLED.finditer(copy.folded):
        start = match.start()
        if label := _LABEL.search(copy.folded, max(0, start - 4), start):
            yield _school_number(copy, match.span("number"), f"{label[0].strip()}号", SOURCE)
    for known in (pattern for lexicon in copy.lexicons for pattern in lexicon.number_patterns):
        whole = re.compile(rf"(?<![0-9A-Za-z])(?:{known.pattern})(?![0-9A-Za-z])")
        for match in whole.finditer(copy.folded):
            yield _school_number(copy, match.span(), known.label, known.source)


def check_email(copy: Copy) -> Iterator[Issue]:
    """Yield e-mail addresses: a person's own box warns, one of an organisation is a hint."""
    if not _MAIL_SIGN.search(copy.text):
        return
    for match in _MAIL.finditer(copy.folded):
        box, _, host = match[0].replace("＠", "@").partition("@")
        official = _ORGANISATION.search(host)
        yield copy.issue(
            Rule.EMAIL,
            Severity.HINT if official else Severity.WARN,
            match.span(),
            "公布单位邮箱须经单位负责人同意" if official else "出现个人邮箱，请改用单位邮箱或隐去",
            suggestion=f"{keep_ends(box, 1, 0)}@{host}",
            source=CONTACT_SOURCE,
        )


def _school_number(copy: Copy, span: tuple[int, int], label: str, source: str) -> Issue:
    return copy.issue(
        Rule.STUDENT_NUMBER,
        Severity.WARN,
        span,
        f"出现{label}，属于个人信息，请隐去一部分",
        suggestion=keep_ends(copy.folded[span[0] : span[1]], 4, 2),
        source=source,
    )


def _visible(text: str) -> tuple[str, Sequence[int]]:
    """The text without invisible characters, and for each character its place in the original."""
    if not _INVISIBLE.search(text):
        return text, range(len(text))
    places: list[int] = []
    end = 0
    for match in _INVISIBLE.finditer(text):
        places += range(end, match.start())
        end = match.end()
    places += range(end, len(text))
    return _INVISIBLE.sub("", text), places
