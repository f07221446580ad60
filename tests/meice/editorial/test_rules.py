"""The rules of 三审三校 one by one: what must be declared, one revision, lanes, stand-ins, terms."""

from datetime import timedelta

import pytest
from tests.meice.editorial import scene
from tests.meice.editorial.scene import MONDAY, hours

from meice.editorial.actions import checking, publishing, reminding, reviewing, submitting, terms
from meice.editorial.actions.writing import Enclosure
from meice.editorial.comparison import PageLook, differences
from meice.editorial.models import Outcome, ReviewStatus
from meice.editorial.workflow import TermName
from meice.inspections.models import Finding
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import Post

pytestmark = pytest.mark.django_db

LINK = "https://sx.huayuan.edu.cn/news/1.htm"


@pytest.fixture
def school():
    return scene.editorial_school()


LACKING = {
    "body": ({"body": ""}, "没有正文"),
    "self-check": ({"is_self_checked": False}, "保密自查五项还没有做"),
    "secret": ({"secrets": ("abroad",)}, "稿件类别须选敏感稿件"),
    "source": ({"origin": "repost", "original_title": "甲"}, "转载须写来源名称和原标题"),
    "original": ({"origin": "repost", "source_name": "华园日报"}, "转载须写来源名称和原标题"),
    "impact": ({"content_class": "important"}, "须写社会影响预判"),
}


def test_what_must_be_declared_before_reviewers_are_asked(school):
    for given, why in LACKING.values():
        made = scene.drafted(school, **given)
        with pytest.raises(Refused, match=why):
            submitting.submit_manuscript(made, by=school.he, at=MONDAY)
    file = scene.a_file(school)
    made = scene.drafted(school, files=(Enclosure(file),))
    with pytest.raises(Refused, match="没有写授权"):
        submitting.submit_manuscript(made, by=school.he, at=MONDAY)


def test_a_secret_mark_is_not_even_kept(school):
    with pytest.raises(Refused, match="本系统不得存放涉密内容"):
        scene.drafted(school, body="机密★10年\n讲座举行。")


def test_an_edit_after_approval_starts_again(school):
    made = scene.approved(school)
    assert made.approved_id == made.revision_id
    made = submitting.reopen_manuscript(made, by=school.he, at=hours(1))
    made = scene.saved(school, made, title="换了标题", at=hours(1))
    made = submitting.submit_manuscript(made, by=school.he, at=hours(1))
    assert (made.round, made.status) == (2, "reviewing")
    assert {one.status for one in scene.fresh(made).present} == {"open", "pending"}
    assert scene.turn(made).name == "一审一校"
    made = scene.passed(made, *scene.three(school), at=hours(2))
    assert made.approved.number == 2


def test_who_has_read_an_older_text_signs_nothing(school):
    made = scene.submitted(school)
    stage = scene.claimed(made, school.zhou)
    with pytest.raises(Refused, match="你看的是第 9 稿"):
        reviewing.pass_review(stage, scene.verdict(made, revision=9), by=school.zhou, at=MONDAY)


def test_nothing_is_published_before_the_last_signature(school):
    site = scene.with_site(school)
    made = scene.passed(scene.submitted(school), school.zhou, school.luo)
    early = [publishing.Place(site, LINK, MONDAY)]
    with pytest.raises(Refused):
        publishing.publish_manuscript(made, early, by=school.he, at=MONDAY)
    made = scene.passed(made, school.zheng, at=hours(5))
    with pytest.raises(Refused, match="先审后发"):
        publishing.publish_manuscript(made, early, by=school.he, at=hours(6))
    late = [publishing.Place(site, LINK, hours(6))]
    made = publishing.publish_manuscript(made, late, by=school.he, at=hours(6))
    assert made.status == "published"


def test_a_link_must_be_the_outlets_own(school):
    site = scene.with_site(school)
    made = scene.approved(school)
    foreign = [publishing.Place(site, "https://elsewhere.example.com/1.htm", MONDAY)]
    with pytest.raises(Refused, match="链接不对"):
        publishing.publish_manuscript(made, foreign, by=school.he, at=MONDAY)


def test_the_urgent_lane_tells_all_at_once_and_keeps_every_signature(school):
    made = scene.submitted(school, lane="urgent")
    present = scene.fresh(made).present
    assert [one.status for one in present] == [ReviewStatus.OPEN] * 3
    assert present[0].due_at == hours(2)
    third = reviewing.claim_review(present[2], by=school.zheng, at=MONDAY)
    with pytest.raises(Refused, match="还没轮到"):
        reviewing.pass_review(third, scene.verdict(made), by=school.zheng, at=MONDAY)
    made = scene.passed(made, school.zhou, school.luo)
    third = scene.fresh(made).present[2]
    made = reviewing.pass_review(third, scene.verdict(made), by=school.zheng, at=hours(1))
    assert made.status == "approved"


def test_a_stand_in_reviews_on_her_days_alone_and_is_named(school):
    made = scene.passed(scene.submitted(school), school.zhou, school.luo)
    post = Post.objects.get(user=school.zheng)
    today = MONDAY.date()
    tomorrow = today + timedelta(days=1)
    terms.add_stand_in(
        post, school.fang, tomorrow, tomorrow, reason="出差", by=school.liang, at=MONDAY
    )
    with pytest.raises(Refused, match="主管领导办理"):
        scene.claimed(made, school.fang)
    stage = scene.claimed(made, school.fang, at=hours(24))
    assert (stage.claimed_name, stage.on_behalf_name) == ("方向", "郑国强")


def test_the_author_is_first_reviewer_only_where_the_school_says_so(school):
    post = Post.objects.get(user=school.he)
    Post.objects.create(user=school.he, unit=post.unit, role="reviewer")
    both = scene.fresh(scene.submitted(school))
    reviewer = type(school.he).objects.get(pk=school.he.pk)
    reviewer.post = Post.objects.get(user=school.he, role="reviewer")
    with pytest.raises(Refused, match="不能自己审"):
        scene.claimed(both, reviewer)
    terms.set_term(TermName.AUTHOR_FIRST, 1, by=school.liang)
    again = scene.submitted(school)
    assert scene.claimed(again, reviewer).is_author


def test_a_late_review_is_reminded_of_once(school):
    made = scene.submitted(school)
    scene.claimed(made, school.zhou)
    before = Notice.objects.count()
    assert reminding.remind_late(hours(23)) == 0
    assert reminding.remind_late(hours(25)) == 1
    assert reminding.remind_late(hours(26)) == 0
    assert Notice.objects.count() == before + 1
    assert made.events.filter(act="remind", by=None).count() == 1


def altered(school, old, new):
    """What is said of a page on which `old` became `new`."""
    made = scene.published(school, scene.with_site(school))
    page = scene.CLEAN.replace(old, new)
    look = PageLook(
        Outcome.DIFFERS, "有 1 处不同", tuple(differences(scene.CLEAN, page)), page.encode()
    )
    checking.keep_check(made.publications.get(), look, at=hours(3))
    return made, Finding.objects.get(code="article-changed")


def test_an_altered_page_is_a_claim_with_the_page_as_its_proof(school):
    made, claim = altered(school, "二百", "三百")
    assert "由周教授主讲，【二】百名同学参加" in claim.evidence_text
    assert "由周教授主讲，【三】百名同学参加" in claim.evidence_text
    assert claim.evidence.get().file_id == made.publications.get().checks.get().page_id
    assert (claim.status, scene.fresh(made).status) == ("found", "published")


def test_a_number_put_on_the_page_is_masked_in_the_claim(school):
    _, claim = altered(school, "讲座由", "电话13800000001。讲座由")
    assert "13800000001" not in claim.evidence_text
    assert "138" in claim.evidence_text


def test_a_correction_replaces_what_stands_there(school):
    site = scene.with_site(school)
    made = scene.published(school, site)
    with pytest.raises(Refused, match="写明哪里有误"):
        publishing.correct_manuscript(made, reason=" ", by=school.he, at=MONDAY)
    made = publishing.correct_manuscript(made, reason="人名有误", by=school.he, at=MONDAY)
    made = scene.saved(school, made, title="更正后的标题")
    made = submitting.submit_manuscript(made, by=school.he, at=MONDAY)
    made = scene.passed(made, *scene.three(school))
    place = publishing.Place(site, LINK, MONDAY)
    made = publishing.publish_manuscript(made, [place], by=school.he, at=MONDAY)
    assert made.status == "corrected"
    standing = made.publications.get(ended_at=None)
    assert standing.revision.title == "更正后的标题"
    assert made.publications.count() == 2


def test_a_withdrawal_has_its_reason_and_tells_those_who_must_delete(school):
    made = scene.published(school, scene.with_site(school))
    with pytest.raises(Refused, match="写明理由"):
        publishing.withdraw_manuscript(made, reason="", by=school.zheng, at=MONDAY)
    made = publishing.withdraw_manuscript(made, reason="内容有误", by=school.zheng, at=MONDAY)
    assert not made.publications.filter(ended_at=None).exists()
    told = set(Notice.objects.filter(text__contains="已撤稿").values_list("user__name", flat=True))
    assert told == {"何嘉敏", "陈希"}
