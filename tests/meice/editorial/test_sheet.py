"""发稿审批单: all that was declared and signed, on paper and as .docx, of one revision."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from tests.meice.editorial import lexicon_scene, scene
from tests.meice.registry.scene import MONDAY

from meice.audit.models import Entry
from meice.editorial.actions import terms
from meice.editorial.documents.sheet import sheet_of
from meice.editorial.documents.sheet_docx import sheet_docx
from meice.editorial.lexicons.live import reader_for
from meice.editorial.models import Manuscript, Origin
from meice.editorial.workflow import TermName
from meice.engines.zhcheck import Entry as TermEntry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HOSTILE = "<script>alert(1)</script>=1+1\"'&"


@pytest.fixture
def school():
    return scene.editorial_school()


def sheet(manuscript):
    found = Manuscript.objects.select_related("unit", "revision", "approved").get(pk=manuscript.pk)
    return sheet_of(found, reader_for(found.unit_path, wait=True), TODAY)


def facts(rows):
    """Label to value, whether one pair stands in a row or two."""
    pairs = [row[at : at + 2] for row in rows for at in range(0, len(row), 2)]
    return dict(pairs)


def words_of(content):
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_the_sheet_names_everybody_who_signed_and_what(school):
    manuscript = scene.approved(school, outlets=[], contributors="何嘉敏（图）")
    paper = sheet(manuscript)
    assert [(one.name, one.signed, one.gates) for one in paper.stages] == [
        ("一审一校", "周启明", "五关"), ("二审二校", "罗敏", "五关"), ("三审三校", "郑国强", "五关"),
    ]  # fmt: skip
    assert paper.stages[0].opinion == "通过。同意。"
    declared = facts(paper.declared)
    assert declared["作者"] == "何嘉敏"
    assert declared["供稿供图"] == "何嘉敏（图）"
    assert declared["保密自查"].count("不涉及") == 5
    assert manuscript.approved.digest in declared["正文指纹"]
    assert facts(paper.after)["最终签发"].startswith("郑国强")
    assert facts(paper.after)["实际发布"] == "还没有发布"
    assert "由不同的人完成" in paper.notes[0]


def test_nobody_has_signed_before_she_did(school):
    paper = sheet(scene.submitted(school))
    assert [one.signed for one in paper.stages] == ["", "", ""]
    assert facts(paper.after)["最终签发"] == "—"


def test_an_author_who_was_the_first_reviewer_is_told_of(school):
    terms.set_term(TermName.AUTHOR_FIRST, 1, by=school.liang)
    manuscript = scene.submitted(school)
    manuscript.reviews.filter(place=1).update(is_author=True)
    assert "“一审一校”由作者本人完成" in sheet(manuscript).notes[0]


def test_after_publishing_the_link_and_the_look_at_the_page_stand_there(school):
    site = scene.with_site(school)
    after = facts(sheet(scene.published(school, site)).after)
    assert "https://sx.huayuan.edu.cn/news/1.htm" in after["实际发布"]
    assert after["发布后复核"] == "数信学院网站：还没有核对"


def test_the_source_of_a_repost_is_unknown_until_a_white_list_is_there(school):
    given = {"origin": Origin.REPOST, "original_title": "原题", "source_name": "某网"}
    manuscript = scene.submitted(school, **given)
    assert "没有导入稿源名单，未核对" in facts(sheet(manuscript).declared)["来源"]
    lexicon = lexicon_scene.a_lexicon(school, kind="source", name="稿源名单")
    lexicon_scene.with_terms(school, TermEntry("某日报社"), lexicon=lexicon)
    assert "不在稿源名单内" in facts(sheet(manuscript).declared)["来源"]
    known = scene.submitted(school, **given | {"source_name": "某日报社"})
    assert "（在稿源名单" in facts(sheet(known).declared)["来源"]


def test_the_check_code_changes_with_anything_on_the_paper(school):
    manuscript = scene.submitted(school)
    before = sheet(manuscript).code
    assert sheet(manuscript).code == before
    scene.passed(manuscript, school.zhou)
    assert sheet(manuscript).code != before


def test_hostile_text_stays_text_on_paper_and_in_word(school, signed_in):
    fields = (
        "title",
        "body",
        "contributors",
        "picture_licence",
        "music_licence",
        "people",
        "impact",
    )
    manuscript = scene.submitted(school, **dict.fromkeys(fields, HOSTILE))
    page = signed_in(school.zhou).get(reverse("manuscript-sheet", args=[manuscript.pk]))
    assert b"<script>alert" not in page.content
    assert page.content.count(b"&lt;script&gt;alert(1)") >= len(fields)
    assert words_of(sheet_docx(sheet(manuscript))).count(HOSTILE) >= len(fields)


def test_the_page_and_the_file_are_there_for_who_may_see_the_manuscript(school, signed_in):
    manuscript = scene.approved(school)
    pages = [
        reverse(name, args=[manuscript.pk]) for name in ("manuscript-sheet", "manuscript-document")
    ]
    for who in ("he", "zhou", "zheng", "liang", "shen"):
        browser = signed_in(school.people[who])
        assert [browser.get(page).status_code for page in pages] == [200, 200], who
    for who in ("su", "bao", "admin"):
        browser = signed_in(school.people[who])
        assert [browser.get(page).status_code for page in pages] == [404, 404], who
    printed = Entry.objects.filter(act="manuscript.print", actor_id=str(school.he.pk))
    assert printed.count() == 2
    file = signed_in(school.he).get(pages[1])
    assert "周启明" in words_of(b"".join(file.streaming_content))


def test_a_draft_has_no_sheet(school, signed_in):
    draft = scene.drafted(school, at=MONDAY)
    answer = signed_in(school.he).get(reverse("manuscript-sheet", args=[draft.pk]))
    assert answer.status_code == 403
    assert "还没有送审" in answer.content.decode()
