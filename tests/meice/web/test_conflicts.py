"""Two people changed one record: only what both changed differently needs a choice."""

from datetime import UTC, datetime
from typing import Any

import pytest

from meice.web.conflicts import Conflict

AT = datetime(2026, 11, 23, 1, 2, tzinfo=UTC)
ABOUT: dict[str, Any] = {
    "other": "周启明",
    "opened_at": AT,
    "saved_at": AT,
    "version": "7",
    "save_url": "/save/",
    "record_url": "/record/",
}


def conflict(base: str, theirs: str, mine: str) -> Conflict:
    sides = ({"use": base}, {"use": theirs}, {"use": mine})
    return Conflict.between(*sides, labels={"use": "用途"}, **ABOUT)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "clashes", "merged", "saved"),
    [
        ("甲", "乙", "丙", 1, 0, {}),
        ("甲", "乙", "乙", 0, 1, {}),
        ("甲", "乙", "甲", 0, 1, {}),
        ("甲", "甲", "丙", 0, 1, {"use": "丙"}),
        ("甲", "甲", "甲", 0, 0, {}),
        ("", "", "丙", 0, 1, {"use": "丙"}),
    ],
)
def test_three_way_comparison(base, theirs, mine, clashes, merged, saved):
    found = conflict(base, theirs, mine)
    assert (len(found.clashes), len(found.merged)) == (clashes, merged)
    assert found.resolve({}) == saved


def test_a_clash_is_saved_only_when_mine_is_chosen():
    found = conflict("甲", "乙", "丙")
    assert found.resolve({"pick-use": "mine"}) == {"use": "丙"}
    assert found.resolve({"pick-use": "theirs"}) == {}


def test_a_clash_without_a_choice_is_asked_again():
    found = conflict("甲", "乙", "丙")
    assert [d.name for d in found.undecided({})] == ["use"]
    assert not found.undecided({"pick-use": "theirs"})


def test_the_page_keeps_what_i_typed_and_escapes_it(render):
    found = conflict("甲", "乙", '"><script>')
    shown = render('{% include "web/_conflict.html" %}', conflict=found)
    assert 'value="&quot;&gt;&lt;script&gt;"' in shown
    assert "<script" not in shown
    assert "按上面的选择保存" in shown
