"""消息: one's own, with a count that costs one query."""

from datetime import timedelta

import pytest
from tests.base_states import base_state

from meice.kernel.clock import now
from meice.notices.actions import notify
from meice.notices.models import Notice, NoticeKind
from meice.notices.tasks import clean_up_notices

pytestmark = pytest.mark.django_db


@base_state
def told(cast):
    """何嘉敏 has two notices, 周启明 one."""
    for user, text in ((cast.he, "甲事办好了。"), (cast.he, "乙事要你办。"), (cast.zhou, "丙事。")):
        notify(user, text=text, url="/inbox/?show=unread", kind=NoticeKind.TASK)
    return cast


def unread_of(user):
    return Notice.objects.visible_to(user).unread().count()


def test_the_inbox_holds_ones_own_newest_first(told, signed_in):
    page = signed_in(told.he).get("/inbox/")
    assert [notice.text for notice in page.context["page"].rows] == ["乙事要你办。", "甲事办好了。"]
    assert "丙事" not in page.content.decode()


def test_the_top_bar_says_how_many_are_unread(told, signed_in):
    assert "消息，2 条没有看" in signed_in(told.he).get("/inbox/").content.decode()


def test_opening_a_notice_marks_it_and_leads_on(told, signed_in):
    notice = Notice.objects.visible_to(told.he).first()
    response = signed_in(told.he).post(f"/inbox/{notice.pk}/open/")
    assert response["Location"] == "/inbox/?show=unread"
    assert unread_of(told.he) == 1


def test_a_notice_is_marked_in_place(told, signed_in):
    notice = Notice.objects.visible_to(told.he).first()
    signed_in(told.he).post(f"/inbox/{notice.pk}/read/", {"next": "/inbox/?show=unread"})
    page = signed_in(told.he).get("/inbox/?show=unread")
    assert [row.text for row in page.context["page"].rows] == ["甲事办好了。"]


def test_all_that_was_shown_is_marked_what_came_meanwhile_is_not(told, signed_in):
    browser = signed_in(told.he)
    seen_at = browser.get("/inbox/").context["seen_at"]
    notify(told.he, text="刚来的。", kind=NoticeKind.ALARM)
    browser.post("/inbox/read/", {"seen_at": seen_at})
    assert [notice.text for notice in Notice.objects.visible_to(told.he).unread()] == ["刚来的。"]
    assert unread_of(told.zhou) == 1


@pytest.mark.parametrize("nonsense", ["", "gestern", "2026-13-45", "2026-01-01T00:00:00"])
def test_a_form_without_a_proper_time_marks_everything(told, signed_in, nonsense):
    signed_in(told.he).post("/inbox/read/", {"seen_at": nonsense})
    assert unread_of(told.he) == 0


@pytest.mark.parametrize("act", ["open", "read"])
def test_anothers_notice_does_not_exist(told, signed_in, act):
    notice = Notice.objects.visible_to(told.zhou).get()
    assert signed_in(told.he).post(f"/inbox/{notice.pk}/{act}/").status_code == 404
    assert unread_of(told.zhou) == 1


def test_nothing_is_marked_by_a_mere_look(told, signed_in):
    notice = Notice.objects.visible_to(told.he).first()
    assert signed_in(told.he).get(f"/inbox/{notice.pk}/open/").status_code == 405
    assert unread_of(told.he) == 2


def test_an_empty_inbox_says_what_will_come(cast, signed_in):
    assert "还没有消息" in signed_in(cast.su).get("/inbox/").content.decode()


def test_the_inbox_costs_as_many_queries_with_one_notice_as_with_fifty(
    told, signed_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in(told.he)
    browser.get("/inbox/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get("/inbox/")
    for number in range(50):
        notify(told.he, text=f"第 {number} 件", kind=NoticeKind.TASK)
    with django_assert_num_queries(len(few)):
        browser.get("/inbox/")


def test_what_was_read_long_ago_is_removed(told):
    Notice.objects.visible_to(told.he).update(read_at=now() - timedelta(days=181))
    assert clean_up_notices.func() == 2
    assert unread_of(told.zhou) == 1
