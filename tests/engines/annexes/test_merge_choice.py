"""What goes into the department's package, in what order, and what is left out and why."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import permutations
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlrd
from tests.engines.annexes.invented import BASIC, FILING, ROW

from meice.engines.annexes.merge import Merged, Request, merge, write_merged
from meice.engines.annexes.merge.package import package_members
from meice.engines.annexes.merge.render import render
from meice.engines.annexes.merge.report import write_report
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    Code,
    CountRow,
    FilingRow,
    Form,
    Header,
    Issue,
    Package,
    Places,
    Report,
    Severity,
)
from meice.engines.annexes.tally import tally

REQUEST = Request("华园大学宣传部", "宣传部", date(2021, 6, 30))
ERROR = Issue(Code.BAD_MOBILE, Severity.ERROR, "b.zip!/1.xls", "附件1", "L5", "123", "11 位", "改")
WARNING = replace(ERROR, code=Code.BAD_URL, severity=Severity.WARNING)


def basic(unit: str, *names: str, package: str = "", **more: object) -> Form:
    rows = tuple(replace(BASIC, name=name, unit=unit) for name in names)
    form = Form(
        f"{package or unit}!/附件1.xls",
        Annex.BASIC,
        "附件1",
        header=Header(unit),
        rows=rows,
        package=package or None,
        places=Places({"name": 1}, tuple(range(4, 4 + len(rows)))),
    )
    return replace(form, **more)  # type: ignore[arg-type]


def merged(*forms: Form, packages: tuple[Package, ...] = ()) -> Merged:
    return merge(Report(forms, packages), REQUEST)


def members(result: Merged) -> dict[str, bytes]:
    with ZipFile(BytesIO(render(result)[0])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_rows_are_sorted_by_unit_keep_their_order_and_are_numbered_anew() -> None:
    result = merged(basic("数信学院", "乙", "甲"), basic("农学院", "丙"))
    content = members(result)["华园大学宣传部附件1.xls"]
    sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    assert [sheet.row_values(row)[:3] for row in range(4, 7)] == [
        [1, "丙", "农学院"],
        [2, "乙", "数信学院"],
        [3, "甲", "数信学院"],
    ]


def test_a_file_with_an_error_is_left_out_whole_and_one_with_a_warning_goes_in() -> None:
    bad = basic("农学院", "丙", issues=(ERROR,))
    good = basic("数信学院", "甲", issues=(WARNING,))
    result = merged(bad, good)
    assert [taken.row.name for taken in result.basic] == ["甲"]
    assert [(left.form, "1 处错误" in left.reason) for left in result.left_out] == [(bad, True)]


def test_acceptance_is_per_file_not_per_package() -> None:
    bad = basic("农学院", "丙", package="农.zip", issues=(ERROR,))
    filings = Form("f", Annex.FILINGS, rows=(ROW,), package="农.zip")
    package = Package("农.zip", "农学院", "2021-06-29", accepted=False)
    result = merged(bad, filings, packages=(package,))
    assert [len(result.basic), len(result.filing_rows)] == [0, 1]


OLD = Package("旧.zip", "农学院", "2021-06-28", modified="2021-06-30T00:00:00")
NEW = Package("新.zip", "农学院", "2021-06-29", modified="2021-06-20T00:00:00")
UNDATED_OLD = Package("旧.zip", "农学院", modified="2021-06-20T00:00:00")
UNDATED_NEW = Package("新.zip", "农 学院", modified="2021-06-21T00:00:00")


@pytest.mark.parametrize("pair", [(OLD, NEW), (UNDATED_OLD, UNDATED_NEW), (OLD, replace(
    UNDATED_NEW, modified="2021-07-01T00:00:00"))])  # fmt: skip
def test_of_two_packages_of_a_unit_the_later_counts_in_any_order(
    pair: tuple[Package, Package],
) -> None:
    old, new = basic("农学院", "旧", package="旧.zip"), basic("农学院", "新", package="新.zip")
    for packages in permutations(pair):
        result = merged(old, new, packages=packages)
        assert [taken.row.name for taken in result.basic] == ["新"]
        assert {left.path for left in result.left_out} == {"旧.zip", old.path}
        assert all("新.zip" in left.reason for left in result.left_out)


@pytest.mark.parametrize(("loose_time", "kept"), [("2021-07-01", "散"), ("2021-06-01", "包")])
def test_loose_files_of_a_unit_are_one_more_package_of_it(loose_time: str, kept: str) -> None:
    packed = basic("农学院", "包", package="农.zip")
    loose = replace(basic("农 学院", "散"), path="农学院附件1.xls", modified=loose_time)
    package = Package("农.zip", "农学院", "2021-06-29", modified="2021-06-20")
    result = merged(packed, loose, basic("工学院", "工"), packages=(package,))
    assert [taken.row.name for taken in result.basic] in (["工", kept], [kept, "工"])
    winner = {"散": "农学院附件1.xls", "包": "农.zip"}[kept]
    assert result.left_out
    assert all(winner in left.reason and left.path != winner for left in result.left_out)


def test_packages_without_a_unit_do_not_replace_each_other() -> None:
    packages = (Package("a.zip"), Package("b.zip"))
    forms = (basic("甲", "一", package="a.zip"), basic("乙", "二", package="b.zip"))
    assert len(merged(*forms, packages=packages).basic) == 2


def test_annex_2_is_computed_and_its_item_2_is_the_sum_of_the_units_own() -> None:
    own = tuple(tally([BASIC], {"微博": 2}))
    counts = [
        Form(unit, Annex.COUNTS, header=Header(unit), rows=own) for unit in ("农学院", "数信学院")
    ]
    result = merged(basic("农学院", "甲"), basic("数信学院", "乙", "丙"), *counts)
    assert (result.counts[0].counts["微信"], result.counts[0].total) == (3, 3)
    assert (result.counts[1].counts["微博"], result.counts[1].total) == (4, 4)


def test_each_difference_of_a_units_own_annex_2_is_named() -> None:
    own = list(tally([BASIC]))
    own[0] = CountRow(own[0].item, {**own[0].counts, "微信": 8}, 8)
    form = Form("c", Annex.COUNTS, header=Header("农学院"), rows=tuple(own))
    result = merged(basic("农学院", "甲"), form)
    found = [(each.difference.column, each.difference.own) for each in result.differences]
    assert found == [("微信", 8), ("合计", 8)]


def filing(unit: str, *names: str) -> Form:
    rows = tuple(replace(FILING, name=name) for name in names)
    return Form(f"{unit}3", Annex.FILING, header=Header(unit, date="2021-06-01"), rows=rows)


def test_the_package_has_exactly_four_files_and_a_sheet_for_each_form() -> None:
    files = members(merged(basic("甲", "一"), filing("甲", "一", "二"), filing("乙", "三")))
    assert list(files) == [f"华园大学宣传部附件{number}.xls" for number in (1, 2, 3, 4)]
    book = xlrd.open_workbook(file_contents=files["华园大学宣传部附件3.xls"])
    assert sorted(book.sheet_names()) == ["一", "三", "二"]
    assert book.sheet_by_name("三").cell_value(2, 0) == "填报部门（盖章）：乙"


def test_nothing_at_all_still_gives_four_forms() -> None:
    files = members(merged())
    assert len(files) == 4
    book = xlrd.open_workbook(file_contents=files["华园大学宣传部附件3.xls"])
    assert book.sheet_names() == ["附件3"]


def test_over_200_forms_become_a_folder_and_a_list() -> None:
    forms = [filing(f"单位{n:03}", "一") for n in range(199)]
    full = merged(*forms, filing("单/位", "一"), filing("单_位", "一", "二"))
    files = members(full)
    assert len(files) == 4 + 201
    assert files.keys() >= {"附件3/单_位附件3.xls", "附件3/单_位（2）附件3.xls"}
    listed = xlrd.open_workbook(file_contents=files["华园大学宣传部附件3.xls"]).sheet_by_index(0)
    rows = [listed.row_values(row)[1:] for row in range(4, 4 + 201)]
    assert ["单_位", 2, "附件3/单_位（2）附件3.xls"] in rows
    assert {row[2] for row in rows} == {name for name in files if "/" in name}


def test_the_zip_is_the_same_each_time_and_its_names_are_utf_8() -> None:
    result = merged(basic("甲", "一"))
    first, second = render(result)[0], render(result)[0]
    entries = ZipFile(BytesIO(first)).infolist()
    assert first == second
    assert all(entry.flag_bits & 0x800 for entry in entries)
    assert {entry.date_time for entry in entries} == {(2021, 6, 30, 0, 0, 0)}


def sheets(result: Merged) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(BytesIO(render(result)[1]))
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


def test_the_report_says_what_went_in_what_not_and_where_each_row_came_from() -> None:
    bad = basic("农学院", "丙", issues=(ERROR,))
    report = sheets(merged(basic("数信学院", "甲", issues=(WARNING,)), bad))
    assert report["已汇入"] == [("数信学院", "附件1", 1, 1, "数信学院!/附件1.xls", "附件1")]
    assert report["未汇入"][0][:3] == ("农学院", "附件1", bad.path)
    assert [row[:5] for row in report["问题"]] == [
        ("提醒", "bad-url", "b.zip!/1.xls", "附件1", "L5"),
        ("错误", "bad-mobile", "b.zip!/1.xls", "附件1", "L5"),
    ]
    assert report["每行来源"] == [
        ("附件1", 1, "甲", "数信学院", "数信学院!/附件1.xls", "附件1!B5"),
    ]


def test_the_report_runs_nothing_and_is_the_same_each_time() -> None:
    result = merged(basic("数信学院", '=cmd|"/C calc"!A1'))
    assert sheets(result)["每行来源"][0][2] == '=cmd|"/C calc"!A1'
    book = openpyxl.load_workbook(BytesIO(render(result)[1]))
    assert book["每行来源"]["C2"].data_type == "s"
    assert render(result) == render(result)


def test_annex_4_rows_without_a_department_sort_by_the_header() -> None:
    blank = FilingRow(name="乙")
    first = Form("1", Annex.FILINGS, header=Header("丙部"), rows=(replace(ROW, department="乙部"),))
    second = Form("2", Annex.FILINGS, header=Header("一部"), rows=(blank,))
    assert [taken.row.name for taken in merged(first, second).filing_rows] == ["乙", ROW.name]


def test_both_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    written = write_merged(merged(basic("甲", "一")), tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "20210630宣传部新媒体（网站）统计.zip",
        "合并报告.xlsx",
    }
    assert written.package.parent == written.report.parent == tmp_path / "out"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "合并报告.xlsx").mkdir()
    with pytest.raises(OSError):
        write_merged(merged(basic("甲", "一")), tmp_path)
    assert [path.name for path in tmp_path.glob(".meice-*")] == []


def test_a_row_of_another_unit_stays_and_sorts_by_its_own_column() -> None:
    form = basic("数信学院", "甲")
    strange = replace(form, rows=(*form.rows, replace(BASIC, name="外", unit="农学院")))
    rows = [taken.row for taken in merged(strange).basic]
    assert [row.name for row in rows if isinstance(row, BasicRow)] == ["外", "甲"]


@pytest.mark.slow
def test_a_large_merge_by_several_processes_gives_the_same_bytes() -> None:
    names = [f"账号{number}" for number in range(3100)]
    filings = [filing(f"单位{n:03}", "一") for n in range(201)]
    result = merged(basic("农学院", *names), *filings)
    files = dict(package_members(result))
    assert members(result) == files
    assert render(result)[1] == write_report(result)
