"""A lexicon from a TOML file; every fault of the file is named at once, with its place.

name = "规范表述"
version = "2026-11"
exceptions = ["较长的正确说法"]

[[group]]                       # entries of one rule from one source
rule = "wording"                # wording, title, term or typo
severity = "warn"               # block, warn or hint
source = "出处"
message = "说明"                 # optional, also in an entry
entries = [{ wrong = "按装", right = "安装", unless = ["正确的长词"], from = 2026-01-01 }]

[[office]]                      # person, title, unit, order, source, from, until
[[number]]                      # label, pattern, source
[white_list]                    # dated, source, subjects
[ai]                            # words, declarations
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from meice.engines.zhcheck.faults import Faults, LexiconError
from meice.engines.zhcheck.folding import fold
from meice.engines.zhcheck.model import (
    Lexicon,
    NumberPattern,
    Office,
    Rule,
    Severity,
    Term,
    WhiteList,
)

SHIPPED = ("wording", "titles", "typos", "ai")
_TERM_RULES = frozenset({Rule.WORDING, Rule.TITLE, Rule.TERM, Rule.TYPO})
_LONGEST = 100  # characters of a word: anything longer is a sentence
# Digits, letters, classes and counts; nothing that repeats without end, so no slow search.
_COUNT = r"(?:\{\d{1,2}(?:,\d{1,2})?\})?"
_NUMBER = re.compile(rf"(?:(?:[0-9A-Za-z-]|\\d|\[[0-9A-Za-z-]+\]){_COUNT}|[(|)]|\(\?:)+")
_TOP = {
    **{"name": str, "version": str, "exceptions": list, "group": list, "office": list},
    **{"number": list, "white_list": dict, "ai": dict},
}


def shipped_lexicons() -> tuple[Lexicon, ...]:
    """Return the lexicons that come with the product (`lexicons/*.toml`), all our own."""
    folder = resources.files(__package__).joinpath("lexicons")
    return tuple(
        parse_lexicon(folder.joinpath(f"{key}.toml").read_text("utf-8"), f"{key}.toml")
        for key in SHIPPED
    )


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon file. Raise LexiconError with all faults, OSError if it cannot be read."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise LexiconError(path.name, ["文件不是 UTF-8 编码"]) from None
    return parse_lexicon(text, path.name)


def parse_lexicon(text: str, file: str) -> Lexicon:
    """Read the text of a lexicon; `file` is its name in messages. Raise LexiconError."""
    faults = Faults(text)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(file, [f"不是有效的 TOML：{faults.place_of(error)}"]) from None
    except RecursionError:
        raise LexiconError(file, ["不是有效的词表：嵌套太深"]) from None
    lexicon = _lexicon(raw, faults)
    if faults.found:
        raise LexiconError(file, faults.found)
    return lexicon


def _lexicon(raw: Mapping[str, Any], faults: Faults) -> Lexicon:
    faults.check_fields(raw, _TOP, "", required=("name", "version"))
    intelligence = _table(raw, "ai")
    faults.check_fields(intelligence, {"words": list, "declarations": list}, "[ai]")
    return Lexicon(
        name=str(raw.get("name", "")),
        version=str(raw.get("version", "")),
        terms=tuple(_terms(raw, faults)),
        exceptions=faults.words(raw.get("exceptions", []), "exceptions"),
        offices=tuple(_offices(raw, faults)),
        white_list=_white_list(raw, faults),
        number_patterns=tuple(_numbers(raw, faults)),
        ai_words=faults.words(intelligence.get("words", []), "[ai] words"),
        ai_declarations=faults.words(intelligence.get("declarations", []), "[ai] declarations"),
    )


def _table(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = raw.get(key)
    return found if isinstance(found, dict) else {}


def _rows(raw: Mapping[str, Any], key: str, faults: Faults) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables of an array with what each is called in a message."""
    found = raw.get(key)
    for number, row in enumerate(found if isinstance(found, list) else [], 1):
        name = f"第{number}个 [[{key}]]" if key != "entries" else f"第{number}条"
        if isinstance(row, dict):
            yield name, row
        else:
            faults.add(f"{name}：应是一张表", row)


_GROUP = {
    **{"rule": str, "severity": str, "source": str, "message": str, "entries": list},
    **{"from": date, "until": date},
}
_ENTRY = {
    **{"wrong": str, "right": str, "unless": list, "source": str, "message": str},
    **{"from": date, "until": date},
}


def _terms(raw: Mapping[str, Any], faults: Faults) -> Iterator[Term]:
    seen: set[tuple[str, date | None]] = set()
    for name, group in _rows(raw, "group", faults):
        if not faults.check_fields(group, _GROUP, name, required=("rule", "severity", "entries")):
            continue
        rule = faults.one_of(Rule, group["rule"], f"{name}：rule", _TERM_RULES)
        severity = faults.one_of(Severity, group["severity"], f"{name}：severity")
        for number, entry in _rows(group, "entries", faults):
            term = _term(group, entry, f"{name}{number}", faults, rule, severity)
            if term is None:
                continue
            key = (term.word, term.valid_from)
            if key in seen:
                faults.add_double(f"{name}{number}：“{term.word}”重复", term.word)
            seen.add(key)
            yield term


def _term(
    group: Mapping[str, Any],
    entry: Mapping[str, Any],
    name: str,
    faults: Faults,
    rule: Rule | None,
    severity: Severity | None,
) -> Term | None:
    inherited = ("source", "message", "from", "until")
    given = dict(entry) | {key: group[key] for key in inherited if key in group.keys() - entry}
    required = ("wrong", "source")
    if not faults.check_fields(given, _ENTRY, name, required=required) or not rule or not severity:
        return None
    word, right = given["wrong"], given.get("right")
    protects = faults.words(given.get("unless", []), f"{name}“{word}” unless")
    trouble = word_trouble(word, right, protects) or _backwards(given)
    if trouble:
        faults.add(f"{name}“{word}”：{trouble}", word)
        return None
    default = f"“{word}”应为“{right}”" if right else f"“{word}”不宜使用"
    return Term(
        word=word,
        rule=rule,
        severity=severity,
        replacement=right,
        message=given.get("message", default),
        source=given["source"],
        valid_from=given.get("from"),
        valid_until=given.get("until"),
        protects=protects,
    )


def word_trouble(word: str, right: str | None, protects: tuple[str, ...]) -> str | None:
    """Tell what is wrong with a word, None if nothing is."""
    folded = fold(word).text
    if word != word.strip() or not folded.strip():
        return "不能为空，首尾不能有空白"
    if len(word) > _LONGEST or "\n" in word or "\r" in word:
        return f"不能超过 {_LONGEST} 字，不能换行"
    if right is not None and fold(right).text == folded:
        return "与正确写法相同（忽略繁简、全半角、大小写之后）"
    for phrase in protects:
        if folded not in fold(phrase).text:
            return f"“{phrase}”不含该词，起不到保护作用"
    return None


def _backwards(row: Mapping[str, Any]) -> str | None:
    first, last = row.get("from"), row.get("until")
    return "from 晚于 until" if first and last and first > last else None


_OFFICE = {
    **{"person": str, "title": str, "unit": str, "order": int, "source": str},
    **{"from": date, "until": date},
}


def _offices(raw: Mapping[str, Any], faults: Faults) -> Iterator[Office]:
    required = ("person", "title", "order", "source")
    for name, row in _rows(raw, "office", faults):
        if not faults.check_fields(row, _OFFICE, name, required=required):
            continue
        if trouble := _backwards(row):
            faults.add(f"{name}：{trouble}", row["person"])
        yield Office(
            person=row["person"],
            title=row["title"],
            unit=row.get("unit", ""),
            order=row["order"],
            source=row["source"],
            valid_from=row.get("from"),
            valid_until=row.get("until"),
        )


def _numbers(raw: Mapping[str, Any], faults: Faults) -> Iterator[NumberPattern]:
    fields = {"label": str, "pattern": str, "source": str}
    for name, row in _rows(raw, "number", faults):
        if not faults.check_fields(row, fields, name, required=tuple(fields)):
            continue
        if trouble := pattern_trouble(row["pattern"]):
            faults.add(f"{name}：pattern {trouble}", row["pattern"])
        yield NumberPattern(row["label"], row["pattern"], row["source"])


def pattern_trouble(pattern: str) -> str | None:
    """Tell what is wrong with the pattern of a number, None if nothing is."""
    try:
        known = bool(_NUMBER.fullmatch(pattern)) and bool(re.compile(pattern))
    except re.error:
        known = False
    return None if known else "只能用数字、字母、\\d、[…]、{次数}、(…|…)"


def _white_list(raw: Mapping[str, Any], faults: Faults) -> WhiteList | None:
    row = _table(raw, "white_list")
    fields = {"dated": date, "source": str, "subjects": list}
    if not row or not faults.check_fields(row, fields, "[white_list]", required=tuple(fields)):
        return None
    subjects = faults.words(row["subjects"], "[white_list] subjects")
    return WhiteList(subjects, row["dated"], row["source"])
