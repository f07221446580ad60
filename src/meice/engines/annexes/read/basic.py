"""Annex 1: one row per account. Source: annexes.md (columns, samples, cross checks of a file)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from meice.engines.annexes.columns import (
    BASIC_COLUMNS,
    NOTHING_WRONG,
    SAMPLE_NAMES,
    SAMPLE_NOTE,
)
from meice.engines.annexes.model import BasicRow, Code, Rectified
from meice.engines.annexes.read import values
from meice.engines.annexes.read.ledger import Ledger
from meice.engines.annexes.read.table import Table
from meice.engines.annexes.read.values import fold, text_of
from meice.engines.outlets import Platform, platform_named

OPTIONAL = frozenset({"number", "note"})
TITLES = {column.key: column.title for column in BASIC_COLUMNS}
WANTED = ("name", "unit", "kind", "responsible_name", "responsible_mobile")
EXPECTED = ("verified_as", "problems", "rectified")
ANSWERS = ("interactive", "has_review_system", "outsourced")
PLACEHOLDER = frozenset("Xx×*＊某")
MOBILE_LENGTH = 11


@lru_cache(maxsize=4096)
def platform_of(kind: str) -> Platform | None:
    """The platform that a 类型 names, or None."""
    return platform_named(kind)


def read_rows(
    table: Table, lines: Sequence[int], ledger: Ledger
) -> tuple[list[BasicRow], list[int], list[BasicRow]]:
    """The rows with their sheet rows, and the printed samples among them."""
    rows: list[BasicRow] = []
    kept: list[int] = []
    samples: list[BasicRow] = []
    for line in lines:
        row = _read_row(table, line)
        if is_sample(row):
            samples.append(row)
            message = "是表格自带的示例行，没有计入。报送前可以删掉。"
            ledger.note(
                Code.SAMPLE_ROW, table.cell(line, "name"), row.name, "本单位的账号", message
            )
            continue
        rows.append(row)
        kept.append(line)
    return rows, kept, samples


def _read_row(table: Table, line: int) -> BasicRow:
    record = table.record(line)

    def text(key: str) -> str:
        return text_of(record.get(key, ""))

    return BasicRow(
        number=values.whole(record.get("number", "")),
        name=text("name"),
        unit=text("unit"),
        verified_as=text("verified_as"),
        kind=text("kind"),
        problems=values.problems(record.get("problems", "")),
        rectified=values.rectified(record.get("rectified", "")),
        interactive=values.answer(record.get("interactive", "")),
        has_review_system=values.answer(record.get("has_review_system", "")),
        outsourced=values.answer(record.get("outsourced", "")),
        responsible_name=values.person_name(text("responsible_name")),
        responsible_mobile=values.mobile(record.get("responsible_mobile", ""))
        or text("responsible_mobile"),
        note=text("note"),
    )


def is_placeholder(text: str) -> bool:
    """XXX and its kin."""
    return bool(text) and PLACEHOLDER.issuperset(fold(text))


def is_sample(row: BasicRow) -> bool:
    """A printed sample: name 广东教育 or XXX, or phone XXX. What a unit typed over is no sample:
    with a real name and a real mobile the row is data, whatever its note still says."""
    if is_placeholder(row.name):
        return True
    if fold(row.name) in SAMPLE_NAMES:
        real_mobile = values.mobile(row.responsible_mobile) is not None
        return not real_mobile or fold(row.note) == SAMPLE_NOTE
    if not is_placeholder(row.responsible_mobile):
        return False
    return fold(row.note) == SAMPLE_NOTE or not _is_real(row.responsible_name)


def _is_real(text: str) -> bool:
    return bool(text) and not is_placeholder(text)


def check_rows(
    table: Table, rows: Sequence[BasicRow], lines: Sequence[int], unit: str, ledger: Ledger
) -> None:
    """Every rule of annex 1 that one file can tell."""
    for row, line in zip(rows, lines, strict=True):
        _check_row(table, row, line, ledger)
        _check_mobile(table, row, line, ledger)
        _check_rectified(table, row, line, ledger)
        if unit and row.unit and not same_unit(row.unit, unit):
            message = f"开设单位「{row.unit}」与填报单位「{unit}」不一致。请核对是不是粘错了行。"
            ledger.warn(Code.UNIT_MISMATCH, table.cell(line, "unit"), row.unit, unit, message)
    _check_duplicates(table, rows, lines, ledger)
    _check_platforms(table, rows, lines, ledger)


def _check_row(table: Table, row: BasicRow, line: int, ledger: Ledger) -> None:
    for key in WANTED:
        if not getattr(row, key) and key in table.found.places:
            ledger.missing(table.cell(line, key), TITLES[key], wanted=True)
    for key in EXPECTED:
        if not getattr(row, key) and key in table.found.places and not table.text(line, key):
            ledger.missing(table.cell(line, key), TITLES[key], wanted=False)
    for key in ANSWERS:
        if getattr(row, key) is None and key in table.found.places:
            _check_answer(table, line, key, ledger)
    if row.kind and platform_of(row.kind) is None:
        message = f"类型「{row.kind}」不在平台表里，暂计入「其他政务新媒体」。请写平台的通用名称。"
        ledger.warn(
            Code.BAD_VALUE, table.cell(line, "kind"), row.kind, "网站、微信公众号、微博等", message
        )
    if fold(row.note) == SAMPLE_NOTE:
        message = "备注还是示例的「例」，这一行已按数据计入。请删掉这个字。"
        ledger.warn(Code.SAMPLE_ROW, table.cell(line, "note"), row.note, "空白", message)
    elif fold(row.name) in SAMPLE_NAMES:
        message = f"名称还是示例的「{row.name}」，手机号是真的，已按数据计入。请改成本单位的账号。"
        ledger.warn(Code.SAMPLE_ROW, table.cell(line, "name"), row.name, "本单位的账号", message)


def _check_answer(table: Table, line: int, key: str, ledger: Ledger) -> None:
    """A 是否 cell that is blank, or says neither."""
    shown = table.text(line, key)
    if not shown:
        ledger.missing(table.cell(line, key), TITLES[key], wanted=False)
        return
    message = f"「{TITLES[key]}」填的是「{shown}」，应填「是」或「否」。"
    ledger.error(Code.BAD_VALUE, table.cell(line, key), shown, "是 或 否", message)


def _check_mobile(table: Table, row: BasicRow, line: int, ledger: Ledger) -> None:
    shown = row.responsible_mobile
    if not shown or values.mobile(shown) is not None:
        return
    message = f"手机号「{shown}」{_mobile_fault(shown)}"
    ledger.error(
        Code.BAD_MOBILE, table.cell(line, "responsible_mobile"), shown, "11 位手机号", message
    )


def _mobile_fault(shown: str) -> str:
    """What is wrong with it, and how to mend it."""
    folded = fold(shown)
    digits = "".join(character for character in folded if character.isdigit())
    if "E+" in folded.upper():
        return "被表格变成了科学计数，号码已不全。请把单元格设为文本，重填 11 位号码。"
    if len(digits) >= 2 * MOBILE_LENGTH - 3:
        return "像是两个号码。请只填一个 11 位手机号。"
    if not digits:
        return "不是号码。请填 11 位手机号。"
    if len(digits) != MOBILE_LENGTH:
        short = "只有" if len(digits) < MOBILE_LENGTH else "有"
        return f"{short} {len(digits)} 位，应为 11 位。"
    return "不是手机号的样子，应为 1 开头、第二位 3 至 9 的 11 位号码。"


def _check_rectified(table: Table, row: BasicRow, line: int, ledger: Ledger) -> None:
    nothing_wrong = row.problems == (NOTHING_WRONG,)
    if row.rectified is not None and (not row.problems or nothing_wrong == _is_dash(row)):
        return
    shown, cell = table.text(line, "rectified"), table.cell(line, "rectified")
    if row.rectified is None:
        if shown:
            message = f"是否整改填的是「{shown}」，应填「是」「否」或「-」。"
            ledger.error(Code.BAD_VALUE, cell, shown, "是、否 或 -", message)
    elif nothing_wrong:
        message = f"问题排查情况是「无问题」，是否整改却填「{shown}」。请改为「-」。"
        ledger.error(Code.RECTIFIED_MISMATCH, cell, shown, "-", message)
    else:
        problem = "、".join(row.problems)
        message = f"问题排查情况是「{problem}」，是否整改却填「{shown}」。请改为「是」或「否」。"
        ledger.error(Code.RECTIFIED_MISMATCH, cell, shown, "是 或 否", message)


def _is_dash(row: BasicRow) -> bool:
    return row.rectified is Rectified.NOT_NEEDED


def same_unit(one: str, other: str) -> bool:
    """The same unit's name, in either width, with or without the university before it."""
    first, second = sorted((fold(one), fold(other)), key=len)
    before = second.removesuffix(first)
    return not before or (before != second and before.endswith(("大学", "学校")))


def row_key(row: BasicRow) -> tuple[str, str, str]:
    """Rows alike have the same name, kind and unit."""
    platform = platform_of(row.kind)
    return (fold(row.name), platform.key if platform else fold(row.kind), fold(row.unit))


def _check_duplicates(
    table: Table, rows: Sequence[BasicRow], lines: Sequence[int], ledger: Ledger
) -> None:
    first: dict[tuple[str, str, str], int] = {}
    for row, line in zip(rows, lines, strict=True):
        key = row_key(row)
        if not row.name:
            continue
        if key in first:
            message = f"与第 {first[key] + 1} 行重复（名称、类型、单位都相同）。请删掉一行。"
            ledger.error(
                Code.DUPLICATE_ROW, table.cell(line, "name"), row.name, "每个账号一行", message
            )
        first.setdefault(key, line)


def _check_platforms(
    table: Table, rows: Sequence[BasicRow], lines: Sequence[int], ledger: Ledger
) -> None:
    """集约化: in principle one account per unit and platform; sites and groups are exempt."""
    accounts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, line in zip(rows, lines, strict=True):
        platform = platform_of(row.kind)
        if platform is None or platform.exempt or not row.unit:
            continue
        others = accounts[fold(row.unit), platform.key]
        if others and row.name and fold(row.name) not in map(fold, others):
            message = (
                f"{row.unit}在{platform.name}上已有「{others[0]}」，这是又一个账号。"
                "原则上一个平台只开一个，请整合，或在备注写明理由。"
            )
            ledger.warn(
                Code.ONE_PER_PLATFORM,
                table.cell(line, "kind"),
                row.kind,
                "一个平台一个账号",
                message,
            )
        if row.name:
            others.append(row.name)
