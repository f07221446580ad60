"""通报: what it counts, what it says of the unchecked, who reads it, and its files."""

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.urls import reverse
from tests.base_states import base_state
from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY, days
from tests.meice.registry.scene import accepted, opening

from meice.kernel.access import Refused
from meice.kernel.slots import CheckSource, OutletCheck, outlet_checks
from meice.notices.models import Notice
from meice.orgs.models import Unit
from meice.rectification import actions
from meice.rectification.documents import circular_docx, circular_xlsx, report_of
from meice.rectification.models import Circular, CircularRow


@base_state
def second(school):
    """A Weibo of the same faculty, without a problem."""
    made = opening(school, name="数信微博", platform="weibo", account_id="hyu_sxwb",
                   permanent_id="5930271846")  # fmt: skip
    return accepted(school, made).outlet


@pytest.fixture
def checked(outlet, second):
    """An upper room that has checked both: one passed, one could not be known."""
    found = {}
    source = CheckSource(
        "试", lambda ids, first, last: {k: v for k, v in found.items() if k in ids}
    )
    outlet_checks.register(source)
    yield found
    outlet_checks._items.remove(source)


def said(school, **given):
    return actions.CircularText(
        **{
            "title": "2026年第四季度新媒体（网站）检查情况通报",
            "unit": Unit.objects.get(pk=school.university.pk),
            "first_day": date(2026, 11, 1),
            "last_day": date(2026, 11, 30),
            **given,
        }
    )


def drafted(school, **given):
    return actions.draft_circular(said(school, **given), by=school.liang, at=days(5))


def test_what_nobody_checked_is_unknown_and_not_passed(school, outlet, second):
    scene.an_order(school, scene.stale(outlet))
    whole = report_of(drafted(school)).whole
    assert (whole.standing, whole.passed, whole.failed, whole.unknown) == (2, 0, 1, 1)
    assert whole.rate_words == "0.0%"


def test_without_any_check_the_rate_is_unknown(school, outlet):
    report = report_of(drafted(school))
    assert report.whole.rate_words == "未知"
    assert "合格率未知" in report.summary


def test_a_check_passes_only_what_has_no_confirmed_problem(school, outlet, second, checked):
    scene.an_order(school, scene.stale(outlet))
    checked |= {outlet.pk: OutletCheck(True), second.pk: OutletCheck(True)}
    report = report_of(drafted(school))
    assert (report.whole.passed, report.whole.failed) == (1, 1)
    assert {c.name: c.rate_words for c in report.platforms} == {
        "微信公众号": "0.0%",
        "微博": "100.0%",
    }


def test_a_check_that_could_not_know_counts_as_unknown(school, outlet, second, checked):
    checked |= {outlet.pk: OutletCheck(None), second.pk: OutletCheck(True)}
    whole = report_of(drafted(school)).whole
    assert (whole.passed, whole.failed, whole.unknown) == (1, 0, 1)


def test_the_rows_are_the_items_with_what_the_check_saw(school, outlet):
    order = scene.an_order(school, scene.stale(outlet), scene.silent(outlet))
    rows = list(drafted(school).rows.all())
    assert [(row.platform_name, row.outlet_name, row.unit_name, row.problem_label, row.updated_on)
            for row in rows] == [
        ("微信公众号", "华园数信", "数学与信息学院", "长期不更新（僵尸）", date(2026, 9, 28)),
        ("微信公众号", "华园数信", "数学与信息学院", "互动回应不及时", None),
    ]  # fmt: skip
    assert {row.order_number for row in rows} == {order.number}


def test_an_order_of_another_period_is_listed_only_while_it_is_open(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    later = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 31)}
    assert drafted(school, **later).rows.count() == 1
    actions.close_order(scene.judged(school, order), by=school.liang, at=days(1))
    assert drafted(school, **later).rows.count() == 0


def test_the_scope_narrows_by_unit_and_platform(school, outlet, second):
    scene.an_order(school, scene.stale(outlet))
    assert drafted(school, platforms=["weibo"]).rows.count() == 0
    arts = Unit.objects.get(pk=school.arts.pk)
    assert report_of(drafted(school, unit=arts)).whole.standing == 0


def test_often_reminded_items_are_called_so(school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet))
    for number in (1, 2, 3):
        actions.remind_order(order, by=school.liang, at=days(number))
    assert drafted(school).rows.get().is_repeated


def test_publishing_numbers_freezes_and_tells_the_units(school, outlet):
    scene.an_order(school, scene.stale(outlet))
    circular = actions.publish_circular(drafted(school), by=school.liang, at=days(8))
    assert circular.number == "媒通〔2026〕1号"
    told = Notice.objects.filter(url=circular.get_absolute_url())
    assert set(told.values_list("user__name", flat=True)) == {"何嘉敏", "陈希", "郑国强"}
    with pytest.raises(Refused, match="不能再改"):
        actions.edit_circular(circular, said(school, title="另一个"), by=school.liang, at=days(8))
    with pytest.raises(Refused, match="不能再改"):
        actions.count_circular(circular, by=school.liang, at=days(8))


def test_a_check_that_still_runs_is_not_published(school, outlet):
    with pytest.raises(Refused, match="检查还没有结束"):
        actions.publish_circular(drafted(school), by=school.liang, at=MONDAY)


def test_a_draft_is_the_departments_and_a_published_one_the_units(client, school, outlet):
    circular = drafted(school)
    address = reverse("circular", args=[circular.pk])
    for who, status in (("liang", 200), ("shen", 200), ("he", 404), ("su", 404), ("admin", 404)):
        client.force_login(school.people[who])
        assert client.get(address).status_code == status, who
    actions.publish_circular(circular, by=school.liang, at=days(8))
    for who, status in (("he", 200), ("su", 200), ("bao", 404), ("admin", 404)):
        client.force_login(school.people[who])
        assert client.get(address).status_code == status, who
    actions.recall_circular(circular, by=school.liang, at=days(9))
    client.force_login(school.he)
    assert client.get(address).status_code == 404


def test_a_circular_for_one_faculty_is_not_anothers(client, school, outlet):
    maths = Unit.objects.get(pk=school.maths.pk)
    circular = actions.publish_circular(drafted(school, unit=maths), by=school.liang, at=days(8))
    client.force_login(school.su)
    assert client.get(circular.get_absolute_url()).status_code == 404


def test_only_the_department_drafts(client, school):
    for who in ("he", "zheng", "shen", "bao", "admin"):
        client.force_login(school.people[who])
        assert client.get(reverse("circular-new")).status_code == 403, who


def test_a_circular_from_the_form(client, school, outlet):
    scene.an_order(school, scene.stale(outlet))
    client.force_login(school.liang)
    given = {"title": "通报", "unit": school.university.pk, "first_day": "2026-11-01",
             "last_day": "2026-11-30", "platforms": ["wechat"]}  # fmt: skip
    bad = client.post(reverse("circular-new"), given | {"last_day": "2026-10-01"})
    assert bad.status_code == 422
    assert client.post(reverse("circular-new"), given).status_code == 302
    page = client.get(Circular.objects.get().get_absolute_url()).content.decode()
    assert "长期不更新（僵尸）" in page
    assert "不是排名" in page


def test_the_workbook_has_the_items_and_the_rates(school, outlet, second):
    scene.an_order(school, scene.stale(outlet))
    book = openpyxl.load_workbook(BytesIO(circular_xlsx(drafted(school))))
    head, row = list(book["问题清单"].iter_rows(values_only=True))
    assert head == ("序号", "类型", "名称", "责任单位", "问题", "检查时更新日期", "整改情况")
    assert row == (1, "微信公众号", "华园数信", "数学与信息学院", "长期不更新（僵尸）",
                   "2026-09-28", "未整改")  # fmt: skip
    assert list(book["按类型"].iter_rows(values_only=True))[-1][:5] == ("合计", 2, 0, 1, 1)


def test_the_document_has_its_sections_and_hostile_names_stay_text(school, outlet):
    scene.an_order(school, scene.stale(outlet))
    circular = drafted(school, overall="<b>=1+1</b>\x07")
    CircularRow.objects.update(outlet_name="=cmd|'/c calc'!A1")
    document = docx.Document(BytesIO(circular_docx(circular)))
    text = "\n".join(line.text for line in document.paragraphs)
    assert [
        part in text
        for part in ("一、检查范围与依据", "二、检查结果", "三、问题分类", "四、整改要求")
    ]
    assert "<b>=1+1</b>" in text
    assert document.tables[-1].rows[1].cells[2].text == "=cmd|'/c calc'!A1"
    book = openpyxl.load_workbook(BytesIO(circular_xlsx(circular)))
    assert book["问题清单"]["C2"].data_type == "s"
