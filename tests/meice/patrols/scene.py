"""A school with a plan and rounds in any state, made through the real actions."""

from datetime import UTC, datetime, time, timedelta
from io import BytesIO

from tests.meice.registry.scene import accepted, make_school, opening

from meice.patrols import actions
from meice.patrols.actions import PlanText, Said, VisitText
from meice.patrols.models import Round, Seen
from meice.patrols.rhythm import Rhythm

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""9:00 in Shanghai, a working day; a round of the morning is open."""
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"shot" * 20


def hours(number, at=NOON):
    """So many hours later."""
    return at + timedelta(hours=number)


def school_with_outlets():
    """华园大学 with 华园数信 (WeChat) and the site of 数信学院."""
    school = make_school()
    wechat = accepted(school, opening(school)).outlet
    site = accepted(
        school,
        opening(
            school, name="数信学院网站", platform="website", url="https://sx.huayuan.edu.cn",
            account_id="", permanent_id="", icp="粤ICP备05008874号",
        ),
    ).outlet  # fmt: skip
    return school, wechat, site


def a_plan(school, by=None, at=MONDAY, **given):
    """上午巡查 of 数信学院 by 何嘉敏, on working days, made a day before."""
    values = {
        "name": "上午巡查", "unit": school.maths, "rhythm": Rhythm.WORKDAYS,
        "begins_at": time(8, 30), "due_at": time(12), "patrollers": [school.he],
    }  # fmt: skip
    return actions.create_plan(
        PlanText(**{**values, **given}), by=by or school.zhou, at=at - timedelta(days=1)
    )


def a_round(school, at=MONDAY, **given):
    """Opened by the job at nine."""
    a_plan(school, at=at, **given)
    actions.open_rounds(at)
    return Round.objects.latest("pk")


def keys_of(visit):
    """The checks that are asked of an outlet."""
    return [check.key for check in visit.round.checklist.checks_for(visit.kind)]


def answered(school, visit, by=None, at=MONDAY, note="", **answers):
    """All well but what is named: `comments="置顶评论为校外贷款广告"` is a problem, `links=None` could
    not be seen."""
    said = {key: Said(Seen.OK) for key in keys_of(visit)}
    for key, words in answers.items():
        said[key] = Said(Seen.UNSEEN) if words is None else Said(Seen.PROBLEM, words)
    return actions.answer_visit(visit, VisitText(said, note), by=by or school.he, at=at)


def dealt_with(school, visit, key="comments", at=MONDAY):
    """A problem that was mended on the spot."""
    said = {one: Said(Seen.OK) for one in keys_of(visit)}
    said[key] = Said(Seen.PROBLEM, "置顶评论为校外贷款广告", "已删除该评论")
    return actions.answer_visit(visit, VisitText(said), by=school.he, at=at)


def walked(school, round, by=None, at=MONDAY):
    """Every outlet all well; not finished."""
    for visit in round.visits.all():
        actions.fine_visit(visit, by=by or school.he, at=at)
    return fresh(round)


def finished(school, round, at=MONDAY):
    """Walked and finished by 何嘉敏."""
    return actions.finish_round(walked(school, round, at=at), by=school.he, at=at)


def a_photo(school, visit, key="", content=PICTURE, name="截图.png", at=MONDAY):
    """A screenshot by 何嘉敏."""
    return actions.add_photo(visit, BytesIO(content), name=name, key=key, by=school.he, at=at)


def fresh(row):
    """The row as the database has it."""
    return type(row).objects.get(pk=row.pk)
