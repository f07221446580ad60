"""A school with a docket in any state, made through the real actions."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from tests.meice.registry.scene import accepted, make_school, opening

from meice.evidence.models import EvidenceKind
from meice.files.actions import keep_file
from meice.impersonations import actions
from meice.impersonations.models import Impersonation, Referral

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai, a working day."""
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
PDF = b"%PDF-1.4 paper"


def days(number, at=MONDAY):
    """So many days later, the same hour."""
    return at + timedelta(days=number)


def school_with_outlet():
    """华园大学 and 华园数信, a WeChat account of 数信学院 in use."""
    school = make_school()
    return school, accepted(school, opening(school)).outlet


def said(name="华園大学表白墙", **given):
    """What a unit says of a fake on WeChat."""
    return actions.DocketText(
        **{
            "platform": "wechat",
            "name": name,
            "account_id": "hydx_bbq",
            "facts": "自称学校官方，发布收费资料。",
            "found_on": date(2026, 11, 20),
            "demands": ["close"],
            "contact_name": "何嘉敏",
            "contact_phone": "020-8000001",
            **given,
        }
    )


def a_file(school, content=PNG, name="截图.png", by=None):
    """A kept upload."""
    return keep_file(BytesIO(content), name=name, by=by or school.he, purpose="impersonation")


def reported(school, text=None, *, by=None, unit=None, at=MONDAY, with_proof=True):
    """By 何嘉敏 for 数信学院, with one screenshot."""
    person = by or school.he
    proofs = [(a_file(school, by=person), EvidenceKind.SCREENSHOT)] if with_proof else []
    made = actions.report_impersonation(
        text or said(), unit=unit or school.maths, by=person, at=at, proofs=proofs
    )
    return made.docket


def judging(school, text=None, *, at=MONDAY, **given):
    """Taken up by the department."""
    docket = reported(school, text, at=at, **given)
    return actions.accept_docket(docket, by=school.liang, at=at)


def confirmed(school, text=None, *, at=MONDAY, **given):
    """A person has judged it a fake."""
    docket = judging(school, text, at=at, **given)
    reason = "看过截图：头像用校徽，自称官方。"
    return actions.confirm_docket(docket, reason=reason, by=school.liang, at=at)


def dismissed(school, text=None, *, at=MONDAY):
    """A person has judged that it is none."""
    docket = judging(school, text, at=at)
    return actions.dismiss_docket(docket, reason="是学生社团，已另行登记。", by=school.liang, at=at)


def applied(school, text=None, *, at=MONDAY, channel="wechat"):
    """Sent to one place, although papers were missing."""
    docket = confirmed(school, text, at=at)
    actions.refer_docket(
        docket, channel, sent_on=at.date(), by=school.liang, at=at, ticket="T1", note="材料当面交"
    )
    return fresh(docket)


def answered(school, text=None, *, at=MONDAY):
    """The platform has done something."""
    docket = applied(school, text, at=at)
    referral = Referral.objects.get(impersonation=docket)
    actions.uphold_referral(
        referral, answered_on=at.date(), answer="已封禁", by=school.liang, at=at
    )
    return fresh(docket)


def watched(school, text=None, *, at=MONDAY):
    """Closed, to be looked at again."""
    docket = answered(school, text, at=at)
    return actions.close_docket(
        docket, outcome="taken_down", note="打开提示账号已注销", by=school.liang, at=at
    )


def returned(school, text=None, *, at=MONDAY):
    """The same account is there again."""
    docket = watched(school, text, at=at)
    return actions.return_docket(docket, note="又搜到了", by=school.liang, at=at)


def closed(school, text=None, *, at=MONDAY):
    """Looked at as often as is set, and still gone."""
    docket = watched(school, text, at=at)
    while docket.status == "watched":
        docket = actions.recheck_docket(
            docket, found="gone", note="搜过三个平台", by=school.liang, at=at
        )
    return docket


STATES = {
    "reported": reported,
    "judging": judging,
    "confirmed": confirmed,
    "dismissed": dismissed,
    "applied": applied,
    "watched": watched,
    "closed": closed,
    "returned": returned,
}


def fresh(docket):
    """The row as the database has it."""
    return Impersonation.objects.get(pk=docket.pk)
