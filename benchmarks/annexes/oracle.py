"""Counts wrong cells: what was read, and what the merged package holds, against the truth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import xlrd
from benchmarks.annexes.truth import COLUMNS, ITEMS, Row, Unit

_LABELS = {
    "账号/网站/APP名称": "name",
    "账号ID/网址": "account_id",
    "开设部门": "department",
    "认证主体": "verified_as",
    "开通平台/网站ICP": "platform_or_icp",
    "粉丝量（关注数）": "followers",
    "责任部门": "responsible_department",
    "备案类型": "filing_kind",
}


def wrong_cells(found: Sequence[Row], expected: Sequence[Row]) -> int:
    """Cells that differ; a missing or an added row counts all its cells."""
    wrong = 0
    for index in range(max(len(found), len(expected))):
        mine = found[index] if index < len(found) else {}
        truth = expected[index] if index < len(expected) else {}
        wrong += sum(mine.get(key) != truth.get(key) for key in {*mine, *truth})
    return wrong


def wrong_cells_read(report: Any, units: Sequence[Unit]) -> int:
    """Every row of every file, and which files are accepted."""
    by_name = {unit.name: unit for unit in units}
    wrong = abs(len(report.files) - 4 * len(units))
    for form in report.files:
        unit = by_name.get(form.header.unit)
        if unit is None or form.annex is None:
            wrong += 1
            continue
        rows = [row.to_json() for row in form.rows]
        wrong += wrong_cells(rows, expected_rows(unit, int(form.annex)))
        wrong += form.accepted is (unit.spoilt and form.annex == 1)
    return wrong


def expected_rows(unit: Unit, annex: int) -> Sequence[Row]:
    """The truth of one file; the spoilt mobile is read as it was written."""
    if annex == 1:
        rows = [dict(row) for row in unit.basic]
        if unit.spoilt:
            rows[2]["responsible_mobile"] = rows[2]["responsible_mobile"][:9]
        return rows
    return {2: unit.counts, 3: (unit.filing,), 4: (unit.filing_row,)}[annex]


def wrong_cells_merged(package: Path, units: Sequence[Unit]) -> int:
    """The four files of the package by xlrd, cell by cell, and each annex 3 of the folder."""
    with ZipFile(package) as archive:
        sheets = {name: _sheet(archive.read(name)) for name in archive.namelist()}
    files = {name[-5]: sheet for name, sheet in sheets.items() if "/" not in name}
    folder = [sheet for name, sheet in sheets.items() if "/" in name]
    ordered = sorted(units, key=lambda unit: unit.name)
    basic = [row for unit in ordered if not unit.spoilt for row in unit.basic]
    wrong = _wrong_table(files["1"], 4, (_printed_basic(row) for row in basic))
    wrong += _wrong_table(files["4"], 3, (list(unit.filing_row.values()) for unit in ordered))
    wrong += _wrong_counts(files["2"], units, basic)
    if len(units) > 200:
        wrong += abs(len(folder) - len(units))
        wrong += sum(map(_wrong_filing, folder, [unit.filing for unit in ordered]))
    return wrong


def _sheet(content: bytes) -> Any:
    return xlrd.open_workbook(file_contents=content).sheet_by_index(0)


def _wrong_table(sheet: Any, first: int, expected: Iterable[list[Any]]) -> int:
    wrong = 0
    for number, cells in enumerate(expected, 1):
        row = first + number - 1
        truth = [number, *cells[1:]]
        wrong += sum(
            sheet.cell_value(row, column) != value for column, value in enumerate(truth)
        ) if row < sheet.nrows else len(truth)  # fmt: skip
    return wrong


def _printed_basic(row: Row) -> list[Any]:
    printed = dict(row)
    printed["problems"] = "、".join(row["problems"])
    for key in ("interactive", "has_review_system", "outsourced"):
        printed[key] = "是" if row[key] else "否"
    return list(printed.values())


def _wrong_counts(sheet: Any, units: Sequence[Unit], basic: Sequence[Row]) -> int:
    from benchmarks.annexes.truth import counts_of

    office = sum(unit.counts[1]["counts"]["微博"] for unit in units)
    wrong = 0
    for line, truth in enumerate(counts_of(tuple(basic), {"微博": office}), 5):
        cells = [truth["item"], *(truth["counts"][column] for column in COLUMNS), truth["total"]]
        found = [cell if cell != "" else None for cell in sheet.row_values(line)[:9]]
        wrong += sum(mine != value for mine, value in zip(found, cells, strict=True))
    assert sheet.cell_value(5, 0) == ITEMS[0]
    return wrong


def _wrong_filing(sheet: Any, truth: Row) -> int:
    wrong = 0
    for row in range(3, 8):
        for label, value in ((0, 2), (3, 4)):
            key = _LABELS.get("".join(str(sheet.cell_value(row, label)).split()))
            if key:
                wrong += sheet.cell_value(row, value) != truth[key]
    people = [truth["leader"], truth["reviewer"], *truth["operators"]]
    for row, person in enumerate(people, 9):
        wrong += sheet.row_values(row)[2:5] != list(person.values())
    return wrong
