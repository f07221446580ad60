"""Exports hold what the filter shows, mask numbers, and leave an audit line."""

from io import BytesIO
from urllib.parse import quote

import openpyxl

import given
from meice.audit.models import Entry
from meice.orgs.intake.snapshot import plan_of


def rows_of(answer):
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value or "" for cell in row] for row in book.active]


def test_people_of_the_filter_with_masked_numbers(cast, signed_in):
    rows = rows_of(signed_in(cast.zheng).post("/users/export/?role=operator"))
    assert [row[:4] for row in rows[1:]] == [["20110437", "何嘉敏", "数学与信息学院", "运维"]]
    assert rows[1][7] == "138****0002"


def test_the_line_says_how_many_and_which(cast, signed_in):
    signed_in(cast.liang).post("/units/export/?gap=reviewer", {"q": "园艺"})
    entry = Entry.objects.get(act="people.export")
    assert entry.detail == {"list": "单位", "rows": 1, "condition": "查找「园艺」，缺审核人"}


def test_a_number_that_was_looked_for_is_not_in_the_line(cast, signed_in):
    signed_in(cast.liang).post("/users/export/", {"q": "13800000002"})
    assert "按号码查找" in str(Entry.objects.get(act="people.export").detail)


def test_an_operator_does_not_export(cast, signed_in):
    answer = signed_in(cast.he).post("/users/export/")
    assert answer.status_code == 403
    assert not Entry.objects.filter(act="people.export").exists()


def test_the_name_of_the_file_is_chinese_and_safe(cast, signed_in):
    answer = signed_in(cast.lu).post("/units/export/")
    assert quote("单位名单.xlsx") in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_exported_list_of_units_imports_as_unchanged(cast, signed_in):
    given.a_unit("果树系", cast.garden, by=cast.lu, aliases="果树\n花卉", kind="institute")
    answer = signed_in(cast.lu).post("/units/export/")
    intake = given.an_intake(b"".join(answer.streaming_content), "units", by=cast.lu)
    plan = plan_of(intake, cast.lu)
    assert plan.counts == {"new": 0, "changed": 0, "unchanged": 6, "faulty": 0}
