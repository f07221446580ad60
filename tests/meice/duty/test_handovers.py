"""交接班: written by who goes, accepted by who comes, with what stays open."""

import pytest
from tests.meice.duty import scene
from tests.meice.duty.scene import MONDAY, after

from meice.duty import actions
from meice.duty.models import Handover, OpenItem
from meice.kernel.access import Refused
from meice.notices.models import Notice

pytestmark = pytest.mark.django_db
TUESDAY = after(hours=22)
"""8:00 on Tuesday: 何's shift ends and 陈's begins."""


@pytest.fixture
def roster(school):
    return scene.a_rota(school)


@pytest.fixture
def note(school, roster):
    """何's note to 陈 with two open items."""
    return scene.written(
        scene.shift_on(roster, 23), school.he, TUESDAY, "巡查 12 个账号，正常。",
        items=["盯一条评论", " ", "盯一条评论", "回电保卫处"],
    )  # fmt: skip


def test_the_next_person_accepts(school, note):
    assert (note.status, note.next_shift.user) == ("waiting", school.chen)
    assert [item.text for item in note.items.all()] == ["盯一条评论", "回电保卫处"]
    assert Notice.objects.get(user=school.chen).text.startswith("请接班")
    done = actions.accept_handover(note, by=school.chen, at=TUESDAY, note="收到")
    assert (done.status, done.accepted_by, done.note) == ("accepted", school.chen, "收到")
    assert Notice.objects.filter(user=school.he, text__startswith="交班记录已接班").exists()
    assert [event.label for event in done.shift.events.all()] == ["写交班记录", "接班"]


@pytest.mark.parametrize("who", ["he", "lin", "zhou", "zheng", "liang", "shen"])
def test_nobody_else_accepts(school, note, who):
    for deed in (actions.accept_handover, actions.return_handover):
        with pytest.raises(Refused, match="由下一班的陈希接班"):
            deed(note, by=school.people[who], at=TUESDAY, note="缺")


def test_it_comes_back_and_is_amended(school, note):
    with pytest.raises(Refused, match="还缺什么"):
        actions.return_handover(note, by=school.chen, at=TUESDAY, note=" ")
    actions.return_handover(note, by=school.chen, at=TUESDAY, note="没写哪个账号")
    with pytest.raises(Refused, match="退回补充"):
        actions.accept_handover(note, by=school.chen, at=TUESDAY)
    with pytest.raises(Refused, match="由写记录的人"):
        actions.amend_handover(note, "补充", by=school.chen, at=TUESDAY)
    actions.amend_handover(note, "华园数信，正常。", by=school.he, at=TUESDAY)
    actions.accept_handover(note, by=school.chen, at=TUESDAY)
    assert Handover.objects.get().text == "华园数信，正常。"


def test_open_items_go_on_until_they_are_done(school, roster, note):
    actions.accept_handover(note, by=school.chen, at=TUESDAY)
    first, second = note.items.all()
    wednesday = after(days=1, hours=22)
    scene.written(
        scene.shift_on(roster, 24), school.chen, wednesday, items=["新的一件"], done=[first.pk]
    )
    left = OpenItem.objects.filter(done_at=None).values_list("text", flat=True)
    assert list(left) == ["回电保卫处", "新的一件"]
    with pytest.raises(Refused, match="正在值班的人"):
        actions.close_item(second, by=school.chen, at=wednesday)
    actions.close_item(second, by=school.lin, at=wednesday)
    with pytest.raises(Refused, match="林小满已经办结"):
        actions.close_item(second, by=school.zhou, at=wednesday)


@pytest.mark.parametrize(
    ("who", "at", "words"),
    [
        ("chen", TUESDAY, "由这一班的值班人写"),
        ("zhou", TUESDAY, "由这一班的值班人写"),
        ("he", after(hours=17), "还没到交班的时候"),
    ],
)
def test_when_and_by_whom_a_note_is_written(school, roster, who, at, words):
    with pytest.raises(Refused, match=words):
        scene.written(scene.shift_on(roster, 23), school.people[who], at)


def test_a_note_says_something_and_once(school, roster, note):
    with pytest.raises(Refused, match="已经写过"):
        scene.written(scene.shift_on(roster, 23), school.he, TUESDAY)
    with pytest.raises(Refused, match="无异常"):
        scene.written(scene.shift_on(roster, 24), school.chen, after(days=2), "  ")


def test_no_note_where_the_same_person_goes_on_or_nobody_is_planned(school):
    roster = scene.a_rota(school, turn="week")
    with pytest.raises(Refused, match="下一班还是你"):
        scene.written(scene.shift_on(roster, 23), school.he, TUESDAY)
    plain = scene.a_roster(school, name="夜间值守", needs_handover=False)
    scene.a_pattern(school, scene.a_layer(school, plain), [school.zhou, school.zheng])
    with pytest.raises(Refused, match="不要求交接班"):
        scene.written(scene.shift_on(plain, 23), school.zhou, TUESDAY)


def test_the_note_follows_a_change_of_the_next_person(school, roster, note):
    """陈 is ill: who has the shift now takes over, and 陈 does not any more."""
    actions.change_shift(
        scene.shift_on(roster, 24), to=school.lin, reason="病", by=school.zhou, at=after(hours=20)
    )
    with pytest.raises(Refused, match="林小满接班"):
        actions.accept_handover(note, by=school.chen, at=TUESDAY)
    assert actions.accept_handover(note, by=school.lin, at=TUESDAY).accepted_by == school.lin


def test_a_new_plan_keeps_the_shift_that_a_note_hands_over_to(school, roster):
    """The note is written at five, the pattern dropped at six: the next shift stays."""
    early = after(hours=19)
    note = scene.written(scene.shift_on(roster, 23), school.he, early)
    pattern = roster.layers.get().patterns.get()
    actions.drop_pattern(pattern, by=school.zheng, at=after(hours=20))
    assert Handover.objects.get(pk=note.pk).next_shift.user == school.chen
    assert early > MONDAY
