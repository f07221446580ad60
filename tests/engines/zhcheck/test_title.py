"""Persons, offices and their order, from the table of an invented university."""

from datetime import date

import pytest
from tests.engines.zhcheck.reading import TODAY, found, issues

from meice.engines.zhcheck import Lexicon, Office
from meice.engines.zhcheck.rules.title import check

SOURCE = "华园大学任职文件"
TABLE = Lexicon(
    "任职表",
    "1",
    offices=(
        Office("陈远山", "党委书记", "学校", 1, SOURCE),
        Office("林知行", "党委副书记、校长", "学校", 2, SOURCE),
        Office("苏明", "副校长", "学校", 3, SOURCE),
        Office("何田", "院长", "园艺学院", 9, SOURCE, valid_from=date(2026, 9, 1)),
    ),
)
RIGHT = (
    "学校党委书记陈远山、校长林知行、副校长苏明出席会议。",
    "党委副书记、校长林知行主持会议，陈远山讲话。",
    "园艺学院院长何田汇报工作。",
    "原校长陈远山回忆往事。",
    "林知行校长助理到会。",
    "苏明副校长作报告。陈远山作总结。",
    "林知行会见来宾，并与陈远山一同植树。",
    "没有提到任何人。",
)
WRONG_TITLES = {
    "校长陈远山出席。": ("校长陈远山", "党委书记陈远山"),
    "会上，苏明校长讲话。": ("苏明校长", "苏明副校长"),
    "学校副校长林知行。": ("副校长林知行", "党委副书记、校长林知行"),
    "党委书记林知行。": ("党委书记林知行", "党委副书记、校长林知行"),
}
WRONG_ORDERS = {
    "林知行、陈远山出席。": "林知行、陈远山",
    "校长林知行、学校党委书记陈远山出席。": "林知行、学校党委书记陈远山",
    "陈远山、苏明和林知行出席。": "苏明和林知行",
}


@pytest.mark.parametrize("text", RIGHT)
def test_offices_and_order_of_the_table_are_no_issue(text):
    assert found(check, text, TABLE) == []


@pytest.mark.parametrize("text", sorted(WRONG_TITLES))
def test_a_title_that_the_person_does_not_hold_is_named(text):
    (issue,) = issues(check, text, TABLE)
    assert (issue.text, issue.suggestion) == WRONG_TITLES[text]
    assert issue.source == SOURCE


@pytest.mark.parametrize("text", sorted(WRONG_ORDERS))
def test_persons_named_out_of_order_are_shown_together(text):
    assert found(check, text, TABLE) == [WRONG_ORDERS[text]]


def test_who_holds_no_office_yet_has_no_order():
    text = "何田、陈远山出席。"
    assert found(check, text, TABLE, today=date(2026, 8, 31)) == []
    assert found(check, text, TABLE, today=TODAY) == ["何田、陈远山"]


def test_without_a_table_nothing_is_said():
    assert found(check, "校长陈远山出席。") == []
