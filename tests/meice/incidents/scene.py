"""A school with an incident in any state, made through the real actions."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from tests.meice.registry.scene import accepted, make_school, opening

from meice.files.actions import keep_file
from meice.incidents import actions
from meice.incidents.models import Incident

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
LESSONS = "团委账号改由在编教师管理，口令当天更换。"


def minutes(number, at=MONDAY):
    """So many minutes later."""
    return at + timedelta(minutes=number)


def school_with_outlet():
    """华园大学 and 华园数信, a WeChat account of 数信学院 in use."""
    school = make_school()
    return school, accepted(school, opening(school)).outlet


def reported(school, by=None, at=MONDAY, **given):
    """有害信息 at 数信学院, seen by 何嘉敏: an hour until it has to be gone."""
    facts = {
        "unit": school.maths,
        "title": "评论区出现赌博广告",
        "text": "11月20日推文下有 3 条带二维码的赌博广告。",
        "kind": "harmful",
        "severity": "grave",
        "source": "person",
        **given,
    }
    return actions.report_incident(**facts, by=by or school.he, at=at)


def claimed(school, by=None, at=MONDAY, **given):
    incident = reported(school, at=at, **given)
    return actions.acknowledge_incident(incident, by=by or school.he, at=minutes(5, at))


def handled(school, at=MONDAY, cleared=True, **given):
    """A measure taken, by default the content is gone."""
    incident = claimed(school, at=at, **given)
    return actions.take_measure(
        incident, text="已截屏、删除评论并拉黑", cleared=cleared, by=school.he, at=minutes(20, at)
    )


def a_letter(office="guard", **given):
    """What is written to another office."""
    return actions.LetterText(
        **{"office": office, "facts": "见编号所列情况。", "request": "请协助核查发布者。", **given}
    )


def referred(school, office="guard", by=None, at=MONDAY, **given):
    """(incident, letter) after 转送."""
    incident = handled(school, at=at, **given)
    named = {"addressee": "市网信办"} if office in ("cyberspace", "police") else {}
    letter = actions.refer_incident(
        incident, a_letter(office, **named), by=by or school.liang, at=minutes(30, at)
    )
    return fresh(incident), letter


def closed(school, at=MONDAY, **given):
    incident = handled(school, at=at, **given)
    return actions.close_incident(
        incident, conclusion="评论已清除，账号已加固。", lessons=LESSONS, by=school.liang,
        at=minutes(90, at),
    )  # fmt: skip


def dismissed(school, at=MONDAY, **given):
    incident = reported(school, at=at, **given)
    return actions.dismiss_incident(
        incident, reason="截图是去年的，早已清除。", by=school.liang, at=minutes(8, at)
    )


def merged(school, at=MONDAY):
    """(duplicate, target)."""
    target = handled(school, at=at)
    again = reported(school, by=school.zhou, at=minutes(3, at), title="有人在评论里发赌博广告")
    gone = actions.merge_incident(again, target=target, by=school.liang, at=minutes(25, at))
    return gone, fresh(target)


def a_file(school, name="截屏.png", by=None, content=PNG):
    """A kept upload."""
    return keep_file(BytesIO(content), name=name, by=by or school.he, purpose="incident-evidence")


def fresh(incident):
    """The row as the database has it."""
    return Incident.objects.get(pk=incident.pk)
