"""The pages of the department: the list, the cockpit, drafting, reminding, the late list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import BACKEND
from tests.meice.surveys.scene import AFTER, NOON, a_campaign, received, reported, started

from meice.notices.models import Notice
from meice.surveys.actions import reminding
from meice.surveys.models import Campaign, Reminder
from meice.surveys.views.board import board_of, overdue_words

pytestmark = pytest.mark.django_db


def enter(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def submissions(world):
    return world.campaign.submissions.select_related("unit", "campaign", "receipt", "filled_by")


def test_the_cockpit_shows_every_unit_and_the_actions_of_the_department(world):
    page = enter(world.school.liang).get(world.campaign.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    for name in ("数学与信息学院", "艺术学院", "校团委", "汇总打包", "锁定填报", "催办"):
        assert name in text
    assert "12:00（中午）" in text


def test_the_list_begins_with_the_latest_deadline(world):
    for place in (3, 1, 2):
        a_campaign(world.school, title=f"第{place}次", deadline=NOON + timedelta(days=place))
    page = enter(world.school.liang).get(reverse("campaign-list"))
    titles = [campaign.title for campaign in page.context["page"].rows]
    assert titles == ["第3次", "第2次", "第1次", world.campaign.title]


def test_late_ones_come_first_and_are_selected(world):
    reported(world)
    shown = board_of(submissions(world), {}, AFTER)
    assert [group.key for group in shown.groups] == ["late", "reported"]
    assert all(line.is_chosen for line in shown.groups[0].lines)
    assert shown.counts["late"] == 3


def test_before_the_deadline_nobody_is_late(world):
    shown = board_of(submissions(world), {}, NOON)
    assert shown.counts["late"] == 0
    assert shown.counts["doing"] == 4


def test_the_numbers_of_the_chips_are_the_rows_they_filter(world):
    received(world)
    for chosen in ("late", "received", "no_paper", "faulty", "all"):
        shown = board_of(submissions(world), {}, AFTER, chosen=chosen)
        assert sum(len(group.lines) for group in shown.groups) == shown.counts[chosen]


def test_how_late_is_said_in_words():
    assert overdue_words(AFTER, NOON) == "逾期 2时00分"


def test_a_unit_is_led_to_its_own_submission(world):
    page = enter(world.school.he).get(world.campaign.get_absolute_url())
    assert page.status_code == 302
    assert page["Location"] == world.maths.get_absolute_url()


def test_a_draft_is_not_there_for_units(world):
    Campaign.objects.update(status="draft")
    assert enter(world.school.he).get(world.campaign.get_absolute_url()).status_code == 404
    assert enter(world.school.liang).get(world.campaign.get_absolute_url()).status_code == 200


def test_units_have_no_door_to_the_cockpits_acts(world):
    browser = enter(world.school.he)
    for name in ("campaign-edit", "campaign-late", "campaign-reminders"):
        assert browser.get(reverse(name, args=[world.campaign.pk])).status_code == 404
    for name in ("campaign-remind", "campaign-paper", "campaign-close", "campaign-export"):
        assert browser.post(reverse(name, args=[world.campaign.pk])).status_code == 404


def form_of(world, **given):
    values = {
        "title": "2027年摸排",
        "opens_at": "2027-03-01T08:00",
        "deadline": "2027-03-10T12:00",
        "annexes": ["1", "2"],
        "scope": [str(world.school.university.pk)],
        "coverage": "children",
        "paper_wanted": "on",
    }
    return values | given


def test_the_department_drafts_and_opens_a_campaign(world):
    browser = enter(world.school.liang)
    page = browser.post(reverse("campaign-create"), form_of(world))
    made = Campaign.objects.get(title="2027年摸排")
    assert page["Location"] == made.get_absolute_url()
    assert made.deadline_text == "2027年3月10日 12:00（中午）"
    browser.post(reverse("campaign-open", args=[made.pk]))
    assert made.submissions.count() == 4


def test_an_end_before_the_beginning_is_told_at_its_field(world):
    given = form_of(world, deadline="2027-02-10T12:00")
    page = enter(world.school.liang).post(reverse("campaign-create"), given)
    assert page.status_code == 422
    assert "截止时间须在开始时间之后" in page.content.decode()


def test_an_operator_cannot_draft_one(world):
    assert enter(world.school.he).get(reverse("campaign-create")).status_code == 403


def test_a_new_deadline_is_told_and_a_unit_that_left_is_exempt(world):
    browser = enter(world.school.liang)
    given = form_of(
        world,
        version=str(Campaign.objects.get().version),
        scope=[str(world.school.maths.pk)],
        coverage="self",
    )
    page = browser.post(reverse("campaign-edit", args=[world.campaign.pk]), given)
    assert page.status_code == 302
    assert world.fresh(world.arts).status == "exempt"
    texts = Notice.objects.filter(user=world.school.he).values_list("text", flat=True)
    assert any("截止时间改为2027年3月10日" in text for text in texts)


def test_two_who_edit_at_once_one_is_told(world):
    given = form_of(world, version="0")
    page = enter(world.school.liang).post(reverse("campaign-edit", args=[world.campaign.pk]), given)
    assert page.status_code == 422
    assert "刚才有人改过" in page.content.decode()


def test_reminding_reaches_who_keeps_it_and_is_counted(world):
    started(world)
    browser = enter(world.school.liang)
    rows = [world.maths.pk, world.arts.pk]
    browser.post(reverse("campaign-remind", args=[world.campaign.pk]), {"row": rows})
    assert Notice.objects.filter(kind="reminder", user=world.school.he).count() == 1
    assert world.fresh().reminded_times == 1
    page = browser.get(reverse("campaign-reminders", args=[world.campaign.pk]))
    assert "艺术学院" in page.content.decode()


def test_what_was_reported_meanwhile_is_not_reminded(world):
    reported(world)
    done = reminding.remind_units(world.campaign, [world.maths], by=world.school.liang, at=AFTER)
    assert done == 0


def test_each_rung_of_the_ladder_reminds_once(world):
    world.campaign.refresh_from_db()
    day = NOON.replace(hour=1)
    first = reminding.climb_ladder(day)
    again = reminding.climb_ladder(day)
    assert (first, again) == (4, 0)
    assert set(Reminder.objects.values_list("rung", flat=True)) == {0}


def test_between_the_rungs_and_at_night_nobody_is_reminded(world):
    world.campaign.refresh_from_db()
    assert reminding.climb_ladder(NOON.replace(hour=1) - timedelta(days=2)) == 0
    assert reminding.climb_ladder(NOON.replace(hour=0, minute=15)) == 0
    assert reminding.climb_ladder(NOON.replace(hour=1) - timedelta(days=7)) == 4


def test_the_late_list_has_office_phones_and_no_mobile(world):
    world.school.maths.phone = "020-85280000"
    world.school.maths.save(update_fields=["phone"])
    page = enter(world.school.liang).get(reverse("campaign-late", args=[world.campaign.pk]))
    text = page.content.decode()
    assert "020-85280000" in text
    assert "何嘉敏" in text
    assert "1350000" not in text


def test_the_progress_goes_out_as_a_workbook(world):
    page = enter(world.school.liang).post(reverse("campaign-export", args=[world.campaign.pk]))
    assert b"".join(page.streaming_content)[:2] == b"PK"


def test_a_locked_campaign_takes_nothing_until_it_is_opened_again(world):
    started(world)
    browser = enter(world.school.liang)
    browser.post(reverse("campaign-close", args=[world.campaign.pk]))
    own = enter(world.school.he)
    page = own.post(reverse("submission-present", args=[world.maths.pk]))
    assert page.status_code == 403
    assert "已截止并锁定" in page.content.decode()
    browser.post(reverse("campaign-reopen", args=[world.campaign.pk]))
    assert own.post(reverse("submission-present", args=[world.maths.pk])).status_code == 302


def test_hostile_titles_stay_text(world):
    Campaign.objects.update(title="<script>alert(1)</script>")
    page = enter(world.school.liang).get(world.campaign.get_absolute_url())
    assert "<script>alert(1)" not in page.content.decode()
