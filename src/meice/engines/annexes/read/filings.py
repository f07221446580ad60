"""Annex 4: one row per account filed. Source: annexes.md, 附件4 and cross checks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meice.engines.annexes.columns import FILING_COLUMNS, FILING_KINDS, KIND_HINT
from meice.engines.annexes.model import Code, FilingRow
from meice.engines.annexes.read import values
from meice.engines.annexes.read.basic import platform_of, same_unit
from meice.engines.annexes.read.dates import date_of, written_date
from meice.engines.annexes.read.grid import Cell
from meice.engines.annexes.read.ledger import Ledger
from meice.engines.annexes.read.table import Table
from meice.engines.annexes.read.values import fold, text_of

OPTIONAL = frozenset({"number"})
TITLES = {column.key: column.title for column in FILING_COLUMNS}
EXPECTED = (
    "name", "account_id", "department", "kind", "opened_on", "leader", "reviewer", "operator",
    "operator_phone", "filing_kind",
)  # fmt: skip
HINT = fold(KIND_HINT)
LETTER = r"[a-z0-9\u3400-\u9fff]"
HOST = (
    rf"(?:{LETTER}(?:(?:{LETTER}|-)*{LETTER})?\.)+"
    r"[a-z\u3400-\u9fff][a-z0-9\u3400-\u9fff-]+"
)
URL = re.compile(
    rf"(?:https?://)?(?:{HOST}|\d{{1,3}}(?:\.\d{{1,3}}){{3}}|\[[0-9a-f:.]+\])(?::\d{{1,5}})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
LIKE_URL = re.compile(r"https?[:：/]|https?(?=www)|www[.。．]|[a-z]+script:|://", re.IGNORECASE)


def read_rows(table: Table, lines: Sequence[int]) -> tuple[list[FilingRow], list[int]]:
    """The rows with their sheet rows; the printed hint of the first row is none."""
    rows: list[FilingRow] = []
    kept: list[int] = []
    for line in lines:
        row = _read_row(table, line)
        hinted = fold(row.kind) == HINT
        if hinted and not any(getattr(row, key) for key in TITLES if key not in ("number", "kind")):
            continue
        rows.append(row)
        kept.append(line)
    return rows, kept


def _read_row(table: Table, line: int) -> FilingRow:
    record = table.record(line)

    def text(key: str) -> str:
        return text_of(record.get(key, ""))

    kind = values.filing_kind(text("filing_kind"))
    return FilingRow(
        number=values.whole(record.get("number", "")),
        name=text("name"),
        account_id=text("account_id"),
        department=text("department"),
        verified_as=text("verified_as"),
        kind=text("kind"),
        opened_on=date_of(record.get("opened_on", "")) or text("opened_on"),
        leader=values.person_name(text("leader")),
        reviewer=values.person_name(text("reviewer")),
        operator=values.person_name(text("operator")),
        operator_phone=phone(text("operator_phone")),
        filing_kind=kind.value if kind else text("filing_kind"),
    )


def phone(text: str) -> str:
    """A mobile as 11 digits; a landline or an extension as written."""
    return values.mobile(text) or text


def check_rows(
    table: Table,
    rows: Sequence[FilingRow],
    lines: Sequence[int],
    unit: str,
    today: str,
    ledger: Ledger,
) -> None:
    """Every rule of annex 4 that one file can tell."""
    first: dict[tuple[str, ...], int] = {}
    for row, line in zip(rows, lines, strict=True):
        for key in EXPECTED:
            if not getattr(row, key) and key in table.found.places:
                ledger.missing(table.cell(line, key), TITLES[key], wanted=False)
        check_date(row.opened_on, today, table.cell(line, "opened_on"), ledger)
        check_url(row.account_id, row.kind, table.cell(line, "account_id"), ledger)
        check_kind(row.filing_kind, table.cell(line, "filing_kind"), ledger)
        _check_kind_and_unit(table, row, line, unit, ledger)
        key_of_row = (fold(row.name), fold(row.kind), fold(row.department), row.filing_kind)
        if row.name and key_of_row in first:
            message = f"与第 {first[key_of_row] + 1} 行重复（名称、类型、部门、备案类型都相同）。请删掉一行。"
            ledger.error(
                Code.DUPLICATE_ROW, table.cell(line, "name"), row.name, "每个账号一行", message
            )
        first.setdefault(key_of_row, line)


def _check_kind_and_unit(
    table: Table, row: FilingRow, line: int, unit: str, ledger: Ledger
) -> None:
    if row.kind and platform_of(row.kind) is None:
        message = f"类型「{row.kind}」不在平台表里。请写平台的通用名称。"
        ledger.warn(
            Code.BAD_VALUE, table.cell(line, "kind"), row.kind, "网站、微信公众号、微博等", message
        )
    if unit and row.department and not same_unit(row.department, unit):
        message = f"开设部门「{row.department}」与填报部门「{unit}」不一致。请核对是不是粘错了行。"
        cell = table.cell(line, "department")
        ledger.warn(Code.UNIT_MISMATCH, cell, row.department, unit, message)


def check_date(opened_on: str, today: str, cell: Cell | None, ledger: Ledger) -> None:
    """开通时间 can be read and is not after today; a month or a year alone counts from its start."""
    if not opened_on:
        return
    if not ISO.fullmatch(opened_on) or written_date(opened_on) is None:
        message = f"开通时间「{opened_on}」认不出。请写成 2021-06-29 或 2021年6月 的样子。"
        ledger.error(Code.BAD_DATE, cell, opened_on, "年月日", message)
    elif opened_on > today[: len(opened_on)]:
        message = f"开通时间「{opened_on}」在今天（{today}）之后。请核对年份。"
        ledger.error(Code.BAD_DATE, cell, opened_on, f"不晚于 {today}", message)


def check_url(account_id: str, kind: str, cell: Cell | None, ledger: Ledger) -> None:
    """A website has an address; what looks like an address is well formed."""
    platform = platform_of(kind) if kind else None
    is_site = platform is not None and platform.key == "website"
    if not account_id or not (is_site or LIKE_URL.search(account_id)):
        return
    if URL.fullmatch(account_id) is None:
        message = f"网址「{account_id}」不完整或写法不对。请从浏览器地址栏复制，如 https://www.example.edu.cn/ 。"
        ledger.warn(Code.BAD_URL, cell, account_id, "完整的网址", message)


def check_kind(filing_kind: str, cell: Cell | None, ledger: Ledger) -> None:
    """备案类型 is one of the notice's three."""
    if filing_kind and filing_kind not in FILING_KINDS:
        message = f"备案类型「{filing_kind}」认不出。请填「开设」「变更」或「注销」。"
        ledger.warn(Code.BAD_VALUE, cell, filing_kind, "开设、变更 或 注销", message)
