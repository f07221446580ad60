"""The pages: found by those who may see, 404 for others; forms that mend; files; the calendar."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.answers import body
from tests.meice.duty import scene

from meice.audit.models import Entry
from meice.duty import actions
from meice.duty.models import CalendarFeed, Handover, Pattern, Roster, Shift, Swap
from meice.duty.views.feed import MOST_READS
from meice.kernel.clock import now
from meice.orgs.models import Post, User

pytestmark = pytest.mark.django_db
MOBILE = "13800000099"


@pytest.fixture
def at():
    return now()


@pytest.fixture
def school(school):
    User.objects.filter(pk=school.he.pk).update(mobile=MOBILE)
    return school


@pytest.fixture
def roster(school, at):
    """With 何 on duty now."""
    return scene.a_rota(school, at=at, start_on=at.date() - timedelta(days=3))


def running(roster, at):
    return Shift.objects.of(roster).at(at).get()


def given_to(roster, at, user):
    """The running shift is this person's."""
    shift = running(roster, at)
    Shift.objects.filter(pk=shift.pk).update(user=user)
    return shift


PAGES = ("roster", "roster-calendar", "roster-print", "roster-tally", "roster-notes")


def test_pages_of_a_roster_are_there_for_those_who_see_it(school, roster, signed_in):
    for who, status in (("he", 200), ("zhou", 200), ("liang", 200), ("shen", 200), ("bao", 200),
                        ("su", 404), ("admin", 404)):  # fmt: skip
        browser = signed_in(school.people[who])
        for page in PAGES:
            response = browser.get(reverse(page, args=[roster.pk]))
            assert response.status_code == status, (who, page)


def test_the_calendar_shows_a_month_and_a_week(school, roster, at, signed_in):
    browser = signed_in(school.he)
    address = reverse("roster-calendar", args=[roster.pk])
    page = browser.get(f"{address}?month={at + timedelta(days=7):%Y-%m}").content.decode()
    assert "何嘉敏" in page
    assert "全天" in page
    week = browser.get(f"{address}?week={at.date()}").content.decode()
    assert "08:00–次日 08:00" in week
    assert week.count('<th scope="row"') == 7
    unknown = browser.get(f"{address}?month=2031-02").content.decode()
    assert "2031 年的放假安排还没有公布" in unknown
    assert browser.get(f"{address}?month=<b>&week=").status_code == 200


def test_a_holiday_and_a_worked_weekend_are_named(school, roster, signed_in):
    address = reverse("roster-calendar", args=[roster.pk])
    page = signed_in(school.he).get(f"{address}?month=2026-02").content.decode()
    assert page.count("调休上班") == 2
    assert page.count("春节") == 9


def test_a_roster_is_made_in_the_browser(school, signed_in):
    browser = signed_in(school.zheng)
    form = {"unit": school.maths.pk, "name": "夜间值守", "keepers": "周启明", "weeks_ahead": 2,
            "needs_handover": "on", "accept_hours": 3}  # fmt: skip
    assert browser.post(reverse("roster-new"), form | {"keepers": "没有这人"}).status_code == 422
    browser.post(reverse("roster-new"), form)
    roster = Roster.objects.get(name="夜间值守")
    browser.post(reverse("layer-new", args=[roster.pk]), {"name": "值班员", "kind": "officer"})
    layer = roster.layers.get()
    rota = {"covers": "every", "turn": "day", "start_on": "今天", "people": "何嘉敏\nM004",
            "hours": "白班 08:00-20:00\n夜班 20:00–次日8:00"}  # fmt: skip
    wrong = browser.post(reverse("pattern-new", args=[layer.pk]), rota | {"hours": "白班"})
    assert wrong.status_code == 422
    assert "认不出来" in wrong.content.decode()
    browser.post(reverse("pattern-new", args=[layer.pk]), rota)
    pattern = Pattern.objects.get()
    assert [str(watch) for watch in pattern.watches.all()] == [
        "白班 08:00–20:00", "夜班 20:00–08:00",
    ]  # fmt: skip
    assert Shift.objects.of(roster).count() >= 28
    shown = browser.get(reverse("pattern-edit", args=[pattern.pk])).content.decode()
    assert "夜班 20:00-08:00" in shown
    page = browser.get(roster.get_absolute_url()).content.decode()
    assert "没有缺口" in page
    listed = browser.get(reverse("roster-list")).content.decode()
    assert "夜间值守" in listed
    assert "夜间值守" not in browser.get(f"{reverse('roster-list')}?q=不存在").content.decode()


def test_two_people_of_one_name_are_told_apart(school, signed_in, roster):
    scene.make_person("M010", "何嘉敏", school.maths, "operator")
    layer = roster.layers.get()
    rota = {"covers": "holiday", "turn": "day", "start_on": "今天", "people": "何嘉敏",
            "hours": "全天 08:00-08:00"}  # fmt: skip
    page = signed_in(school.zheng).post(reverse("pattern-new", args=[layer.pk]), rota)
    assert "叫「何嘉敏」的有 2 人，请写工号：M001、M010" in page.content.decode()


def test_who_is_on_duty_now_with_a_masked_number(school, roster, at, signed_in):
    shift = given_to(roster, at, school.he)
    leader = signed_in(school.zheng)
    page = leader.get(reverse("duty")).content.decode()
    assert "何嘉敏" in page
    assert "138****0099" in page
    assert MOBILE not in page
    shown = leader.post(reverse("duty-number", args=[shift.pk])).content.decode()
    assert MOBILE in shown
    entry = Entry.objects.get(act="number.show")
    assert (entry.actor_name, entry.detail) == ("郑国强", {"name": "何嘉敏"})
    assert signed_in(school.shen).post(reverse("duty-number", args=[shift.pk])).status_code == 403
    assert signed_in(school.su).post(reverse("duty-number", args=[shift.pk])).status_code == 404


def test_units_below_see_who_is_on_duty_above_and_nothing_else(school, at, signed_in):
    above = scene.a_roster(
        school, unit=school.university, by=school.liang, keepers=[], at=at, is_open=True
    )
    layer = scene.a_layer(school, above, by=school.liang, at=at)
    first = at.date() - timedelta(days=1)
    scene.a_pattern(school, layer, [school.he], by=school.liang, at=at, start_on=first)
    browser = signed_in(school.su)
    page = browser.get(reverse("duty")).content.decode()
    assert "何嘉敏" in page
    assert "138****0099" in page
    assert browser.get(above.get_absolute_url()).status_code == 404
    shift = running(above, at)
    assert browser.get(shift.get_absolute_url()).status_code == 404
    assert MOBILE in browser.post(reverse("duty-number", args=[shift.pk])).content.decode()
    far = Shift.objects.of(above).filter(begins_at__gt=at + timedelta(days=3)).first()
    assert browser.post(reverse("duty-number", args=[far.pk])).status_code == 403


def test_a_swap_in_the_browser(school, roster, at, signed_in):
    shift = Shift.objects.filter(user=school.chen, begins_at__gt=at + timedelta(days=3)).first()
    chen, lin = signed_in(school.chen), signed_in(school.lin)
    address = reverse("shift-swap", args=[shift.pk])
    assert lin.get(address).status_code == 403
    given = Shift.objects.filter(user=school.lin, begins_at__gt=shift.begins_at).first()
    assert f"林小满：{given.day.month}月" in chen.get(address).content.decode()
    assert chen.post(address, {"reason": "有课"}).status_code == 422
    chen.post(address, {"given": given.pk, "reason": "有课"})
    swap = Swap.objects.get()
    assert "陈希请你换班" in lin.get("/").content.decode()
    assert "同意换班" in lin.get(swap.get_absolute_url()).content.decode()
    assert chen.post(reverse("swap-accept", args=[swap.pk])).status_code == 403
    lin.post(reverse("swap-accept", args=[swap.pk]), {"note": "好"})
    swap.refresh_from_db()
    assert (swap.status, swap.note) == ("accepted", "好")
    assert Shift.objects.get(pk=given.pk).user == school.chen


def test_a_hand_over_in_the_browser(school, roster, at, signed_in):
    shift = running(roster, at)
    Shift.objects.filter(pk=shift.pk).update(user=school.he, ends_at=at + timedelta(hours=1))
    follower = actions.next_of(Shift.objects.get(pk=shift.pk))
    Shift.objects.filter(pk=follower.pk).update(user=school.chen)
    he, chen = signed_in(school.he), signed_in(school.chen)
    address = reverse("shift-handover", args=[shift.pk])
    assert "写交班记录" in he.get(reverse("duty")).content.decode()
    assert he.post(address, {"text": ""}).status_code == 422
    he.post(address, {"text": "一切正常", "items": "看评论\n回电"})
    note = Handover.objects.get()
    assert chen.post(reverse("handover-return", args=[note.pk]), {"note": ""}).status_code == 422
    chen.post(reverse("handover-return", args=[note.pk]), {"note": "没写时间"})
    assert "没写时间" in he.get(address).content.decode()
    first, second = note.items.all()
    he.post(address, {"text": "八点正常", "done": [first.pk]})
    chen.post(reverse("handover-accept", args=[note.pk]))
    note.refresh_from_db()
    assert (note.status, note.text) == ("accepted", "八点正常")
    assert chen.post(reverse("item-close", args=[second.pk])).status_code == 403
    he.post(reverse("item-close", args=[second.pk]))  # he is on duty still
    assert not note.items.filter(done_at=None).exists()
    assert "八点正常" in signed_in(school.shen).get(note.get_absolute_url()).content.decode()


def test_a_month_as_a_workbook_is_text_without_numbers(school, roster, at, signed_in):
    User.objects.filter(pk=school.chen.pk).update(name="=1+1")
    browser = signed_in(school.shen)
    month = f"{at + timedelta(days=10):%Y-%m}"
    response = browser.post(reverse("roster-export", args=[roster.pk]), {"month": month})
    book = openpyxl.load_workbook(BytesIO(body(response)))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any("=1+1" in cell.value for cell in cells)
    assert not any(MOBILE in cell.value for cell in cells)
    assert Entry.objects.get(act="roster.export").detail["month"] == month
    tally = browser.post(reverse("roster-tally-export", args=[roster.pk]))
    assert openpyxl.load_workbook(BytesIO(body(tally))).active["A1"].value == "姓名"


def feed_address(school, signed_in):
    page = signed_in(school.he).post(reverse("feed-make")).content.decode()
    token = page.partition("/duty/feed/")[2].partition(".ics")[0]
    return reverse("feed", args=[token])


def test_the_calendar_feed_is_read_without_signing_in(school, roster, signed_in):
    cache.clear()
    address = feed_address(school, signed_in)
    response = Client().get(address)
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == Shift.objects.filter(user=school.he).count() > 5
    assert "SUMMARY:值班：数信学院 值班员 全天" in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "13800000099" not in text
    assert address.split("/")[-1][:-4] not in str(list(CalendarFeed.objects.values()))
    assert "/duty/feed/" not in signed_in(school.he).get(reverse("duty-mine")).content.decode()


def test_a_feed_ends_with_a_new_one_with_revoking_and_with_the_person(school, roster, signed_in):
    cache.clear()
    old = feed_address(school, signed_in)
    new = feed_address(school, signed_in)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    User.objects.filter(pk=school.he.pk).update(is_active=False)
    assert Client().get(new).status_code == 404
    User.objects.filter(pk=school.he.pk).update(is_active=True)
    signed_in(school.he).post(reverse("feed-revoke"))
    assert Client().get(new).status_code == 404
    assert Client().get(reverse("feed", args=["wrong"])).status_code == 404
    assert signed_in(school.shen).post(reverse("feed-make")).status_code == 403


def test_a_feed_that_is_read_too_often_waits(school, roster, signed_in):
    cache.clear()
    address = feed_address(school, signed_in)
    statuses = [Client().get(address).status_code for _ in range(MOST_READS + 1)]
    assert statuses == [200] * MOST_READS + [429]
    cache.clear()


def test_lists_need_few_queries_whatever_the_rows(school, roster, at, signed_in):
    for number in range(60):
        other = scene.a_roster(school, name=f"值班{number}", keepers=[], at=at)
        Roster.objects.filter(pk=other.pk).update(troubles=1)
    browser = signed_in(school.liang)
    browser.get("/me/")
    names = ("duty", "duty-mine", "roster-list")
    addresses = [reverse(name) for name in names]
    of_one = ("roster", "roster-calendar", "roster-tally", "roster-notes")
    addresses += [reverse(name, args=[roster.pk]) for name in of_one]
    over = []
    for address in addresses:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        most = 20 if address == roster.get_absolute_url() else 12
        over += [(address, len(seen))] if len(seen) > most else []
    assert over == []


def test_a_former_member_sees_the_roster_no_more(school, roster, signed_in):
    Post.objects.filter(user=school.he).update(ended_at=now())
    assert signed_in(school.he).get(roster.get_absolute_url()).status_code == 404
