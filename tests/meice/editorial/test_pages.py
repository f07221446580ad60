"""The pages of the room: they open for whom they are, act, and say what is lacking."""

import pytest
from django.urls import reverse
from tests.meice.editorial import scene

from meice.editorial.models import Manuscript

pytestmark = pytest.mark.django_db


def see(signed_in, person, name, *args, data=None):
    page = signed_in(person).get(reverse(name, args=args), data or {})
    return page.status_code, page.content.decode()


def test_every_page_of_a_published_manuscript_opens(signed_in):
    school = scene.editorial_school()
    site = scene.with_site(school)
    found = scene.published(school, site, body=scene.CLEAN + "\n# 小标题\n> 引文")
    pages = ("manuscript", "manuscript-history", "manuscript-difference", "manuscript-correct")
    for name in pages:
        status, text = see(signed_in, school.he, name, found.pk)
        assert status == 200, name
        assert "数学建模讲座举行" in text
    for name in ("manuscript-list", "manuscript-new"):
        assert see(signed_in, school.he, name)[0] == 200
    for who in (school.liang, school.zheng, school.zhou):
        assert see(signed_in, who, "manuscript-list", data={"view": "all"})[0] == 200
        assert see(signed_in, who, "manuscript", found.pk)[0] == 200
    assert see(signed_in, school.liang, "editorial-settings")[0] == 200
    assert see(signed_in, school.zheng, "manuscript-withdraw", found.pk)[0] == 200
    assert see(signed_in, school.su, "manuscript", found.pk)[0] == 404


def test_a_reviewer_works_at_her_desk(signed_in):
    school = scene.editorial_school()
    found = scene.submitted(school, body=scene.FAULTY)
    browser = signed_in(school.zhou)
    first = scene.turn(found)
    url = reverse("manuscript", args=[found.pk])
    assert "认领" in browser.get(url).content.decode()
    stage = [found.pk, first.pk]
    assert browser.post(reverse("review-claim", args=stage)).status_code == 302
    page = browser.get(url).content.decode()
    assert "还有 1 处「必须处理」" in page
    issue = scene.fresh(found).newest.issues.get(severity="block")
    assert browser.post(reverse("review-pass", args=stage), {"revision": 1}).status_code == 422
    waive = reverse("issue-waive", args=[found.pk, issue.pk])
    assert browser.post(waive, {"reason": "示例号码"}).status_code == 302
    comment = reverse("manuscript-comment", args=[found.pk])
    assert browser.post(comment, {"quote": "周教授", "text": "写全名"}).status_code == 302
    page = browser.get(url).content.decode()
    assert "已放行" in page
    assert "写全名" in page
    sent = {"revision": 1, "gates": scene.GATES, "opinion": "好"}
    assert browser.post(reverse("review-pass", args=stage), sent).status_code == 302
    assert scene.turn(found).name == "二审二校"


def test_an_author_writes_reads_and_sends(signed_in):
    school = scene.editorial_school()
    browser = signed_in(school.he)
    url = reverse("manuscript-new")
    typed = {
        "title": "讲座", "body": "讲座举行。", "form": "article", "content_class": "general",
        "lane": "normal", "origin": "original", "intelligence": "none", "minors": "none",
    }  # fmt: skip
    read = browser.post(url, typed | {"act": "proof"}, headers={"HX-Request": "true"})
    assert "没有发现问题" in read.content.decode()
    page = browser.post(url, typed | {"act": "submit"})
    assert page.status_code == 422
    assert "保密自查五项还没有做" in page.content.decode()
    found = Manuscript.objects.get()
    edit = reverse("manuscript-edit", args=[found.pk])
    assert browser.get(edit).status_code == 200
    sent = browser.post(edit, typed | {"base": 1, "is_self_checked": "on", "act": "submit"})
    assert sent.status_code == 302
    assert scene.fresh(found).status == "reviewing"
