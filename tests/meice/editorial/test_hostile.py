"""Text as an attacker writes it, in every field of a manuscript: on every page it stays text."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from docx import Document
from tests.answers import body
from tests.meice.editorial import scene
from tests.meice.editorial.scene import MONDAY
from tests.meice.whole.conftest import DIRECTION, MARKUP
from tests.meice.whole.test_every_page import made_of_names
from tests.meice.whole.test_hostile_business import FORMULA

from meice.editorial.actions import checking, publishing, reviewing
from meice.editorial.actions.writing import Enclosure
from meice.editorial.comparison import PageLook, differences
from meice.editorial.models import Outcome

pytestmark = pytest.mark.django_db

EVIL = f"{MARKUP}{DIRECTION}"
SHOWN = "&lt;script&gt;evil()"
CLOSING = "</ins></del></mark></p><script>evil()</script>"
NAMES = {
    "title": 200, "original_title": 200, "source_name": 100, "contributors": 200, "impact": 500,
    "picture_licence": 300, "music_licence": 300, "people": 300,
}  # fmt: skip


def everywhere(school, **more):
    """Each field of a repost, its file and what is declared of it."""
    file = scene.a_file(school, name=f"图{EVIL}.txt"[:120], content=EVIL.encode())
    facts = {name: f"{name}{EVIL}"[:most] for name, most in NAMES.items()}
    said = {"origin": "repost", "source_url": "https://example.edu.cn/?q=<script>evil()</script>"}
    files = (Enclosure(file, licence=EVIL[:200], people=EVIL[:200]),)
    return facts | said | {"files": files, "body": f"{EVIL}{CLOSING}\n{scene.FAULTY}"} | more


def with_everything(school):
    """Returned with hostile words, mended with other hostile words, waived, signed and out."""
    made = scene.submitted(school, **everywhere(school))
    stage = scene.claimed(made, school.zhou)
    made.newest.manuscript.revisions.update(files_read_at=MONDAY)
    reviewing.add_comment(made, f"改{EVIL}", quote=CLOSING, by=school.zhou, at=MONDAY)
    said = scene.verdict(made, gates=[], opinion=f"重写{EVIL}")
    made = reviewing.return_review(stage, said, by=school.zhou, at=MONDAY)
    body_now = f"第二稿{EVIL}{CLOSING}{CLOSING}\n{scene.FAULTY}"
    made = scene.saved(school, made, **everywhere(school, body=body_now))
    made.revisions.update(files_read_at=MONDAY)
    made = scene.submitting.submit_manuscript(made, by=school.he, at=MONDAY)
    stage = scene.claimed(made, school.zhou)
    for issue in scene.fresh(made).newest.issues.filter(severity="block"):
        reviewing.waive_issue(issue, reason=f"示例{EVIL}", by=school.zhou, at=MONDAY)
    said = scene.verdict(made, opinion=f"同意{EVIL}")
    return reviewing.pass_review(stage, said, by=school.zhou, at=MONDAY)


def test_on_every_page_it_stays_text_and_so_in_the_diff(signed_in):
    school = scene.editorial_school()
    made = with_everything(school)
    pages = {
        "manuscript": "", "manuscript-history": "", "manuscript-difference": "?from=1&to=2",
        "manuscript-sheet": "",
    }  # fmt: skip
    for person in (school.luo, school.he, school.liang):
        browser = signed_in(person)
        for name, query in pages.items():
            text = browser.get(reverse(name, args=[made.pk]) + query).content.decode()
            assert made_of_names(text) == [], name
            assert SHOWN in text, name
    text = signed_in(school.luo).get(reverse("manuscript", args=[made.pk])).content.decode()
    assert "<ins>" in text
    assert "&lt;/ins&gt;&lt;/del&gt;&lt;/mark&gt;" in text


def test_what_a_published_page_says_stays_text(signed_in):
    school = scene.editorial_school()
    made = scene.published(school, scene.with_site(school))
    seen = scene.CLEAN.replace("周教授", f"周{EVIL}{CLOSING}")
    runs = tuple(differences(scene.CLEAN, seen))
    look = PageLook(Outcome.DIFFERS, f"有 1 处不同{EVIL}", runs, seen.encode())
    checking.keep_check(made.publications.get(), look, at=MONDAY)
    check = made.publications.get().checks.get()
    page = signed_in(school.he).get(reverse("page-check", args=[made.pk, check.pk]))
    text = page.content.decode()
    assert made_of_names(text) == []
    assert SHOWN in text
    kept = signed_in(school.he).get(reverse("manuscript-file", args=[made.pk, check.page_id]))
    assert kept["Content-Disposition"].startswith("attachment")
    assert body(kept) == seen.encode()


def test_no_formula_leaves_the_house(signed_in):
    school = scene.editorial_school()
    made = scene.passed(scene.submitted(school, title=FORMULA), school.zhou, opinion="+1+1")
    sheet = signed_in(school.he).get(reverse("manuscript-document", args=[made.pk]))
    words = [cell.text for t in Document(BytesIO(body(sheet))).tables for cell in t._cells]
    assert any(FORMULA in one for one in words)
    book = signed_in(school.liang).post(reverse("review-ledger-export"), {})
    cells = [one for row in openpyxl.load_workbook(BytesIO(body(book))).active for one in row]
    assert FORMULA in {one.value for one in cells}
    assert {one.data_type for one in cells if one.value is not None} <= {"s", "n", "d"}


def test_a_withdrawal_and_a_correction_with_hostile_reasons(signed_in):
    school = scene.editorial_school()
    made = scene.published(school, scene.with_site(school))
    made = publishing.correct_manuscript(made, reason=f"误{EVIL}", by=school.he, at=MONDAY)
    made = publishing.withdraw_manuscript(made, reason=f"撤{EVIL}", by=school.zheng, at=MONDAY)
    for name in ("manuscript", "manuscript-history", "manuscript-sheet"):
        text = signed_in(school.zheng).get(reverse(name, args=[made.pk])).content.decode()
        assert made_of_names(text) == [], name
