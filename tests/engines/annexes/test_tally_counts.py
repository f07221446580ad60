"""Annex 2 from annex 1: the rules of the notice as a table, and a unit's own counts beside it."""

from dataclasses import replace

import pytest

from meice.engines.annexes import columns
from meice.engines.annexes.model import BasicRow, CountRow, Rectified
from meice.engines.annexes.tally import (
    Difference,
    count_column,
    differences,
    office_holder_row,
    sum_office_holders,
    tally,
)

SITE = BasicRow(
    name="数信学院网站",
    kind="网站",
    problems=("无问题",),
    rectified=Rectified.NOT_NEEDED,
    interactive=False,
    has_review_system=True,
    outsourced=False,
)
DOUYIN = BasicRow(
    name="数信学院",
    kind="抖音",
    problems=("无更新",),
    rectified=Rectified.YES,
    interactive=True,
    has_review_system=True,
    outsourced=True,
)
CHANNELS = BasicRow(name="数信学院", kind="视频号", problems=("无更新",), rectified=Rectified.NO)


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("网站", "网站"),
        ("官网", "网站"),
        ("微信公众号", "微信"),
        ("订阅号", "微信"),
        ("新浪微博", "微博"),
        ("今日头条", "头条号"),
        ("抖音", "抖音号"),
        ("APP", "移动客户端"),
        ("视频号", "其他政务新媒体"),
        ("QQ", "其他政务新媒体"),
        ("B站", "其他政务新媒体"),
        ("小红书", "其他政务新媒体"),
        ("没有听说过的平台", "其他政务新媒体"),
        ("", "其他政务新媒体"),
    ],
)
def test_each_kind_counts_in_its_column(kind: str, column: str) -> None:
    assert count_column(kind) == column


@pytest.mark.parametrize(
    ("item", "website", "douyin", "other", "total"),
    [
        (0, 1, 1, 1, 3),
        (2, 0, 1, 1, 2),
        (3, 0, 1, 0, 1),
        (4, 0, 1, 0, 1),
        (5, 1, 1, 0, 2),
        (6, 0, 1, 0, 1),
    ],
)
def test_items_count_rows_by_column(
    item: int, website: int, douyin: int, other: int, total: int
) -> None:
    row = tally([SITE, DOUYIN, CHANNELS])[item]
    counts = row.counts
    assert row.item == columns.COUNT_ITEMS[item]
    assert (counts["网站"], counts["抖音号"], counts["其他政务新媒体"], row.total) == (
        website,
        douyin,
        other,
        total,
    )


def test_accounts_of_office_holders_never_come_from_annex_1() -> None:
    assert set(tally([SITE, DOUYIN])[1].counts.values()) == {None}
    given = tally([SITE], {"微博": 2, "网站": None})[1]
    assert (given.counts["微博"], given.counts["网站"], given.total) == (2, None, 2)


def test_own_counts_equal_to_the_computed_ones_differ_nowhere() -> None:
    computed = tally([SITE, DOUYIN])
    blank_for_zero = [
        replace(row, counts={key: count or None for key, count in row.counts.items()})
        for row in computed
    ]
    assert differences(computed, computed) == ()
    assert differences(blank_for_zero, computed) == ()


def test_each_wrong_cell_is_named() -> None:
    computed = tally([SITE, DOUYIN])
    own = list(computed)
    own[2] = replace(own[2], counts={**own[2].counts, "微信": 4}, total=9)
    assert differences(own, computed) == (
        Difference(2, columns.COUNT_ITEMS[2], "微信", 4, 0),
        Difference(2, columns.COUNT_ITEMS[2], "合计", 9, 1),
    )


def test_own_rows_in_another_order_are_compared_by_their_words() -> None:
    computed = tally([SITE, DOUYIN])
    own = [computed[3], replace(computed[0], total=7)]
    assert differences(own, computed) == (Difference(1, columns.COUNT_ITEMS[0], "合计", 7, 2),)


def test_item_2_is_held_against_its_own_sum_only() -> None:
    own = list(tally([SITE], {"微博": 2, "微信": 1}))
    own[1] = replace(own[1], total=5)
    found = differences(own, tally([SITE]))
    assert found == (Difference(1, columns.COUNT_ITEMS[1], "合计", 5, 3),)


def test_item_2_of_the_units_adds_up_by_column() -> None:
    own = [CountRow(counts={"微博": 2}), CountRow(counts={"微博": 1, "微信": 4})]
    sums = sum_office_holders(own)
    assert (sums["微博"], sums["微信"], sums["网站"]) == (3, 4, None)


def test_item_2_is_found_by_its_words_and_absent_when_it_is_not_there() -> None:
    rows = tally([SITE], {"微博": 2})
    assert office_holder_row(rows) is rows[1]
    assert office_holder_row(rows[2:]) is None
