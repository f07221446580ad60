"""An incident from the report to the lessons: each step allowed and denied."""

import pytest
from tests.meice.incidents import scene
from tests.meice.incidents.scene import MONDAY, minutes

from meice.audit.models import AppendOnly, Entry
from meice.evidence.models import Evidence
from meice.incidents import actions
from meice.incidents.classes import CLASSES, IncidentKind
from meice.incidents.models import Incident, IncidentEvent
from meice.kernel.access import Refused
from meice.notices.models import Notice


def acts(incident):
    return list(incident.events.values_list("act", flat=True))


def told(incident):
    """Names of those in whose inbox it stands."""
    rows = Notice.objects.filter(url=incident.get_absolute_url())
    return sorted(set(rows.values_list("user__name", flat=True)))


def test_a_report_gets_number_timers_and_readers(school, outlet):
    incident = scene.reported(school, outlet=outlet, files=[scene.a_file(school)])
    assert incident.number == "SJ-2026-0001"
    assert incident.status == "open"
    assert (incident.claim_by, incident.act_by) == (minutes(15), minutes(30))
    assert incident.clear_by == minutes(60)
    assert told(incident) == ["梁文博", "郑国强", "陈希", "黄志远"]  # not 何嘉敏, who reported it
    assert acts(incident) == ["report", "evidence", "call"]
    assert Evidence.objects.of(incident.case).get().name == "截屏.png"
    ordinary = scene.reported(school, kind="opinion", severity="ordinary")
    assert (ordinary.number, ordinary.clear_by) == ("SJ-2026-0002", None)


def test_every_class_has_what_it_needs():
    assert {one.kind for one in CLASSES} == set(IncidentKind)
    assert all(one.first and one.source for one in CLASSES)


def test_the_whole_way_to_the_lessons(school):
    incident, letter = scene.referred(school)
    assert (incident.status, letter.number) == ("referred", "媒转〔2026〕1号")
    with pytest.raises(Refused, match="还没有签收"):
        actions.close_incident(
            incident, conclusion="完", lessons="改", by=school.liang, at=minutes(40)
        )
    actions.receive_letter(letter, by=school.bao, at=minutes(45))
    done = actions.close_incident(
        scene.fresh(incident),
        conclusion="已处理",
        lessons="换口令",
        by=school.liang,
        at=minutes(50),
    )
    assert done.status == "closed"
    assert acts(done) == [
        "report", "call", "acknowledge", "clear", "refer", "receive", "close",
    ]  # fmt: skip
    assert Entry.objects.filter(target_id=str(done.pk), act__startswith="incident.").count() == 6


def test_an_end_needs_words(school):
    incident = scene.handled(school)
    with pytest.raises(Refused, match="教训"):
        actions.close_incident(
            incident, conclusion="完", lessons=" ", by=school.liang, at=minutes(40)
        )
    with pytest.raises(Refused, match="理由"):
        actions.dismiss_incident(incident, reason="", by=school.liang, at=minutes(40))


def test_harmful_content_has_to_be_gone_or_passed_on(school):
    incident = scene.handled(school, cleared=False)
    with pytest.raises(Refused, match="还没有记为已清除"):
        actions.close_incident(
            incident, conclusion="完", lessons="改", by=school.liang, at=minutes(40)
        )
    gone = actions.take_measure(
        incident, text="平台已下架", cleared=True, by=school.he, at=minutes(41)
    )
    assert gone.cleared_at == minutes(41)
    assert gone.acted_at == minutes(20)


def test_a_false_alarm_is_a_persons_word_and_not_the_reporters_or_the_units(school):
    hers = scene.reported(school, by=school.liang)
    for who in (school.liang, school.zheng, school.shen):
        with pytest.raises(Refused):
            actions.dismiss_incident(hers, reason="旧图", by=who, at=minutes(2))
    done = actions.dismiss_incident(hers, reason="旧图", by=school.huang, at=minutes(2))
    assert (done.status, done.look_at, done.conclusion) == ("dismissed", None, "旧图")


def test_reopened_it_begins_anew_and_the_timeline_keeps_what_was(school):
    incident = actions.reopen_incident(
        scene.closed(school), reason="又出现了", by=school.liang, at=minutes(300)
    )
    assert (incident.status, incident.round, incident.handler) == ("open", 2, None)
    assert incident.claim_by == minutes(315)
    assert incident.conclusion == incident.lessons == ""
    assert scene.LESSONS in incident.events.get(act="close").note
    assert "acknowledge" in acts(incident)


def test_duplicates_are_merged_and_parted_again(school):
    gone, target = scene.merged(school)
    assert (gone.status, gone.merged_into_id) == ("merged", target.pk)
    assert "SJ-2026-0002 并入本事件" in target.events.get(act="absorb").note
    other = scene.reported(school, title="第三次")
    with pytest.raises(Refused, match="已有事件并入它"):
        actions.merge_incident(target, target=other, by=school.liang, at=minutes(30))
    back = actions.split_incident(gone, by=school.liang, at=minutes(40))
    assert (back.status, back.merged_into, back.round) == ("open", None, 2)


@pytest.mark.parametrize("case", ["itself", "a merged one", "a drill"])
def test_what_cannot_be_merged(school, case):
    gone, _ = scene.merged(school)
    other = scene.reported(school, title="第三次")
    into = {
        "itself": other,
        "a merged one": gone,
        "a drill": scene.reported(school, by=school.liang, is_drill=True),
    }[case]
    with pytest.raises(Refused):
        actions.merge_incident(other, target=into, by=school.liang, at=minutes(30))


def test_the_timeline_is_never_changed(school):
    event = scene.reported(school).events.first()
    event.note = "改"
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        IncidentEvent.objects.filter(pk=event.pk).update(note="改")


def test_the_database_refuses_to_change_the_timeline(school, append_only):
    from django.db import connection, transaction

    event = scene.reported(school).events.first()
    with (
        pytest.raises(Exception, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE incidents_incidentevent SET note='x' WHERE id=%s", [event.pk])


def test_another_class_moves_timers_and_calls_security(school):
    incident = scene.reported(school, kind="opinion", severity="ordinary")
    assert incident.clear_by is None
    said = actions.Grading("hijacked", "extreme", school.maths, reason="账号被盗")
    graded = actions.grade_incident(incident, said, by=school.liang, at=minutes(3))
    assert (graded.claim_by, graded.clear_by) == (minutes(10), minutes(60))
    assert graded.is_security
    assert "葛云" in told(graded)


def test_an_incident_changes_hands(school):
    incident = scene.claimed(school)
    done = actions.assign_incident(incident, to=school.chen, by=school.zheng, at=minutes(6))
    assert (done.handler, "陈希" in told(done)) == (school.chen, True)
    with pytest.raises(Refused, match="办不了"):
        actions.assign_incident(done, to=school.su, by=school.zheng, at=minutes(7))
    with pytest.raises(Refused, match="主管领导或宣传部"):
        actions.assign_incident(done, to=school.he, by=school.chen, at=minutes(7))


def test_security_sees_its_classes_and_what_was_passed_to_it(school):
    plain = scene.handled(school)
    scene.reported(school, kind="tampered", title="首页被改")
    seen = Incident.objects.visible_to(school.bao)
    assert list(seen.values_list("kind", flat=True)) == ["tampered"]
    actions.refer_incident(plain, scene.a_letter("network"), by=school.he, at=minutes(30))
    assert seen.count() == 2
    assert not Incident.objects.visible_to(school.su).exists()
    assert not Incident.objects.visible_to(school.admin).exists()
    assert Incident.objects.visible_to(school.shen).count() == 2


def test_letters_leave_the_school_by_the_offices_alone(school):
    incident = scene.handled(school)
    outward = scene.a_letter("police", addressee="市公安局网安支队")
    with pytest.raises(Refused, match="宣传部或保卫"):
        actions.refer_incident(incident, outward, by=school.he, at=minutes(30))
    with pytest.raises(Refused, match="收文单位"):
        actions.refer_incident(incident, scene.a_letter("police"), by=school.liang, at=minutes(30))
    letter = actions.refer_incident(incident, outward, by=school.liang, at=minutes(30))
    with pytest.raises(Refused, match="签收时间"):
        actions.receive_letter(letter, by=school.liang, at=minutes(40), received_at=minutes(90))
    kept = actions.receive_letter(
        letter, by=school.liang, at=minutes(90), name="值班民警", received_at=minutes(80),
        scan=scene.a_file(school, "回执.png"),
    )  # fmt: skip
    assert (kept.received_by, kept.received_at, kept.recorded_by) == (
        "值班民警", minutes(80), school.liang,
    )  # fmt: skip


def test_a_drill_stays_in_the_house(school):
    drill = scene.reported(school, by=school.liang, is_drill=True)
    assert (drill.number, drill.shown_title[:4]) == ("YL-2026-0001", "【演练】")
    actions.acknowledge_incident(drill, by=school.he, at=minutes(3))
    outward = scene.a_letter("police", addressee="市公安局")
    with pytest.raises(Refused, match="不出校门"):
        actions.refer_incident(drill, outward, by=school.liang, at=minutes(5))
    inside = actions.refer_incident(drill, scene.a_letter(), by=school.liang, at=minutes(5))
    assert inside.number == "演练媒转〔2026〕1号"
    assert scene.reported(school).number == "SJ-2026-0001"
    with pytest.raises(Refused, match="演练由"):
        scene.reported(school, is_drill=True)


def test_who_may_report(school):
    for who, allowed in (("he", True), ("zhou", True), ("bao", True), ("shen", False),
                         ("admin", False), ("su", False)):  # fmt: skip
        try:
            scene.reported(school, by=school.people[who])
            passed = True
        except Refused:
            passed = False
        assert passed is allowed, who
    assert scene.reported(school, by=school.su, unit=school.university).reported_by == school.su
    assert scene.reported(school, by=None, at=MONDAY).reporter_name == "何嘉敏"
