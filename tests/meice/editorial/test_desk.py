"""The reviewer's desk: what is open under a gate, one click to the author, a title beside ours."""

import pytest
from django.urls import reverse
from tests.meice.editorial import scene

from meice.editorial.workflow import TermName

pytestmark = pytest.mark.django_db


def page_of(signed_in, person, made):
    return signed_in(person).get(reverse("manuscript", args=[made.pk])).content.decode()


def test_a_draft_shows_the_stages_it_would_go_through(signed_in):
    school = scene.editorial_school()
    made = scene.drafted(school, content_class="important")
    text = page_of(signed_in, school.he, made)
    stages = ("撰写", "一审一校", "二审二校", "三审三校", "宣传部加审", "授权发布")
    assert [text.index(f"</svg>{one}") for one in stages] == sorted(
        text.index(f"</svg>{one}") for one in stages
    )
    assert reverse("manuscript-sheet", args=[made.pk]) not in text


def test_an_open_issue_stands_under_its_gate_until_it_is_waived(signed_in):
    school = scene.editorial_school()
    made = scene.submitted(school, body=scene.FAULTY)
    scene.claimed(made, school.zhou)
    place = scene.fresh(made).newest.issues.get(severity="block").place
    text = page_of(signed_in, school.zhou, made)
    gate = text[text.index("保密关") :]
    assert gate.index(f"第 {place} 处未处理") < gate.index("文字关")
    issue = scene.fresh(made).newest.issues.get(severity="block")
    scene.reviewing.waive_issue(issue, reason="示例", by=school.zhou, at=scene.MONDAY)
    assert "处未处理" not in page_of(signed_in, school.zhou, made)


def test_the_author_is_asked_with_one_click_at_the_words(signed_in):
    school = scene.editorial_school()
    made = scene.submitted(school, body=scene.FAULTY)
    scene.claimed(made, school.zhou)
    text = page_of(signed_in, school.zhou, made)
    assert "请作者改" in text
    assert "请作者改" not in page_of(signed_in, school.he, made)
    issue = scene.fresh(made).newest.issues.get(severity="block")
    url = reverse("manuscript-comment", args=[made.pk])
    sent = {"quote": issue.text, "near": issue.start, "text": f"请改：{issue.message}"}
    assert signed_in(school.zhou).post(url, sent).status_code == 302
    comment = made.comments.get()
    assert (comment.start, comment.end) == (issue.start, issue.end)


def test_an_issue_of_a_word_can_be_called_a_false_alarm_where_it_stands(signed_in):
    school = scene.editorial_school()
    made = scene.submitted(school, body="大家迫不急待地报名。")
    text = page_of(signed_in, school.zhou, made)
    assert 'name="rule" value="typo"' in text
    assert 'name="word" value="迫不急待"' in text


def test_the_original_title_stands_beside_ours(signed_in):
    school = scene.editorial_school()
    said = {"origin": "repost", "source_name": "华园日报", "original_title": "讲座将举行"}
    made = scene.submitted(school, title="讲座未举行", **said)
    text = page_of(signed_in, school.zhou, made)
    assert "原标题</b><span>讲座将举行</span>" in text
    assert "讲座<del>将</del><ins>未</ins>举行" in text
    assert "华园日报（没有导入稿源名单，未核对）" in text


def test_the_sheet_is_one_click_away_once_it_was_sent(signed_in):
    school = scene.editorial_school()
    made = scene.submitted(school)
    link = reverse("manuscript-sheet", args=[made.pk])
    assert link in page_of(signed_in, school.he, made)
    assert signed_in(school.he).get(link).status_code == 200


def test_the_settings_page_does_not_tick_what_is_not_allowed(signed_in):
    """Saving the page as it opens must not let authors review their own texts."""
    school = scene.editorial_school()
    browser = signed_in(school.liang)
    text = browser.get(reverse("editorial-settings")).content.decode()
    field = text[text.index('name="author-first"') :].split(">")[0]
    assert "checked" not in field
    scene.submitting.terms.set_term(TermName.AUTHOR_FIRST, 1, by=school.liang)
    text = browser.get(reverse("editorial-settings")).content.decode()
    assert "checked" in text[text.index('name="author-first"') :].split(">")[0]
