"""A school with manuscripts in any state, made through the real actions."""

from datetime import timedelta
from io import BytesIO

from tests.meice.registry.scene import MONDAY, accepted, make_person, make_school, opening

from meice.editorial.actions import publishing, reviewing, submitting, writing
from meice.editorial.actions.reviewing import Verdict
from meice.editorial.models import Gate, Manuscript
from meice.files.actions import keep_file
from meice.orgs.roles import Role

GATES = [gate.value for gate in Gate]
CLEAN = "近日，数学与信息学院举办数学建模讲座。讲座由周教授主讲，二百名同学参加。"
FAULTY = "讲座由周教授主讲。联系人身份证号为 11010519491231002X，请报名。"
"""With an identity number, which blocks."""


def hours(number, at=MONDAY):
    """So many hours later."""
    return at + timedelta(hours=number)


def editorial_school():
    """华园大学 with the people that three reviews need: 数信学院 has two reviewers and a leader."""
    school = make_school()
    more = {
        "luo": ("M005", "罗敏", school.maths, Role.REVIEWER),
        "gu": ("M006", "顾然", school.maths, Role.REVIEWER),
        "pan": ("A004", "潘越", school.arts, Role.REVIEWER),
    }
    for key, (number, name, unit, role) in more.items():
        school.people[key] = make_person(number, name, unit, role)
    return school


def with_site(school, url="https://sx.huayuan.edu.cn/"):
    """The same, and a site of 数信学院 in the register."""
    return accepted(
        school,
        opening(
            school, name="数信学院网站", platform="website", url=url, icp="粤ICP备05000001号-1"
        ),
    ).outlet


def written(**given):
    """A whole text without faults."""
    values = {"title": "数学建模讲座举行", "body": CLEAN, "is_self_checked": True}
    return writing.Written(**{**values, **given})


def drafted(school, by=None, at=MONDAY, **given):
    """By 何嘉敏."""
    return writing.draft_manuscript(school.maths, written(**given), by=by or school.he, at=at)


def saved(school, manuscript, by=None, at=MONDAY, **given):
    """One more revision."""
    base = fresh(manuscript).newest.number
    return writing.save_revision(manuscript, written(**given), base=base, by=by or school.he, at=at)


def submitted(school, at=MONDAY, **given):
    """With the first reviewer's desk."""
    return submitting.submit_manuscript(drafted(school, at=at, **given), by=school.he, at=at)


def turn(manuscript):
    """The stage whose turn it is."""
    return fresh(manuscript).turn


def verdict(manuscript, **given):
    """All gates ticked, for the text as it is now."""
    values = {"revision": fresh(manuscript).newest.number, "gates": GATES, "opinion": "同意。"}
    return Verdict(**{**values, **given})


def claimed(manuscript, by, at=MONDAY):
    """The present stage in her hands."""
    return reviewing.claim_review(turn(manuscript), by=by, at=at)


def passed(manuscript, *people, at=MONDAY, **given):
    """Each of `people` claims and passes the stage whose turn it is."""
    for person in people:
        review = claimed(manuscript, person, at)
        manuscript = reviewing.pass_review(review, verdict(manuscript, **given), by=person, at=at)
    return manuscript


def three(school):
    """Who does 一审, 二审 and 三审 of 数信学院."""
    return school.zhou, school.luo, school.zheng


def approved(school, at=MONDAY, **given):
    """All signatures given."""
    return passed(submitted(school, at=at, **given), *three(school), at=at)


def published(school, outlet, url="https://sx.huayuan.edu.cn/news/1.htm", at=MONDAY, **given):
    """Out on the site."""
    manuscript = approved(school, at=at, **given)
    places = [publishing.Place(outlet, url, at)]
    return publishing.publish_manuscript(manuscript, places, by=school.he, at=at)


def a_file(school, name="通报会.txt", content=b"plain words", by=None):
    """A kept upload."""
    return keep_file(BytesIO(content), name=name, by=by or school.he, purpose="manuscript")


def fresh(manuscript):
    """The row as the database has it."""
    found = Manuscript.objects.select_related("unit", "author", "revision")
    return found.get(pk=manuscript.pk)
