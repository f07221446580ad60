"""Marks that GB/T 15834—2011《标点符号用法》does not know, or not there."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity
from meice.engines.zhcheck.rules.signs import HAN

SOURCE = "GB/T 15834—2011《标点符号用法》"

_BEFORE = HAN + "”》）"  # what stands before a mark of a Chinese sentence

# References are written with half-width marks (GB/T 7714—2015): [1] 作者. 题名[J]. 刊名, 2026, 1(2): 3-4.
_REFERENCE = re.compile(r"\[(?:[JMDCNRSPGZ]|[A-Z]{1,2}/OL)\][^\n]*")

_ENGLISH = re.compile(r"(?<![A-Za-z0-9@./:_-])[A-Za-z]+(?![A-Za-z0-9@/:_-])")
_CHINESE = re.compile(f"[{HAN}]")
_AROUND = 60  # code points on each side that tell the language

_FULL_WIDTH = str.maketrans(",;:?!.", "，；：？！。")


@dataclass(frozen=True, slots=True)
class Fault:
    """A pattern, what is wrong, and what should stand instead of group `wrong`."""

    pattern: re.Pattern[str]
    message: str
    mend: Callable[[str], str]
    clause: str
    severity: Severity = Severity.WARN


def _wide(found: str) -> str:
    return found.translate(_FULL_WIDTH)


FAULTS: tuple[Fault, ...] = (
    Fault(
        re.compile(
            rf"(?P<wrong>[,;:?!](?<=[{_BEFORE}].)(?!(?<=,)[0-9]{{3}}(?![0-9])|(?<=:)[/0-9]|(?<=\?)[=&]|[,;:?!.]))"
        ),
        "汉字后面应使用全角标点",
        _wide,
        "5.1",
    ),
    Fault(
        re.compile(rf"(?P<wrong>\.)(?<=[{_BEFORE}].)(?=$|[\s”’）]|[{HAN}](?!国))", re.MULTILINE),
        "汉字后面的句号应写作“。”",
        _wide,
        "4.1",
    ),
    Fault(
        re.compile(
            rf"(?P<wrong>[.。…](?:(?<=[{_BEFORE}]\.)\.{{2,}}|(?<=。)。{{2,}}|(?<=…)(?!…)(?<!……)))"
        ),
        "省略号应写作“……”，占两个字的位置",
        lambda _found: "……",
        "4.11",
    ),
    Fault(
        re.compile(r"(?P<wrong>[，、；：。][，、；：。]+)"),
        "标点重复或连用",
        lambda found: "。" if "。" in found else found[0],
        "附录 B",
    ),
    Fault(
        re.compile(r"(?P<wrong>……等等?|等等?……)"),
        "省略号和“等”不能同时使用",
        lambda found: found.replace("…", ""),
        "附录 A",
    ),
    Fault(
        re.compile(r"\n[ 　\t]{0,20}(?P<wrong>[，。、；：？！])(?=[^\n])"),
        "行首不能是点号",
        lambda _found: "",
        "5.1.1",
    ),
    Fault(
        re.compile(r"[》”](?P<wrong>、)(?=[《“])"),
        "并列的书名号、引号之间通常不用顿号",
        lambda _found: "",
        "4.5.3.5",
        Severity.HINT,
    ),
    Fault(
        re.compile(rf'(?P<wrong>"[^"\n]{{0,80}}[{HAN}][^"\n]{{0,80}}")'),
        "中文的引号应写作“ ”",
        lambda found: f"“{found[1:-1]}”",
        "4.8",
        Severity.HINT,
    ),
)


def check(copy: Copy) -> Iterator[Issue]:
    """Yield marks of the wrong width, doubled marks, and marks where none may stand."""
    references = [
        (copy.text.rfind("\n", 0, match.start()) + 1, match.end())
        for match in _REFERENCE.finditer(copy.text)
    ]
    for fault in FAULTS:
        for match in fault.pattern.finditer(copy.text):
            if _is_inside(match.start(), references) or _is_foreign(copy.text, match.start()):
                continue
            yield copy.issue(
                Rule.PUNCTUATION,
                fault.severity,
                match.span("wrong"),
                fault.message,
                suggestion=fault.mend(match["wrong"]),
                source=f"{SOURCE} {fault.clause}",
            )


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a place is in one of the spans, which are in order."""
    before = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return before >= 0 and place < spans[before][1]


def _is_foreign(text: str, place: int) -> bool:
    """Tell whether an English sentence stands around; addresses and the like are no words of it."""
    around = text[max(0, place - _AROUND) : place + _AROUND]
    return 2 * len(_ENGLISH.findall(around)) > len(_CHINESE.findall(around))
