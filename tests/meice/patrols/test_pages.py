"""The pages: what they show, what they refuse, how many queries they need; without scripts too."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.answers import body
from tests.meice.patrols import scene
from tests.meice.patrols.scene import MONDAY, PICTURE, a_photo, answered, fresh

from meice.inspections.models import Observation
from meice.patrols import actions
from meice.patrols.models import Answer, Checklist, NotableDay, Plan, Round, Visit
from meice.patrols.workflow import TERMS

LATER = MONDAY.replace(year=2035)
"""A Friday; whenever the tests run, the round of that day is not late."""
MOST = 12
ADVERT = "置顶评论为校外贷款广告"


@pytest.fixture
def round(school):
    """A round that is still open when the tests run."""
    scene.a_plan(school, at=LATER)
    actions.open_rounds(LATER)
    return Round.objects.get()


@pytest.fixture
def he(school, signed_in):
    return signed_in(school.he)


def page_of(round, visit, tail=""):
    return f"/patrols/{round.pk}/outlets/{visit.place}/{tail}"


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_outlets_page_shows_the_machine_beside_the_checks(he, round, visit, wechat):
    Observation.objects.create(
        outlet=wechat, unit=wechat.unit, unit_path=wechat.unit_path, is_site=False,
        metric="latest-update", source="feed", value="2034-10-13", at=LATER - timedelta(days=30),
    )  # fmt: skip
    text = text_of(he.get(page_of(round, visit)))
    assert "最近更新：当时 2034-10-13" in text or "最近更新：2034-10-13" in text
    assert "评论、留言机器看不到，须人看" in text
    assert text.count('type="radio"') == 3 * 6
    assert "checked" not in text
    assert "全部正常" in text


def test_without_scripts_the_button_keeps_everything_and_goes_on(he, round, visit):
    sent = {
        "state-comments": "problem", "note-comments": ADVERT, "state-content": "ok",
        "photo-comments": SimpleUploadedFile("截图.png", PICTURE), "note": "晚上再看",
    }  # fmt: skip
    response = he.post(page_of(round, visit), sent)
    assert response["Location"] == page_of(round, round.visits.get(place=visit.place + 1))
    kept = fresh(visit)
    assert (kept.note, kept.problem_count, kept.photos.get().key) == ("晚上再看", 1, "comments")
    text = text_of(he.get(page_of(round, visit)))
    assert ADVERT in text
    assert "截图 1" in text
    assert 'value="problem" checked' in text


def test_a_tap_is_kept_at_once_and_said_so(he, round, visit):
    said = he.post(page_of(round, visit, "save/"), {"state-content": "unseen"}).json()
    assert (said["done"], said["is_done"], said["photos"]) == (0, False, 0)
    assert Answer.objects.get().state == "unseen"
    wrong = he.post(
        page_of(round, visit, "save/"), {"photo-": SimpleUploadedFile("页.html", b"<html>")}
    )
    assert (wrong.status_code, "不是图片" in wrong.json()["reason"]) == (422, True)
    assert Answer.objects.get().state == "unseen"


def test_a_colleague_reads_and_is_told_why_she_cannot_answer(school, signed_in, round, visit):
    chen = signed_in(school.chen)
    assert "请先接手" in text_of(chen.get(page_of(round, visit)))
    refused = chen.post(page_of(round, visit, "save/"), {"state-content": "ok"})
    assert (refused.status_code, "请先接手" in refused.json()["reason"]) == (403, True)
    chen.post(f"/patrols/{round.pk}/take/")
    assert chen.post(page_of(round, visit, "fine/")).status_code == 302
    assert fresh(visit).done_by_name == "陈希"


def test_a_problem_without_words_says_what_is_missing(he, round, visit):
    he.post(page_of(round, visit), {"state-comments": "problem", "go": "stay"})
    assert "写下看到的问题，才算看完这个账号" in text_of(he.get(page_of(round, visit)))


def test_from_the_problem_to_the_incident_and_the_finding(he, round, visit):
    sent = {"state-comments": "problem", "note-comments": ADVERT}
    way = he.post(page_of(round, visit), {**sent, "go": "report:comments"})["Location"]
    form = text_of(he.get(way))
    assert ADVERT in form
    assert 'value="harmful" selected' in form
    assert he.post(way, {"kind": "harmful", "title": "", "text": "x"}).status_code == 422
    he.post(way, {"kind": "harmful", "title": "评论区贷款广告", "text": ADVERT})
    he.post(page_of(round, visit, "find/comments/"), {"problem": "gambling", "text": ADVERT})
    answer = Answer.objects.select_related("incident", "finding").get(key="comments")
    shown = text_of(he.get(f"/patrols/{round.pk}/"))
    assert answer.incident.number in shown
    assert "已记为问题" in shown
    assert he.get(page_of(round, visit, "find/links/")).status_code == 404


def test_the_end_is_greyed_with_its_reason_and_then_done(school, he, round):
    assert "还有 2 个账号没有看完" in text_of(he.get(f"/patrols/{round.pk}/"))
    assert he.post(f"/patrols/{round.pk}/finish/").status_code == 403
    scene.walked(school, round, at=LATER)
    he.post(f"/patrols/{round.pk}/finish/", {"summary": "正常", "handover": "看评论"})
    shown = text_of(he.get(f"/patrols/{round.pk}/", follow=True))
    assert "巡完 2 个账号：没有发现问题。" in shown
    assert fresh(round).handover == "看评论"


def test_the_book_is_filtered_and_leaves_the_house_as_text(school, he, round, visit):
    answered(school, visit, at=LATER, comments="=cmd|'/C calc'!A0", links=None)
    a_photo(school, visit, "comments", at=LATER)
    for query, found in (
        ("view=all", True), ("view=mine", True), ("view=problems", True), ("view=missed", False),
        ("view=all&status=finished", False), (f"view=all&unit={school.maths.path}", True),
        ("view=all&from=2035-12-01", False), (f"view=all&plan={round.plan_id}", True),
        ("view=all&q=华园数信", True), ("view=all&q=没有的", False), ("view=other&from=x", True),
    ):  # fmt: skip
        assert (f'href="/patrols/{round.pk}/"' in text_of(he.get(f"/patrols/?{query}"))) is found
    content = body(he.post("/patrols/export/", {"view": "all"}))
    book = openpyxl.load_workbook(BytesIO(content)).active
    lines = [[cell.value for cell in row] for row in book]
    assert lines[1][3:6] == ["", "数学与信息学院", "何嘉敏"]
    assert lines[1][12:16] == [
        "有问题", "评论、留言无有害信息：=cmd|'/C calc'!A0", "链接、二维码能正常打开，去处对", 1,
    ]  # fmt: skip
    assert {cell.data_type for row in book for cell in row} <= {"s", "n"}
    printed = text_of(he.get("/patrols/book/?view=all"))
    assert "评论、留言无有害信息" in printed
    assert "何嘉敏" in text_of(he.get(f"/patrols/{round.pk}/print/"))


def test_a_telephone_number_is_not_looked_for(he, round):
    response = he.post("/patrols/", {"q": "13800000002", "view": "all"})
    assert "138" not in response["Location"]
    assert "像是电话号码" in text_of(he.get(response["Location"]))


def test_a_plan_is_made_changed_and_switched_by_forms(school, signed_in):
    zhou = signed_in(school.zhou)
    sent = {
        "name": "周三巡查", "unit": school.maths.pk, "rhythm": "weekly", "begins_at": "09:00",
        "due_at": "17:00", "span_days": 1, "manning": "named", "patrollers": [school.he.pk],
        "checklist": "nine", "kinds": ["site"],
    }  # fmt: skip
    refused = zhou.post("/patrols/plans/new/", sent)
    assert (refused.status_code, "选每周的星期几" in refused.content.decode()) == (422, True)
    zhou.post("/patrols/plans/new/", {**sent, "weekday": 2})
    plan = Plan.objects.get()
    shown = text_of(zhou.get(f"/patrols/plans/{plan.pk}/"))
    assert "每周星期三 09:00–17:00（第 2 天）" in shown
    assert "现在巡 1 个账号" in shown
    edit = f"/patrols/plans/{plan.pk}/edit/"
    assert 'name="version" value="1"' in text_of(zhou.get(edit))
    again = {**sent, "weekday": 2, "numbers": "没有的", "version": 1}
    assert zhou.post(edit, again).status_code == 422
    number = plan.scope().get().number
    zhou.post(edit, {**again, "numbers": number, "checklist": plan.checklist_id})
    assert list(fresh(plan).outlets.values_list("number", flat=True)) == [number]
    zhou.post(f"/patrols/plans/{plan.pk}/pause/")
    assert "已停用，不再生成" in text_of(zhou.get(f"/patrols/plans/{plan.pk}/"))


def test_a_list_is_copied_and_changed_by_forms(school, signed_in):
    zhou = signed_in(school.zhou)
    zhou.post("/patrols/lists/copy/", {"pattern": "daily"})
    made = Checklist.objects.get()
    text = text_of(zhou.get(f"/patrols/lists/{made.pk}/edit/"))
    assert text.count("check-0-text") > 1
    sent = {
        "name": "我们的", "number": 1, "check-TOTAL_FORMS": 3, "check-INITIAL_FORMS": 2,
        "check-0-key": "content", "check-0-text": "内容正常", "check-0-problem": "inaccurate",
        "check-0-ORDER": 2, "check-1-key": "comments", "check-1-text": "评论正常",
        "check-1-problem": "gambling", "check-1-ORDER": 1, "check-2-text": "",
        "check-2-problem": "other",
    }  # fmt: skip
    zhou.post(f"/patrols/lists/{made.pk}/edit/", sent)
    assert [check.key for check in fresh(made).current.checks] == ["comments", "content"]
    assert "旧版" in text_of(zhou.get(f"/patrols/lists/{made.pk}/?version=1"))
    assert zhou.post(f"/patrols/lists/{made.pk}/edit/", sent).status_code == 422


def test_the_department_sets_hours_and_days(school, signed_in):
    liang = signed_in(school.liang)
    liang.post("/patrols/settings/terms/", {name.value: 5 for name in TERMS})
    liang.post("/patrols/settings/days/", {"common": "1"})
    liang.post("/patrols/settings/days/", {"name": "校庆", "month": 10, "day": 18})
    wrong = liang.post("/patrols/settings/days/", {"name": "错", "month": 2, "day": 31})
    assert (wrong.status_code, "不是一个日子" in wrong.content.decode()) == (422, True)
    text = text_of(liang.get("/patrols/settings/"))
    assert "校庆（每年10月18日）" in text
    assert 'value="5"' in text
    liang.post(f"/patrols/settings/days/{NotableDay.objects.get(name='校庆').pk}/drop/")
    assert NotableDay.objects.count() == 12


def test_a_missed_round_is_explained_on_a_page(school, signed_in, round):
    actions.climb_ladder(round.due_at)
    zheng = signed_in(school.zheng)
    assert "没有按时巡完" in text_of(zheng.get(f"/patrols/{round.pk}/"))
    way = f"/patrols/{round.pk}/excuse/"
    assert text_of(zheng.get(way))
    assert zheng.post(way, {"reason": ""}).status_code == 422
    zheng.post(way, {"reason": "校园网检修"})
    assert "漏巡原因：校园网检修" in text_of(zheng.get(f"/patrols/{round.pk}/"))


def many_rounds(like, number):
    """So many rounds with their outlets, written at once."""
    facts = {
        field.name: getattr(like, field.name)
        for field in Round._meta.fields
        if field.name not in ("id", "day", "turn")
    }
    day = date(2025, 1, 1)
    rows = Round.objects.bulk_create(
        [Round(**facts, day=day + timedelta(days=n // 9), turn=n % 9) for n in range(number)],
        batch_size=500,
    )
    named = Round.people.through
    named.objects.bulk_create(
        [named(round_id=row.pk, user_id=like.people.get().pk) for row in rows], batch_size=2000
    )
    return rows


def test_no_page_needs_more_queries_when_there_are_more_rounds(school, signed_in, round, visit):
    answered(school, visit, at=LATER, comments=ADVERT)
    many_rounds(round, 600)
    assert Visit.objects.count() == 2
    for who in ("he", "liang"):
        browser = signed_in(school.people[who])
        browser.get("/me/")
        for path in (
            "/patrols/?view=all", "/patrols/?view=mine", "/patrols/?view=all&q=上午",
            f"/patrols/{round.pk}/", "/patrols/plans/", "/patrols/lists/",
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(path).status_code == 200
            assert len(seen) <= MOST, (path, [query["sql"][:150] for query in seen])
