"""The header block: 填报单位（盖章） 填表人 电话 年月日, in one cell or several, above or below."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meice.engines.annexes.model import Annex, Code, Header
from meice.engines.annexes.read.dates import date_in, date_of, written_date
from meice.engines.annexes.read.grid import Cell, Sheet, Value
from meice.engines.annexes.read.ledger import Ledger
from meice.engines.annexes.read.recognise import Found
from meice.engines.annexes.read.values import clean, fold, mobile, person_name, text_of

SPACE = r"[ \t\u3000]*"
LABELS: tuple[tuple[str, str], ...] = (
    ("unit", "填报单位|填报部门|报送单位|报送部门|填表单位|填表部门|单位名称|单位|部门"),
    ("filled_by", "填表人|填报人|制表人|经办人|填写人|联系人"),
    ("phone", "联系电话|联系方式|手机号码|手机号|手机|电话"),
    ("date", "填表时间|填报时间|填表日期|填报日期|制表日期|报送日期|报送时间|日期|时间"),
)
LABEL = re.compile(
    "(?:(?<=[\t 　\n])|^|(?<=[）)]))(?:"
    + "|".join(
        f"(?P<{key}>{'|'.join(SPACE.join(word) for word in words.split('|'))})"
        for key, words in LABELS
    )
    + rf"){SPACE}(?:[（(]{SPACE}(?:盖{SPACE}章|公{SPACE}章|签{SPACE}[字章名])[^)）]*[)）])?"
    rf"{SPACE}(?P<colon>[:：])?"
)
SEAL = re.compile(r"[（(]\s*(?:盖\s*章|公\s*章|签\s*[字章名])\s*[)）]")
BLANK_DATE = re.compile(r"[ \t　_]*年[ \t　_]*月[ \t　_]*日")
SHORT_LABELS = frozenset({"单位", "部门", "日期", "时间", "手机", "联系人"})  # only with a colon
NAMES = {
    "unit": "填报单位（盖章）",
    "filled_by": "填表人",
    "phone": "电话",
    "date": "填表时间",
}
WANTED: dict[Annex, tuple[str, ...]] = {
    Annex.BASIC: ("unit", "filled_by", "phone", "date"),
    Annex.COUNTS: ("unit", "filled_by", "phone", "date"),
    Annex.FILING: ("unit", "date"),
    Annex.FILINGS: ("unit", "filled_by", "phone", "date"),
}
PRINTED_IN_FILINGS = {Annex.FILING: "填报部门（盖章）", Annex.FILINGS: "填报部门（盖章）"}
SIGNS = (":", "：", "盖", "填", "年", "日", "电", "单", "部", "手", "20", "联")  # of a header block
LONGEST = 300  # characters of a line that may be a header block


@dataclass(slots=True)
class Block:
    """What a header block says so far, with the cell of each item (or of its label)."""

    values: dict[str, str]
    cells: dict[str, Cell]
    rows: set[int]

    @property
    def header(self) -> Header:
        return Header(**self.values)


def read_heading(sheet: Sheet, found: Found, foot: Iterable[int]) -> Block:
    """The header block around a form: annex 4 has it in the foot, the others above."""
    above = range(found.top, found.heading)
    lines = (*foot, *above) if found.annex is Annex.FILINGS else (*above, *foot)
    block = Block({}, {}, set())
    for row in lines:
        _read_line(sheet, row, block)
    return block


def _read_line(sheet: Sheet, row: int, block: Block) -> None:
    line, cells = _line(sheet, row)
    if not 3 < len(line) <= LONGEST or not any(sign in line for sign in SIGNS):
        return
    labels = [match for match in LABEL.finditer(line) if _is_label(match)]
    if labels:
        block.rows.add(row)
    date = _bare_date(sheet, row, line, labels)
    if not labels and date is None:
        return
    for match, value in _values(line, labels):
        key = match.lastgroup if match.lastgroup != "colon" else _key(match)
        if key is None:
            continue
        block.cells.setdefault(key, (row, cells[match.start()]))
        if value and not block.values.get(key):
            block.values[key] = _tidy(key, value)
            block.cells[key] = (row, cells[min(line.find(value, match.end()), len(cells) - 1)])
    if date and not block.values.get("date"):
        block.values["date"], column = date
        block.cells["date"] = (row, column)
        block.rows.add(row)


def _key(match: re.Match[str]) -> str | None:
    return next((key for key, _ in LABELS if match[key]), None)


def _is_label(match: re.Match[str]) -> bool:
    key = _key(match)
    word = "".join(match[key].split()) if key else ""
    return word not in SHORT_LABELS or bool(match["colon"]) or "盖" in match[0]


def _line(sheet: Sheet, row: int) -> tuple[str, list[int]]:
    """The row's texts joined by tabs, and for each character the column it came from."""
    parts: list[str] = []
    columns: list[int] = []
    for column, value in enumerate(sheet.rows[row]):
        text = _shown(value)
        if text:
            parts.append(text + "\t")
            columns += [column] * (len(text) + 1)
    return "".join(parts), columns


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return value.replace("\r\n", "\t").replace("\n", "\t").replace("_x000D_", "").strip()
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return text_of(value)


def _values(line: str, labels: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """Each label with the text up to the next one."""
    ends = [match.start() for match in labels[1:]] + [len(line)]
    for match, end in zip(labels, ends, strict=True):
        value = line[match.end() : end]
        if match["date"] is None:
            value = BLANK_DATE.sub("", value)
            written = date_in(value.replace("\t", " "))
            if written and not match["unit"]:
                value = value.replace("\t", " ").replace(written[1], "")
        note = re.search(r"[\t 　]注[:：]", value)
        yield match, (value[: note.start()] if note else value).strip(" \t　:：_")


def _bare_date(
    sheet: Sheet, row: int, line: str, labels: list[re.Match[str]]
) -> tuple[str, int] | None:
    """A date that stands in the block without a label, as annexes 1 and 2 print it."""
    if any(match["date"] for match in labels):
        return None
    flat = BLANK_DATE.sub(" ", line).replace("\t", " ")  # a phone before it is no year
    written = date_in(flat) or date_in(re.sub(r"(?<=[\d年月日]) (?=[\d年月日])", "", flat))
    if written:
        at = line.find(written[1][:4])
        return written[0], _line(sheet, row)[1][max(at, 0)]
    if labels or len(flat) > 24:
        return None
    alone = (
        written_date(flat.strip())
        if re.fullmatch(r"\s*[\d年月日./\-〇○一-十]{6,16}\s*", flat)
        else None
    )
    return (alone, _line(sheet, row)[1][0]) if alone else None


def _tidy(key: str, value: str) -> str:
    text = clean(value.replace("\t", " "))
    if key == "unit":
        return clean(SEAL.sub("", text))
    if key == "filled_by":
        return person_name(text)
    if key == "phone":
        return mobile(text) or text
    folded = fold(text)
    if not any(character.isdigit() for character in folded) and folded.strip("年月日") == "":
        return ""
    return date_of(text) or (date_in(text) or (text, ""))[0]


def check_heading(block: Block, annex: Annex, ledger: Ledger) -> None:
    """Each item of the header that is blank, and a date that cannot be read."""
    for key in WANTED[annex]:
        name = PRINTED_IN_FILINGS.get(annex, NAMES[key]) if key == "unit" else NAMES[key]
        value = block.values.get(key, "")
        if not value:
            message = f"表头「{name}」没有填。请补填。"
            ledger.warn(Code.MISSING_HEADER, block.cells.get(key), "", name, message)
        elif key == "date" and written_date(value) is None:
            message = f"表头填表时间「{value}」认不出。请写成 2021年6月29日 的样子。"
            ledger.warn(Code.MISSING_HEADER, block.cells.get(key), value, "年月日", message)
