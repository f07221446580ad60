"""The pages of the library, and the tag by which other pages cite a clause."""

from io import BytesIO

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.answers import body
from tests.meice.regulations import scene

from meice.regulations.models import Clause, Document

pytestmark = pytest.mark.django_db
CITED = "{% load regulations %}{% clause a %}|{% clause b %}|{% clause c %}"


@pytest.fixture
def school(db):
    return scene.stocked()


def said(page):
    return page.content.decode()


def test_the_department_records_a_document_and_cuts_it(school, signed_in):
    browser = signed_in(school.liang)
    file = BytesIO(b"%PDF-1.4 text")
    file.name = "办法.pdf"
    data = {"title": "校内办法", "reach": "own", "in_force_on": "2026-01-01", "file": file}
    page = browser.post(reverse("regulation-new"), data, follow=True)
    document = Document.objects.get(title="校内办法")
    assert "办法.pdf" in said(page)
    assert body(browser.get(reverse("regulation-file", args=[document.pk]))) == b"%PDF-1.4 text"
    cut = reverse("regulation-cut", args=[document.pk])
    assert "新的 3 条" in said(browser.post(cut, {"text": scene.TEXT}))
    assert not document.clauses.exists()
    browser.post(cut, {"text": scene.TEXT, "save": "1"})
    assert document.clauses.count() == 3
    again = browser.post(cut, {"text": scene.TEXT, "save": "1"})
    assert again.status_code == 422
    clause = document.clauses.get(number="第二条")
    url = reverse("clause-edit", args=[clause.key])
    browser.post(url, {"number": "第二条", "text": "改过的内容"})
    assert "改过的内容" in said(browser.get(clause.get_absolute_url()))
    browser.post(reverse("clause-drop", args=[clause.key]))
    assert "已删去" in said(browser.get(clause.get_absolute_url()))
    assert (
        "改过的内容"
        not in said(browser.get(document.get_absolute_url() + "?")).split("维护记录")[0]
    )


def test_the_list_filters_and_finds_words_of_a_clause(school, signed_in):
    scene.own_document(school)
    browser = signed_in(school.he)
    found = said(browser.get(reverse("regulation-list"), {"q": "三个工作日"}))
    assert "第十一条" in found
    assert "符合条件 <b>1</b> 份" in found
    assert "没有符合条件" in said(browser.get(reverse("regulation-list"), {"q": "没有的词"}))
    assert "录入文件" not in found
    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.get(reverse("regulation-list"), {"q": "备案"})
    assert len(queries) <= 12


def test_others_do_not_find_the_library(school, signed_in):
    assert signed_in(school.admin).get(reverse("regulation-list")).status_code == 404
    assert signed_in(school.he).get(reverse("clause", args=["no/1"])).status_code == 404
    assert signed_in(school.he).get(reverse("regulation-new")).status_code == 403


def test_a_citation_is_a_link_where_the_library_has_it(school):
    request = RequestFactory().get("/")
    request.user = school.he
    values = {"a": "net-name/6", "b": "通知 一（二）", "c": "别的<文件>", "request": request}
    with CaptureQueriesContext(connection) as queries:
        shown = Template(CITED).render(Context(values))
    first, second, third = shown.split("|")
    assert 'href="/clauses/net-name/6/"' in first
    assert "《互联网用户账号名称管理规定》第六条" in first
    assert second.endswith(">通知 一（二）</a>")
    assert third == "别的&lt;文件&gt;"
    assert len(queries) <= 2
    Clause.objects.all().delete()
    bare = Template(CITED).render(Context(values | {"request": None}))
    assert bare.startswith("net-name/6|")
