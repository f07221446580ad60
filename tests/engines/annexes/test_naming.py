"""Names of files, packages and sheets as the notice and the file formats want them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.annexes.model import Annex
from meice.engines.annexes.naming import (
    PackageName,
    SheetNames,
    annex_file_name,
    package_stem,
    parse_package_name,
    safe_file_stem,
)

DAY = date(2021, 6, 29)


def test_a_package_is_named_as_the_notice_says() -> None:
    assert package_stem(DAY, "数信学院") == "20210629数信学院新媒体（网站）统计"
    assert package_stem(DAY, "数信学院", plus=True) == "20210629+数信学院+新媒体（网站）统计"


@pytest.mark.parametrize(
    "name",
    [
        "20210629数信学院新媒体（网站）统计.zip",
        "20210629+数信学院+新媒体（网站）统计.zip",
        "20210629＋数信学院＋新媒体（网站）统计.zip",
        "20210629 + 数信学院 + 新媒体(网站)统计 (1).zip",
        "2021-06-29数信学院新媒体（网站）统计表.rar",
        "2021.6.29-数信学院-新媒体网站统计",
        "2021年6月29日数信学院新媒体（网站）统计.7z",
    ],
)
def test_package_names_are_read_as_people_write_them(name: str) -> None:
    assert parse_package_name(name) == PackageName(DAY, "数信学院")


@pytest.mark.parametrize(
    "name",
    ["数信学院.zip", "20210631数信学院新媒体（网站）统计.zip", "附件.zip", "", "20210629.zip"],
)
def test_other_names_are_no_package_names(name: str) -> None:
    assert parse_package_name(name) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.booleans())
def test_a_package_name_reads_back(day: date, plus: bool) -> None:
    assert parse_package_name(package_stem(day, "团委", plus=plus)) == PackageName(day, "团委")


def test_files_are_named_by_the_unit() -> None:
    assert annex_file_name("数学与信息学院", Annex.BASIC) == "数学与信息学院附件1.xls"


@pytest.mark.parametrize(
    ("given_name", "stem"),
    [
        ("党委/宣传部", "党委_宣传部"),
        ("../../etc", "_.._etc"),
        ("a:b*c?", "a_b_c_"),
        (" . ", "未命名"),
        ("字" * 200, "字" * 60),
    ],
)
def test_file_stems_are_safe_everywhere(given_name: str, stem: str) -> None:
    assert safe_file_stem(given_name) == stem


@given(st.lists(st.text(max_size=40), min_size=1, max_size=30))
def test_sheet_names_are_legal_and_each_is_given_once(wanted: list[str]) -> None:
    names = SheetNames()
    taken = [names.take(each) for each in wanted]
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not {name[0], name[-1]} & {"'"}


def test_equal_sheet_names_are_numbered() -> None:
    names = SheetNames()
    assert [
        names.take("团委"),
        names.take("团委"),
        names.take("History"),
        names.take("a" * 40),
    ] == [
        "团委",
        "团委（2）",
        "表",
        "a" * 31,
    ]
