"""条款切分: a pasted text into clauses by the heads that Chinese documents use. No database."""

import re
from dataclasses import dataclass

MOST_CLAUSES = 300
LONGEST_CLAUSE = 4000
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
WEIGHTS = {"十": 10, "百": 100}
FIGURES = "零〇一二三四五六七八九十百两0-9０-９"
_FIGURE = re.compile(rf"[{FIGURES}]+")
_ARTICLE = re.compile(rf"第[{FIGURES}]{{1,6}}条")
_POINT = re.compile(r"[一二三四五六七八九十]{1,3}、")
_BRACKET = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_FIGURED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.、．]?(?=\s|[^\d\s])")
_CHAPTER = re.compile(rf"第[{FIGURES}]{{1,6}}[章节编]")


@dataclass(frozen=True, slots=True)
class Cut:
    """One clause as it was cut; `part` is its share of a stable key."""

    number: str
    text: str
    part: str


def whole_of(words: str) -> list[int]:
    """Every figure in `words`: `第二十三条` → [23], `一（二）` → [1, 2], `3.10` → [3, 10]."""
    return [_figure(match.group()) for match in _FIGURE.finditer(words)]


def _figure(text: str) -> int:
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for sign in text:
        if sign in WEIGHTS:
            total += (digit or 1) * WEIGHTS[sign]
            digit = 0
        else:
            digit = digit * 10 + DIGITS.get(sign, 0) if sign in DIGITS else digit
    return total + digit


def article_of(number: str) -> str:
    """`第二十三条` → `23`, `一（二）` → `1.2`; blank without figures."""
    return ".".join(str(part) for part in whole_of(number))


def cut_clauses(text: str) -> list[Cut]:
    """The clauses of a pasted text, in order; heads are 第X条, else 一、 with （一） below it, else
    1. 1.1. Words before the first head and chapter titles belong to no clause. Without any head
    the whole text is one clause, 全文."""
    lines = [line.strip() for line in text.replace("\u3000", " ").splitlines()]
    lines = [line for line in lines if line and not _CHAPTER.match(line)]
    for heads in ((_ARTICLE,), (_POINT, _BRACKET), (_FIGURED,)):
        if any(heads[0].match(line) for line in lines):
            return _distinct(_gather(lines, heads))[:MOST_CLAUSES]
    whole = "\n".join(lines)[:LONGEST_CLAUSE]
    return [Cut("全文", whole, "all")] if whole else []


def _gather(lines: list[str], heads: tuple[re.Pattern[str], ...]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    above = ""
    for line in lines:
        level, head = _head(line, heads)
        if not head:
            if found:
                found[-1][1].append(line)
            continue
        rest = line[len(head) :].strip(" 　:：")
        bare = head.rstrip("、.．")
        above = bare if level == 0 else above
        found.append((bare if level == 0 else f"{above}{bare}", [rest] if rest else []))
    return found


def _head(line: str, heads: tuple[re.Pattern[str], ...]) -> tuple[int, str]:
    for level, pattern in enumerate(heads):
        match = pattern.match(line)
        if match:
            return level, match.group()
    return 0, ""


def _distinct(found: list[tuple[str, list[str]]]) -> list[Cut]:
    """Each with its words and a part of a key that no other has; a bare heading is none."""
    cuts: list[Cut] = []
    seen: set[str] = set()
    for number, words in found:
        text = "\n".join(words).strip()[:LONGEST_CLAUSE]
        if text:
            part = free_part(article_of(number) or number, seen)
            seen.add(part)
            cuts.append(Cut(number[:60], text, part))
    return cuts


def free_part(wanted: str, taken: set[str]) -> str:
    """`wanted`, else `wanted-2`, `wanted-3` …, whichever is not taken."""
    bare = re.sub(r"[^\w.-]+", "-", wanted).strip("-")[:30] or "x"
    tries = (bare, *(f"{bare}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken)
