"""A school that demands two topics; sessions, attendance and certificates by real acts."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import openpyxl
from tests.meice.registry.scene import make_person, make_school

from meice.files.actions import keep_file
from meice.training import actions
from meice.training.models import Presence, TrainingSession, TrainingTopic

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""
TODAY = date(2026, 11, 23)


def days(number, at=MONDAY):
    return at + timedelta(days=number)


def a_school():
    """华园大学 demands 网络安全 of operators, reviewers and security for a year, 政策法规 of leaders
    and operators for ever."""
    school = make_school()
    a_topic(school)
    a_topic(school, "政策法规", ("operator", "leader"), 0)
    return school


def a_topic(school, name="网络安全", roles=("operator", "reviewer", "security"), months=12):
    return actions.set_topic(name, roles, months, by=school.liang)


def topic(name="网络安全"):
    return TrainingTopic.objects.get(name=name)


def a_session(school, unit=None, by=None, at=MONDAY, files=(), **given):
    """In three days; for the operators and reviewers of the unit."""
    unit = unit or school.maths
    facts = actions.SessionFacts(
        **{
            "title": "网络安全集中培训", "topic": given.pop("topic", None) or topic(),
            "scope": unit, "roles": ["operator", "reviewer"], "starts_at": days(3, at),
            "place": "行政楼 301", **given,
        }
    )  # fmt: skip
    return actions.plan_session(unit, facts, by=by or school.he, at=at, files=files)


def marked(school, session, by=None, at=None, **people):
    """`he="present"` by the name in the school."""
    marks = {getattr(school, name).pk: presence for name, presence in people.items()}
    at = at or session.starts_at + timedelta(hours=3)
    return actions.mark_attendance(session, marks, by=by or school.he, at=at)


def held(school, *names, at=MONDAY, **given):
    """A session that has taken place; these were there, the others are not told of."""
    session = a_session(school, at=at, **given)
    marked(school, session, **dict.fromkeys(names, Presence.PRESENT))
    by = given.get("by") or school.he
    return actions.hold_session(session, by=by, at=session.starts_at + timedelta(hours=4))


def a_certificate(school, user=None, by=None, at=MONDAY, file=None, **given):
    facts = actions.CertificateFacts(
        **{
            "user": user or school.he, "name": "网络安全合格证", "issued_on": date(2026, 1, 5),
            "topic": topic(), "number": "HY-26-001", "valid_until": date(2027, 1, 4), **given,
        }
    )  # fmt: skip
    return actions.add_certificate(facts, by=by or school.he, at=at, file=file)


def a_file(school, name="讲义.pdf"):
    return keep_file(BytesIO(b"%PDF-1.4 slides"), name=name, by=school.he, purpose="training")


def a_list(*rows, head=("工号", "姓名", "单位", "到会情况")):
    """The bytes of a workbook of who was there."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["网络安全集中培训 签到"])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    stream = BytesIO()
    book.save(stream)
    book.close()
    return stream.getvalue()


def fresh(session):
    return TrainingSession.objects.select_related("unit", "scope", "topic").get(pk=session.pk)


def presences(session):
    rows = session.attendances.in_order()
    return {row.name: str(row.presence) for row in rows}


def newcomer(school, name="林晓", role="operator", unit=None, number="M9"):
    return make_person(number, name, unit or school.maths, role)
