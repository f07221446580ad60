"""The pages of activity: what each reader sees, what a stranger does not."""

from datetime import date

import pytest
from django.urls import reverse
from tests.base_states import base_state
from tests.meice.inspections.activity.conftest import NOON, feed

from meice.inspections.actions import activity as deeds
from meice.inspections.actions.judging import judge_accounts
from meice.inspections.models import ActivitySource, SourceWay, Vacation

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@base_state
def judged(school, outlet):
    """华园数信, near its line, by a feed."""
    source = deeds.set_source(
        outlet, SourceWay.FEED, address="https://rss.example/x", by=school.he, at=NOON
    )
    deeds.ask_source(source, feed(date(2026, 11, 12)), NOON)
    judge_accounts(NOON)
    return outlet


def test_the_list_shows_verdict_and_line_within_few_queries(
    judged, school, signed_in, django_assert_max_num_queries
):
    browser = signed_in(school.liang)
    browser.get(reverse("activity-list"))
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("activity-list"), {"activity": "near"}).content.decode()
    assert "华园数信" in page
    assert "临近" in page
    assert (
        "华园数信"
        not in browser.get(reverse("activity-list"), {"activity": "active"}).content.decode()
    )


def test_a_unit_sees_its_own_accounts_only(judged, school, signed_in):
    stranger = signed_in(school.su)
    assert "华园数信" not in stranger.get(reverse("activity-list")).content.decode()
    assert stranger.get(reverse("outlet-activity", args=[judged.pk])).status_code == 404
    source = ActivitySource.objects.get()
    for name, pk in (("source-drop", source.pk), ("source-ask", source.pk)):
        assert stranger.post(reverse(name, args=[pk])).status_code == 404
    for name in ("activity-attest", "activity-sample", "source-feed", "source-wechat"):
        assert stranger.post(reverse(name, args=[judged.pk])).status_code == 404
    assert ActivitySource.objects.count() == 1


def test_the_account_page_says_which_source_said_what(judged, school, signed_in):
    page = signed_in(school.he).get(reverse("outlet-activity", args=[judged.pk])).content.decode()
    assert "2026-11-12" in page
    assert "订阅源" in page
    assert "说明最近一篇" in page
    assert "人工抽查" not in page


def test_a_sample_by_the_department_is_judged_at_once(judged, school, signed_in):
    browser = signed_in(school.liang)
    answer = browser.post(reverse("activity-sample", args=[judged.pk]), {"day": "2026-01-05"})
    assert answer.status_code == 302
    refused = browser.post(reverse("activity-sample", args=[judged.pk]), {"day": "何时"})
    assert refused.status_code == 422
    assert (
        signed_in(school.he)
        .post(reverse("activity-sample", args=[judged.pk]), {"day": "2026-01-05"})
        .status_code
        == 403
    )


def test_a_secret_is_never_shown_again(judged, school, signed_in):
    browser = signed_in(school.he)
    given = {"app_id": "wx1", "secret": "geheim-1"}
    assert browser.post(reverse("source-wechat", args=[judged.pk]), given).status_code == 302
    page = browser.get(reverse("outlet-activity", args=[judged.pk])).content.decode()
    assert "wx1" in page
    assert "geheim-1" not in page


def test_lines_and_vacations_are_the_departments(judged, school, signed_in):
    assert signed_in(school.he).get(reverse("activity-settings")).status_code == 403
    browser = signed_in(school.liang)
    given = {"name": HOSTILE, "first": "2026-07-10", "last": "2026-08-31"}
    assert browser.post(reverse("vacation-add"), given).status_code == 302
    assert HOSTILE not in browser.get(reverse("activity-settings")).content.decode()
    backwards = {"name": "暑假", "first": "2026-08-31", "last": "2026-07-10"}
    assert browser.post(reverse("vacation-add"), backwards).status_code == 403
    assert Vacation.objects.count() == 1


def test_statistics_are_previewed_and_written_by_the_unit(judged, school, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = signed_in(school.he)
    text = f"账号名称,发布时间\n华园数信,2026-01-05\n{HOSTILE},2026-01-05\n"
    file = SimpleUploadedFile("统计.csv", text.encode())
    answer = browser.post(
        reverse("statistics-list"), {"file": file, "unit": school.maths.pk}, follow=True
    )
    page = answer.content.decode()
    assert "1 个账号对上" in page
    assert HOSTILE not in page
    done = browser.post(answer.redirect_chain[-1][0] + "apply/", follow=True).content.decode()
    assert "写入" in done
    assert signed_in(school.su).get(answer.redirect_chain[-1][0]).status_code == 404


def test_the_export_holds_text_only_and_leaves_a_line(judged, school, signed_in):
    from io import BytesIO

    import openpyxl

    from meice.audit.models import Entry

    answer = signed_in(school.liang).post(reverse("activity-export"))
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.active for cell in row if cell.value is not None]
    assert "华园数信" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}
    assert Entry.objects.filter(act="activity.export").exists()
