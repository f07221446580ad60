"""Walking a round: three answers, kept at once; nothing unseen counts as well, nothing is lost."""

import pytest
from tests.meice.patrols import scene
from tests.meice.patrols.scene import MONDAY, NOON, a_photo, answered, fresh, hours

from meice.audit.models import Entry
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.patrols import actions
from meice.patrols.actions import Said, VisitText
from meice.patrols.models import Answer, RoundEvent, Seen


def one(key, state, note="", measure=""):
    return VisitText({key: Said(state, note, measure)})


def test_the_first_answer_begins_the_round_and_is_kept(school, round, visit):
    actions.answer_visit(visit, one("content", Seen.OK), by=school.he, at=MONDAY)
    assert fresh(round).status == "underway"
    assert (fresh(visit).done_at, fresh(round).done_count) == (None, 0)
    assert Answer.objects.get().by_name == "何嘉敏"


def test_sending_the_same_twice_changes_nothing(school, round, visit):
    answered(school, visit)
    before = (fresh(round).version, RoundEvent.objects.count(), Entry.objects.count())
    answered(school, visit, at=NOON)
    assert (fresh(round).version, RoundEvent.objects.count(), Entry.objects.count()) == before


def test_an_outlet_is_done_when_every_check_has_an_answer_and_every_problem_its_words(
    school, round, visit
):
    answered(school, visit, comments="", links=None)
    assert fresh(visit).done_at is None
    answered(school, visit, comments="置顶评论为校外贷款广告", links=None)
    seen = fresh(visit)
    assert (seen.problem_count, seen.unseen_count, seen.done_by_name) == (1, 1, "何嘉敏")
    assert seen.state.label == "1 处问题"
    counts = fresh(round)
    assert (counts.done_count, counts.problem_count, counts.loose_count) == (1, 1, 1)


def test_what_could_not_be_seen_is_neither_good_nor_bad(school, visit):
    answered(school, visit, comments=None)
    look = fresh(visit).state
    assert (look.label, look.tone) == ("1 项看不到", "unknown")


def test_one_tap_says_the_rest_is_well_and_leaves_what_was_answered(school, visit):
    actions.answer_visit(
        visit, one("comments", Seen.UNSEEN, "要登录才看得到"), by=school.he, at=MONDAY
    )
    actions.fine_visit(visit, by=school.he, at=MONDAY)
    states = dict(Answer.objects.values_list("key", "state"))
    assert states["comments"] == "unseen"
    assert {state for key, state in states.items() if key != "comments"} == {"ok"}
    assert fresh(visit).done_at == MONDAY


def test_checks_of_another_kind_of_platform_are_not_asked(school, round, site):
    visit = round.visits.get(outlet=site)
    keys = scene.keys_of(visit)
    assert "tampering" in keys
    assert "comments" not in keys
    actions.answer_visit(visit, one("comments", Seen.PROBLEM, "没有评论"), by=school.he, at=MONDAY)
    assert not Answer.objects.exists()


def test_a_round_ends_when_everything_was_looked_at(school, round, visit):
    answered(school, visit)
    with pytest.raises(Refused, match="还有 1 个账号没有看完"):
        actions.finish_round(round, by=school.he, at=NOON)
    scene.walked(school, round)
    done = actions.finish_round(
        round, summary=" 一切正常 ", handover="下午接着看评论", by=school.he, at=NOON
    )
    assert (done.status, done.summary, done.ladder_at) == ("finished", "一切正常", None)
    with pytest.raises(Refused, match="已完成"):
        answered(school, visit, comments="晚了")


def test_a_problem_that_nobody_hears_of_keeps_the_round_open(school, round, visit):
    scene.walked(school, round)
    answered(school, visit, comments="置顶评论为校外贷款广告")
    with pytest.raises(Refused, match="1 处问题既没有报出，也没有写处置措施"):
        actions.finish_round(round, by=school.he, at=NOON)
    scene.dealt_with(school, visit)
    assert actions.finish_round(round, by=school.he, at=NOON).problem_count == 1


def test_a_colleague_takes_over_before_she_answers(school, round, visit):
    with pytest.raises(Refused, match="这轮由何嘉敏巡查；你来办请先接手"):
        answered(school, visit, by=school.chen)
    taken = actions.take_round(round, by=school.chen, at=MONDAY)
    assert taken.people_names == "何嘉敏、陈希"
    assert Notice.objects.filter(user=school.he).latest("pk").text == "陈希接手了上午巡查"
    answered(school, visit, by=school.chen)
    assert fresh(visit).done_by_name == "陈希"


def test_pictures_are_kept_with_hash_and_hand(school, round, visit):
    photo = a_photo(school, visit, "comments")
    assert (photo.key, photo.by_name, len(photo.file.digest)) == ("comments", "何嘉敏", 64)
    for content, reason in (
        (b"<html>", "不是图片"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 11 * 2**20, "太大"),
    ):
        with pytest.raises(Refused, match=reason):
            a_photo(school, visit, content=content)
    for number in range(8):
        a_photo(school, visit, content=scene.PICTURE + bytes([number]))
    with pytest.raises(Refused, match="最多传 9 张"):
        a_photo(school, visit)
    actions.drop_photo(photo, by=school.he, at=MONDAY)
    assert visit.photos.count() == 8
    assert [event.act for event in round.events.all()][-1] == "drop"


def test_every_act_stands_in_the_audit_log(school, round, visit):
    answered(school, visit)
    scene.finished(school, round)
    acts = set(Entry.objects.filter(act__startswith="round.").values_list("act", flat=True))
    assert {"round.open", "round.begin", "round.see", "round.finish"} <= acts


def test_a_made_up_round_says_so_and_the_leader_hears_of_it(school, round):
    actions.climb_ladder(hours(1))
    done = scene.finished(school, round, at=hours(2))
    assert (done.state.label, done.missed_at) == ("补巡完成", NOON)
    assert Notice.objects.filter(user=school.zheng).latest("pk").text == "上午巡查已补巡：0 处问题"


def test_a_missed_round_is_explained_by_the_leader_not_by_who_missed_it(school, round):
    actions.climb_ladder(hours(1))
    with pytest.raises(Refused, match="主管领导或宣传部"):
        actions.excuse_round(round, reason="忘了", by=school.he, at=hours(2))
    with pytest.raises(Refused, match="为什么"):
        actions.excuse_round(round, reason=" ", by=school.zheng, at=hours(2))
    done = actions.excuse_round(round, reason="校园网检修", by=school.zheng, at=hours(2))
    assert (done.status, done.excuse) == ("excused", "校园网检修")
    assert actions.climb_ladder(hours(200)) == 0
