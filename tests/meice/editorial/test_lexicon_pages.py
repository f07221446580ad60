"""词库 in the browser: what each page shows, to whom it does not exist, and the way of a list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.given import workbook
from tests.meice.editorial import lexicon_scene as scene
from tests.meice.editorial.lexicon_scene import HEAD, OLD, SHORT, later
from tests.meice.registry.scene import make_school

from meice.editorial.actions import lexicons
from meice.editorial.models import Lexicon, Term, TermChange, TermException, TermVote

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


def text_of(answer):
    return answer.content.decode()


def test_every_page_is_there_for_who_may_see_it_and_for_nobody_else(school, signed_in):
    lexicon = scene.with_terms(school, SHORT, OLD)
    waiting = scene.asked(school, lexicon, scene.Entry("甲杯", source="通知"))
    term = lexicon.terms.in_force().first()
    pages = [
        reverse("lexicon", args=[lexicon.pk]),
        reverse("lexicon-versions", args=[lexicon.pk]),
        reverse("lexicon-template", args=[lexicon.pk]),
        reverse("lexicon-file", args=[lexicon.pk, 1]),
        reverse("lexicon-change", args=[waiting.pk]),
        reverse("term", args=[term.pk]),
    ]
    for who in ("liang", "huang", "he", "zheng", "shen"):
        browser = signed_in(school.people[who])
        assert [browser.get(page).status_code for page in pages] == [200] * len(pages), who
    for who in ("bao", "admin"):
        browser = signed_in(school.people[who])
        assert {browser.get(page).status_code for page in pages} == {404}, who


def test_the_way_of_a_list_from_the_upload_to_the_approval(school, signed_in):
    asks, approves = signed_in(school.liang), signed_in(school.huang)
    asks.post(reverse("lexicon-new"), {"name": "本校用语", "kind": "term"})
    lexicon = Lexicon.objects.get()
    sheet = workbook(HEAD, ("甲杯大赛", "", "提醒", "通知"), ("乙", "", "不轻", "通知"))
    upload = {"file": SimpleUploadedFile("a.xlsx", sheet), "reason": "教务处发来"}
    answer = asks.post(reverse("lexicon-import", args=[lexicon.pk]), upload, follow=True)
    assert "轻重写必须处理、提醒或建议" in text_of(answer)
    assert "甲杯大赛" in text_of(answer)
    change = TermChange.objects.get()
    assert approves.get(change.get_absolute_url()).status_code == 404
    asks.post(reverse("change-propose", args=[change.pk]))
    assert asks.post(reverse("change-approve", args=[change.pk])).status_code == 403
    assert (
        approves.post(reverse("change-approve", args=[change.pk]), follow=True).status_code == 200
    )
    assert Term.objects.in_force().get().word == "甲杯大赛"
    undo = asks.post(reverse("change-undo", args=[change.pk]), {"reason": "发错"}, follow=True)
    assert "撤销导入" in text_of(undo)
    assert not Term.objects.in_force().exists()


def test_a_term_is_added_changed_and_ended_on_pages(school, signed_in):
    lexicon = scene.a_lexicon(school)
    asks, approves = signed_in(school.liang), signed_in(school.huang)
    page = reverse("term-new", args=[lexicon.pk])
    assert asks.post(page, {"word": "华园农大"}).status_code == 422
    given = {"word": "华园农大", "right": "华园大学", "severity": "block", "source": "章程"}
    asks.post(page, given | {"reason": "校名", "valid_from": "2026-1-1"})
    approves.post(reverse("change-approve", args=[TermChange.objects.get().pk]))
    term = Term.objects.in_force().get()
    assert str(term.valid_from) == "2026-01-01"
    edit = reverse("term-edit", args=[term.pk])
    assert 'value="华园农大"' in text_of(asks.get(edit))
    asks.post(edit, given | {"severity": "warn", "reason": "改轻"})
    approves.post(reverse("change-approve", args=[TermChange.objects.first().pk]))
    now = Term.objects.in_force().get()
    assert now.severity == "warn"
    asks.post(reverse("term-retire", args=[now.pk]), {"reason": "不用了"})
    assert not Term.objects.in_force().exists()
    assert "不用了" in text_of(asks.get(reverse("lexicon-versions", args=[lexicon.pk])))


def test_two_versions_are_compared_and_rolled_back(school, signed_in):
    lexicon = scene.with_terms(school, SHORT, OLD)
    browser = signed_in(school.liang)
    page = reverse("lexicon-versions", args=[lexicon.pk])
    assert "<ins>园艺系</ins>" in text_of(browser.get(page))
    assert "多 2，少 0" in text_of(browser.get(page + "?from=0&to=2"))
    for odd in ("?from=x&to=99", "?from=-1", "?to=" + "9" * 40):
        assert browser.get(page + odd).status_code == 200
    given = {"number": "1", "reason": "太严"}
    browser.post(reverse("lexicon-rollback", args=[lexicon.pk]), given)
    assert scene.words(lexicon) == ["华园农大"]
    assert "<del>园艺系</del>" in text_of(browser.get(page))


def test_a_vote_answers_with_a_fragment_or_a_page_and_keeps_the_entry_alone(school, signed_in):
    scene.with_terms(school)
    browser = signed_in(school.he)
    given = {"rule": "wording", "word": "华园农大", "useful": "no"}
    fragment = browser.post(reverse("term-vote"), given, headers={"HX-Request": "true"})
    assert "已记：误报" in text_of(fragment)
    assert "<html" not in text_of(fragment)
    assert "没有记你的文字" in text_of(browser.post(reverse("term-vote"), given))
    assert TermVote.objects.get().useful is False
    unknown = given | {"word": "别处的话"}
    assert browser.post(reverse("term-vote"), unknown).status_code == 403


def test_an_exception_is_set_and_taken_back_on_its_page(school, signed_in):
    scene.with_terms(school)
    browser = signed_in(school.liang)
    page = reverse("term-exceptions")
    given = {"rule": "wording", "word": "华园农大", "unit": school.maths.pk, "reason": "旧称"}
    assert browser.post(page, given).status_code == 422
    browser.post(page, given | {"until": "2099-1-1"})
    assert not TermException.objects.exists()
    day = later(60 * 24 * 30).date().isoformat()
    browser.post(page, given | {"until": day})
    found = TermException.objects.get()
    assert "旧称" in text_of(signed_in(school.he).get(page))
    assert signed_in(school.he).post(page, given).status_code == 403
    browser.post(reverse("term-exception-end", args=[found.pk]))
    found.refresh_from_db()
    assert found.ended_by == school.liang


def test_the_work_page_and_the_sidebar_ask_the_other_person(school, signed_in):
    lexicon = scene.a_lexicon(school)
    scene.asked(school, lexicon)
    assert "词库「本校规范表述」新增" in text_of(signed_in(school.huang).get("/"))
    assert "词库「本校规范表述」新增" not in text_of(signed_in(school.liang).get("/"))


def test_a_long_list_takes_no_more_queries_than_a_short_one(
    school, signed_in, django_assert_max_num_queries
):
    lexicon = scene.with_terms(school)
    change = lexicons.begin(lexicon, "import", "很多", by=school.liang, at=later(1))
    lexicons.write_entries(change, [scene.Entry(f"词{n}", source="名单") for n in range(120)])
    lexicons.propose_change(change, by=school.liang)
    lexicons.approve_change(change, by=school.huang, at=later(2))
    browser = signed_in(school.liang)
    browser.get("/")
    pages = [
        reverse("lexicon", args=[lexicon.pk]),
        reverse("lexicon-list"),
        reverse("lexicon-change", args=[change.pk]),
        reverse("term-review"),
    ]
    for page in pages:
        with django_assert_max_num_queries(19):
            assert browser.get(page).status_code == 200
    assert "词49" not in text_of(browser.get(pages[0] + "?page=3"))
    assert "词118" in text_of(browser.get(pages[0] + "?page=3"))
