"""A session from its notice to its end: who is asked, who may, what counts."""

from datetime import timedelta

import pytest
from tests.meice.training import scene
from tests.meice.training.scene import MONDAY, days, marked, presences

from meice.audit.models import Entry
from meice.kernel import slots
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.training import actions, policies
from meice.training.models import Presence, TrainingSession
from meice.training.plan import LABELS
from meice.training.workflow import SESSION


def told(person):
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("text", flat=True))


def test_who_is_meant_is_asked_and_told_once(school):
    session = scene.a_session(school)
    assert presences(session) == {"陈希": "expected", "何嘉敏": "expected", "周启明": "expected"}
    assert told(school.zhou) == ["请参加培训：网络安全集中培训，11月26日 10:00，行政楼 301"]
    assert told(school.zheng) == told(school.su) == []
    assert Entry.objects.get(act="training.plan").detail["asked"] == 3


def test_an_edit_asks_the_new_and_lets_go_who_is_not_meant(school):
    session = scene.a_session(school)
    scene.newcomer(school, role="leader")
    facts = actions.SessionFacts(
        "改名", scene.topic(), school.maths, ["operator", "leader"], days(4), link="https://a.cn/1"
    )
    actions.edit_session(session, facts, by=school.he, at=MONDAY, version=session.version)
    assert sorted(presences(session)) == ["何嘉敏", "林晓", "郑国强", "陈希"]
    assert told(school.he)[-1].startswith("培训时间改了：改名，11月27日")
    assert len(told(school.zheng)) == 1
    with pytest.raises(Refused, match="刚有人改过"):
        actions.edit_session(session, facts, by=school.he, at=MONDAY, version=1)


def test_who_was_added_by_hand_stays_after_an_edit(school):
    session = scene.a_session(school)
    actions.invite_person(session, school.zheng, by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="已在名单里"):
        actions.invite_person(session, school.zheng, by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="没有岗位"):
        actions.invite_person(session, school.su, by=school.he, at=MONDAY)
    facts = actions.SessionFacts(
        "改名", scene.topic(), school.maths, ["reviewer"], days(4), place="线下"
    )
    actions.edit_session(session, facts, by=school.he, at=MONDAY)
    assert sorted(presences(session)) == ["周启明", "郑国强"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"title": " "}, "名称没有填"),
        ({"roles": []}, "谁要参加"),
        ({"place": " "}, "写地点"),
        ({"place": "", "link": "javascript:alert(1)"}, "https"),
    ],
)
def test_what_is_lacking_is_said(school, given, why):
    with pytest.raises(Refused, match=why):
        scene.a_session(school, **given)
    assert not TrainingSession.objects.exists()


def test_a_unit_arranges_for_itself_and_below_alone(school):
    with pytest.raises(Refused, match="下级单位"):
        scene.a_session(school, scope=school.arts)
    with pytest.raises(Refused, match="举办单位"):
        scene.a_session(school, unit=school.arts)
    whole = scene.a_session(school, unit=school.university, by=school.liang)
    assert {"何嘉敏", "苏婉仪", "田野"} <= presences(whole).keys()


def test_from_the_notice_to_the_end(school):
    session = scene.a_session(school)
    start = session.starts_at
    with pytest.raises(Refused, match="培训当天"):
        marked(school, session, he="present", at=MONDAY)
    marked(school, session, zhou="excused", at=MONDAY)
    with pytest.raises(Refused, match="还没有到"):
        actions.hold_session(session, by=school.he, at=start - timedelta(minutes=1))
    with pytest.raises(Refused, match="先登记到会的人"):
        actions.hold_session(session, by=school.he, at=start)
    assert marked(school, session, he="present", chen="absent") == 2
    assert marked(school, session, he="present", chen="nonsense") == 0
    actions.hold_session(session, by=school.zheng, at=start + timedelta(hours=2))
    assert presences(session) == {"陈希": "absent", "何嘉敏": "present", "周启明": "excused"}
    with pytest.raises(Refused, match="已举办"):
        actions.cancel_session(session, reason="晚了", by=school.he, at=start)
    assert marked(school, session, zhou="present") == 1
    acts = [event.act for event in session.events.order_by("pk")]
    assert acts == ["plan", "attend", "attend", "hold", "attend"]


def test_a_cancelled_session_tells_who_was_asked(school):
    session = scene.a_session(school)
    with pytest.raises(Refused, match="原因"):
        actions.cancel_session(session, reason=" ", by=school.he, at=MONDAY)
    actions.cancel_session(session, reason="场地检修", by=school.he, at=MONDAY)
    assert told(school.zhou)[-1] == "培训取消：网络安全集中培训。场地检修"
    with pytest.raises(Refused, match="已取消"):
        marked(school, scene.fresh(session), he="present")


MAY = {
    "he": True, "zheng": True, "liang": True, "zhou": False, "su": False, "bao": False,
    "shen": False, "admin": False,
}  # fmt: skip


def test_who_may_do_what(school):
    session = scene.a_session(school)
    certificate = scene.a_certificate(school)
    for name, allowed in MAY.items():
        person = getattr(school, name)
        verdicts = [
            policies.may_plan_session(person, school.maths),
            policies.may_edit_session(person, session),
            policies.may_mark_attendance(person, session),
            SESSION.verdict("cancel", session, person),
            policies.may_add_certificate(person, school.maths),
            policies.may_drop_certificate(person, certificate),
        ]
        assert [bool(one) for one in verdicts] == [allowed] * 6, name
        assert all(one or one.reason for one in verdicts)
    setters = {name for name in MAY if policies.may_set_topics(getattr(school, name))}
    assert setters == {"liang"}
    exporters = {name for name in MAY if policies.may_export_needs(getattr(school, name))}
    assert exporters == {"he", "zheng", "liang", "su"}


def test_sessions_are_seen_by_the_asked_and_the_subtree(school):
    whole = scene.a_session(school, unit=school.university, by=school.liang)
    maths = scene.a_session(school)

    def seen(name):
        return set(TrainingSession.objects.visible_to(getattr(school, name)))

    assert seen("liang") == seen("shen") == {whole, maths}
    assert seen("he") == {whole, maths}
    assert seen("su") == {whole}
    assert seen("zheng") == {maths}
    assert seen("bao") == seen("admin") == set()
    hers = whole.attendances.visible_to(school.su)
    assert [row.name for row in hers] == ["苏婉仪"]


def test_what_a_leaver_has_arranged_goes_to_another(school):
    session = scene.a_session(school)
    source = next(one for one in slots.holdings if one.label == "安排的培训")
    assert list(source.find(school.he)) == [session]
    assert source.name(session) == "网络安全集中培训"
    source.move(session, school.chen, school.admin)
    assert list(source.find(school.he)) == []
    assert session.events.order_by("pk").last().note == "陈希"
    marked(school, session, chen="present")
    actions.hold_session(session, by=school.zheng, at=days(4))
    assert list(source.find(school.chen)) == []


def test_to_dos_go_to_the_asked_and_then_to_the_unit(school):
    session = scene.a_session(school)
    find = next(one for one in slots.todos if one.name == "培训").find
    (todo,) = find(school.zhou, MONDAY)
    assert todo.what == "参加培训：网络安全集中培训"
    assert todo.due == session.starts_at
    assert list(find(school.zheng, MONDAY)) == []
    (todo,) = find(school.zheng, days(4))
    assert todo.what == "登记到会：网络安全集中培训"
    assert list(find(school.zhou, days(4))) == list(find(school.admin, days(4))) == []


def test_a_unit_that_moves_takes_its_sessions_along(school):
    session = scene.a_session(school)
    TrainingSession.objects.filter(pk=session.pk).update(unit_path="elsewhere")
    for follow in slots.unit_moved:
        follow()
    assert scene.fresh(session).unit_path == school.maths.path


def test_presence_words_are_those_of_the_list():
    assert {one.value: one.label for one in Presence} == LABELS
