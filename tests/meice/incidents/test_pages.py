"""The pages: whole for whoever may see them, 404 for others; forms that are refused come back."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from tests.answers import body
from tests.meice.incidents import scene
from tests.meice.incidents.scene import minutes

from meice.audit.models import Entry
from meice.evidence.models import Evidence
from meice.incidents import actions
from meice.incidents.models import Incident
from meice.incidents.views.timers import next_timer, span_words, timers_of
from meice.kernel.clock import now

STATES = {
    "open": scene.reported,
    "claimed": scene.claimed,
    "handling": scene.handled,
    "referred": lambda school: scene.referred(school)[0],
    "closed": scene.closed,
    "dismissed": scene.dismissed,
    "merged": lambda school: scene.merged(school)[0],
}


def text_of(browser, *address, **data):
    page = browser.get(reverse(address[0], args=address[1:]), data)
    assert page.status_code == 200, address
    return page.content.decode()


def test_every_state_has_its_page_for_its_people_and_none_for_others(school, signed_in):
    browsers = {who: signed_in(school.people[who]) for who in ("he", "liang", "shen", "su")}
    for state, make in STATES.items():
        incident = make(school)
        assert incident.status == state
        for who in ("he", "liang", "shen"):
            text = text_of(browsers[who], "incident", incident.pk)
            assert incident.number in text
            assert incident.state.label in text
        assert browsers["su"].get(incident.get_absolute_url()).status_code == 404
        acts = f'action="{incident.get_absolute_url()}'
        assert acts not in text_of(browsers["shen"], "incident", incident.pk)


def test_the_list_its_views_and_filters(school, outlet, signed_in):
    harmful = scene.reported(school, outlet=outlet)
    scene.handled(school, kind="opinion", severity="ordinary", title="食堂涨价引热议")
    scene.closed(school, title="旧事")
    browser = signed_in(school.liang)
    text = text_of(browser, "incident-list")
    assert "待我办 1" in text  # what nobody has taken up
    assert harmful.number in text
    assert "食堂涨价" not in text
    text = text_of(browser, "incident-list", view="open", kind="opinion")
    assert "食堂涨价" in text
    assert harmful.number not in text
    text = text_of(browser, "incident-list", view="all", q="华园数信")
    assert re.findall(r"SJ-2026-\d+", text)[0] == harmful.number
    assert "没有符合条件的事件" in text_of(browser, "incident-list", view="all", since="2030-01-01")
    assert "旧事" in text_of(browser, "incident-list", view="closed")
    assert "这里没有事件" in text_of(signed_in(school.su), "incident-list")


def test_a_list_of_many_needs_few_queries(school, signed_in):
    for number in range(3):
        scene.handled(school, title=f"第 {number} 件")
    browser = signed_in(school.liang)
    browser.get("/me/")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            text_of(browser, "incident-list", view="all")
        return len(seen)

    few = queries()
    one = Incident.objects.first()
    Incident.objects.bulk_create(
        [
            Incident(**{**{f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields},
                        "id": None, "number": f"SJ-2025-{n:04d}"})
            for n in range(120)
        ]
    )  # fmt: skip
    assert queries() == few <= 12


def test_reporting_from_another_page_and_on_a_phone(school, outlet, signed_in):
    browser = signed_in(school.he)
    address = f"{reverse('incident-new')}?outlet={outlet.pk}&kind=hijacked&title=口令被改&unit=x"
    page = browser.get(address).content.decode()
    assert re.search(rf'<option value="{outlet.pk}" selected[^>]*>华园数信', page)
    assert 'value="口令被改"' in page
    sent = {
        "title": "口令被改", "kind": "hijacked", "outlet": outlet.pk, "text": "登录不上",
        "proofs": [SimpleUploadedFile("a.png", scene.PNG), SimpleUploadedFile("b.png", scene.PNG)],
    }  # fmt: skip
    answer = browser.post(reverse("incident-new"), sent)
    made = Incident.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.unit, made.severity, made.outlet) == (school.maths, "grave", outlet)
    assert Evidence.objects.of(made.case).count() == 2
    refused = browser.post(reverse("incident-new"), {"title": "", "kind": ""})
    assert refused.status_code == 422
    unknown = browser.post(
        reverse("incident-new"), {"title": "不知是谁的号", "kind": "other", "text": "刷到的"}
    )
    assert unknown.status_code == 302
    assert Incident.objects.get(title="不知是谁的号").unit == school.university


def test_acts_through_the_pages(school, signed_in):
    incident = scene.reported(school)
    he, liang = signed_in(school.he), signed_in(school.liang)

    def act(browser, name, **data):
        return browser.post(reverse(f"incident-{name}", args=[incident.pk]), data).status_code

    assert act(he, "acknowledge") == 302
    assert act(he, "acknowledge") == 403
    assert act(he, "handle", text="") == 422
    file = SimpleUploadedFile("删前.png", scene.PNG)
    assert act(he, "handle", text="已删除", cleared="on", proofs=file) == 302
    assert act(he, "note", text="家长来电，已答复") == 302
    assert act(he, "grade", reason="重了") == 403
    assert act(liang, "grade", kind="harmful", severity="ordinary", unit=school.maths.pk,
               reason="只有一条") == 302  # fmt: skip
    assert act(he, "refer", office="police", facts="x", request="y") == 422
    assert act(liang, "refer", office="guard", facts="见系统", request="请核查") == 302
    letter = Incident.objects.get().letters.get()
    receive = reverse("incident-letter-receive", args=[incident.pk, letter.pk])
    assert signed_in(school.bao).post(receive, {}).status_code == 302
    assert act(he, "resume", reason="保卫处已查到人") == 302
    assert act(liang, "close", conclusion="完", lessons="") == 422
    assert act(liang, "close", conclusion="已处置", lessons="加强评论审核") == 302
    assert act(liang, "reopen", reason="又出现") == 302
    assert act(liang, "dismiss", reason="是旧截图") == 302
    fresh = scene.fresh(incident)
    assert (fresh.status, fresh.round) == ("dismissed", 2)
    assert "删前.png" in text_of(he, "incident", incident.pk)
    proof = he.get(reverse("incident-evidence", args=[incident.pk, 1]))
    assert body(proof) == scene.PNG
    assert he.get(reverse("incident-evidence", args=[incident.pk, 9])).status_code == 404


def test_merging_by_number(school, signed_in):
    target, again = scene.reported(school), scene.reported(school, title="同一件事")
    browser = signed_in(school.liang)
    merge = reverse("incident-merge", args=[again.pk])
    assert browser.post(merge, {"number": "SJ-2020-0001"}).status_code == 422
    assert browser.post(merge, {"number": f" {target.number.lower()} "}).status_code == 302
    assert f"并入的 {again.number}" in text_of(browser, "incident", target.pk)
    assert target.number in text_of(browser, "incident", again.pk)
    assert browser.post(reverse("incident-split", args=[again.pk])).status_code == 302


def test_a_letter_on_paper_and_as_word(school, signed_in):
    incident, letter = scene.referred(school, office="cyberspace")
    browser = signed_in(school.liang)
    where = [incident.pk, letter.pk]
    text = text_of(browser, "incident-letter-print", *where)
    for word in (letter.number, "市网信办", incident.number, "请协助核查发布者。", "发函单位"):
        assert word in text
    content = body(browser.get(reverse("incident-letter-document", args=where)))
    cells = [cell.text for row in Document(BytesIO(content)).tables[0].rows for cell in row.cells]
    assert {"市网信办", "请协助核查发布者。"} <= set(cells)
    assert Entry.objects.filter(act="incident.print").count() == 2
    assert browser.get(reverse("incident-letter-scan", args=where)).status_code == 404
    other = scene.reported(school)
    assert browser.get(
        reverse("incident-letter-print", args=[other.pk, letter.pk])
    ).status_code == 404  # fmt: skip


def test_the_record_book_on_paper_and_as_a_workbook(school, signed_in):
    done, (passed_on, letter) = scene.closed(school), scene.referred(school)
    browser = signed_in(school.shen)
    text = text_of(browser, "incident-book", view="all")
    for word in (done.number, scene.LESSONS, "已截屏、删除评论并拉黑", letter.number, "待签收"):
        assert word in text
    book = openpyxl.load_workbook(
        BytesIO(body(browser.post(reverse("incident-export"), {"view": "closed"})))
    )
    rows = list(book.active.values)
    assert [row[0] for row in rows] == ["编号", done.number]
    assert scene.LESSONS in rows[1]
    assert Entry.objects.get(act="incident.export").detail["rows"] == 1
    assert passed_on.number not in str(rows)


def test_times_of_response_count_neither_drills_nor_false_alarms(school, signed_in):
    scene.closed(school)
    scene.dismissed(school)
    scene.reported(school, by=school.liang, is_drill=True)
    scene.reported(school, at=now())
    text = text_of(signed_in(school.shen), "incident-statistics")
    assert "共 <b>2</b> 件，已办结 1 件" in text
    assert "误报 1 件" in text
    assert "按时 1 件，超时 0 件，进行中 1 件" in text
    assert "中位数 5 分钟" in text
    assert school.maths.name not in text.split("<main", 1)[1]


def test_timers_are_reckoned_from_what_the_house_keeps(school):
    incident = scene.reported(school)
    words = [each.words for each in timers_of(incident, minutes(5))]
    assert words == ["还剩 10 分钟", "还剩 25 分钟", "还剩 55 分钟"]
    assert next_timer(incident, minutes(20)).words == "超时 5 分钟"
    late = actions.acknowledge_incident(incident, by=school.he, at=minutes(17))
    assert timers_of(late, minutes(20))[0].words == "用了 17 分钟，超时 2 分钟"
    assert next_timer(scene.closed(school), minutes(500)) is None


@pytest.mark.parametrize(
    ("span", "words"),
    [(0, "不到 1 分钟"), (59, "59 分钟"), (60, "1 小时"), (125, "2 小时 5 分钟"),
     (1440, "1 天"), (1500, "1 天 1 小时")],
    ids=str,
)  # fmt: skip
def test_spans_in_words(span, words):
    assert span_words(minutes(span) - minutes(0)) == words


def test_panels_search_and_to_dos(school, outlet, signed_in):
    incident = scene.reported(school, outlet=outlet)
    browser = signed_in(school.zheng)
    for address in (reverse("home"), reverse("outlet", args=[outlet.pk]),
                    reverse("unit", args=[school.maths.pk])):  # fmt: skip
        assert incident.number in browser.get(address).content.decode(), address
    found = browser.post(reverse("search"), {"q": incident.number}, follow=True)
    assert incident.title in found.content.decode()
