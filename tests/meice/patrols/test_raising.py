"""A problem is told on with everything that was written: words, pictures, place, who, when."""

import pytest
from tests.meice.patrols import scene
from tests.meice.patrols.scene import MONDAY, NOON, a_photo, a_round, answered, fresh

from meice.evidence.models import Evidence as Kept
from meice.incidents import actions as incidents
from meice.incidents.models import Incident
from meice.inspections.models import Evidence, Finding
from meice.kernel.access import Refused
from meice.patrols import actions
from meice.patrols.actions import FindingText, IncidentText
from meice.patrols.documents.book import lines_of
from meice.patrols.models import Answer, Round

ADVERT = "置顶评论为校外贷款广告，含二维码"


@pytest.fixture
def answer(school, visit):
    """A problem with its words and a screenshot; another screenshot of something else."""
    answered(school, visit, comments=ADVERT)
    a_photo(school, visit, "comments")
    a_photo(school, visit, "links", content=scene.PICTURE + b"links", name="链接.png")
    return Answer.objects.get(key="comments")


def told(answer, by, text=ADVERT):
    return actions.raise_finding(answer, FindingText("gambling", text), by=by, at=NOON)


def test_the_units_own_word_goes_into_the_queue_with_its_picture(school, round, visit, answer):
    finding = told(answer, school.he)
    assert (finding.origin, finding.status, finding.outlet) == ("self-check", "found", visit.outlet)
    assert finding.evidence_text == ADVERT
    assert finding.message == "内容巡查 2026年11月23日 上午巡查"
    assert [proof.file.name for proof in Evidence.objects.filter(finding=finding)] == ["截图.png"]
    assert fresh(answer).finding == finding
    assert fresh(round).loose_count == 0


def test_the_departments_word_is_a_spot_check(school):
    made = a_round(school, unit=school.university, by=school.liang, patrollers=[school.liang])
    visit = made.visits.get(platform="wechat")
    answered(school, visit, by=school.liang, comments=ADVERT)
    assert told(Answer.objects.get(key="comments"), school.liang).origin == "spot-check"


def test_a_problem_is_told_on_once_and_then_stands(school, visit, answer):
    told(answer, school.he)
    with pytest.raises(Refused, match="已经记为发现"):
        told(answer, school.he)
    with pytest.raises(Refused, match="已经报出"):
        answered(school, visit)
    assert Finding.objects.count() == 1
    with pytest.raises(Refused, match="截图留作证据"):
        actions.drop_photo(visit.photos.first(), by=school.he, at=NOON)


def test_what_is_no_problem_or_has_no_words_is_not_told_on(school, visit):
    answered(school, visit, comments="", links=None)
    for key, reason in (("comments", "先写下"), ("links", "选了「有问题」"), ("content", "选了")):
        with pytest.raises(Refused, match=reason):
            told(Answer.objects.get(key=key), school.he)


def reported(answer, by, kind="harmful"):
    return actions.raise_incident(
        answer, IncidentText(kind, "评论区有贷款广告", ADVERT), by=by, at=NOON
    )


def test_an_incident_takes_words_picture_and_place_along(school, round, visit, answer):
    made = reported(answer, school.he)
    assert (made.source, made.severity, made.outlet) == ("patrol", "grave", visit.outlet)
    assert made.unit == school.maths
    assert made.text == f"{ADVERT}\n（内容巡查 2026年11月23日 上午巡查）"
    assert [piece.name for piece in Kept.objects.of(made.case)] == ["截图.png"]
    assert fresh(round).loose_count == 0
    assert round.events.last().label == "报事件"
    with pytest.raises(Refused, match="已经报过事件"):
        reported(answer, school.he)
    assert told(answer, school.he).pk
    assert Incident.objects.count() == 1


def test_the_pictures_of_a_round_are_chained_as_evidence(school, round, visit, answer):
    pieces = list(Kept.objects.of(round.case))
    assert [(piece.number, piece.name) for piece in pieces] == [(1, "截图.png"), (2, "链接.png")]
    assert pieces[1].previous == pieces[0].own_hash
    actions.drop_photo(visit.photos.last(), by=school.he, at=NOON)
    assert Kept.objects.of(round.case).count() == 2


def test_a_stranger_to_the_round_tells_nothing(school, answer):
    for person in (school.chen, school.zheng, school.su, school.shen, school.admin):
        with pytest.raises(Refused):
            told(answer, person)
        with pytest.raises(Refused):
            reported(answer, person)
    assert not Finding.objects.exists()


def test_what_was_mended_on_the_spot_goes_along(school, visit):
    scene.dealt_with(school, visit, at=MONDAY)
    answer = Answer.objects.get(key="comments")
    assert (answer.measure, answer.is_loose) == ("已删除该评论", False)
    assert told(answer, school.he).pk


def test_the_book_says_who_dealt_with_it_and_where_it_was_passed(school, round, visit, answer):
    made = incidents.acknowledge_incident(reported(answer, school.he), by=school.chen, at=NOON)
    said = incidents.LetterText("guard", "见截图", "请核查发布者")
    letter = incidents.refer_incident(made, said, by=school.liang, at=NOON)
    line = next(line for line in lines_of(Round.objects.all()) if line.visit == visit)
    assert line.handlers == "陈希"
    assert line.told == f"报事件 {made.number}（已转送）；转送保卫处 {letter.number}"
