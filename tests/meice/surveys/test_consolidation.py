"""汇总打包 over the tree, drilling down to the rows, and the frozen year."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.conftest import BACKEND
from tests.meice.registry.scene import MONDAY, accepted, changing, opening
from tests.meice.surveys.scene import (
    BEFORE,
    arrival,
    received,
    reported,
    the_outlet,
)

from meice.engines.annexes.check import check
from meice.engines.annexes.columns import COUNT_ITEMS
from meice.engines.annexes.model import Annex
from meice.kernel.access import Refused
from meice.surveys import tasks
from meice.surveys.actions import consolidating, deciding, filling, reporting, years
from meice.surveys.models import Consolidation, SubmissionHeader, YearSummary
from meice.surveys.rows.drilling import rows_behind

pytestmark = pytest.mark.django_db
ALL, PROBLEMS = COUNT_ITEMS[0], COUNT_ITEMS[2]


def arts_received(world):
    """艺术学院 has one outlet too, reported and received."""
    school = world.school
    given = {"name": "华园艺术", "account_id": "hy_art", "permanent_id": "gh_art"}
    draft = opening(school, by=school.su, unit=school.arts, **given)
    accepted(school, draft, leader=school.fang)
    filling.start_submission(world.arts, by=school.su, at=BEFORE)
    filling.present_submission(world.fresh(world.arts), by=school.su, at=BEFORE)
    reporting.confirm_submission(world.fresh(world.arts), arrival(), by=school.fang)
    deciding.accept_submission(world.fresh(world.arts), by=school.liang, at=BEFORE)


def made(world):
    """The package of what is received now, made by the job."""
    asked = consolidating.ask_consolidation(
        world.campaign, sent_on=timezone.localdate(BEFORE), by=world.school.liang, at=BEFORE
    )
    tasks.consolidate.func(asked.pk)
    return Consolidation.objects.get(pk=asked.pk)


def test_the_package_is_named_by_the_rule_and_reopens_with_the_right_rows(world, tmp_path):
    received(world)
    arts_received(world)
    done = made(world)
    assert done.package.name == "20261120华园新媒体（网站）统计.zip"
    path = tmp_path / done.package.name
    path.write_bytes(done.package.path.read_bytes())
    report = check([path], today=timezone.localdate(BEFORE))
    rows = {form.annex: form.rows for form in report.files}
    assert [row.name for row in rows[Annex.BASIC]] == ["华园数信", "华园艺术"]
    assert [row.number for row in rows[Annex.BASIC]] == [1, 2]
    assert len([form for form in report.files if form.annex is Annex.FILING]) == 2
    assert rows[Annex.COUNTS][0].total == 2


def test_only_what_was_received_is_counted(world):
    received(world)
    done = made(world)
    assert done.row_count == 1
    assert list(done.members.values_list("unit_name", flat=True)) == ["数学与信息学院"]


def test_without_anything_received_there_is_nothing_to_merge(world):
    with pytest.raises(Refused, match="还没有接收"):
        made(world)


def test_asking_twice_while_it_is_made_gives_the_same(world):
    received(world)
    day = timezone.localdate(BEFORE)
    by = world.school.liang
    one = consolidating.ask_consolidation(world.campaign, sent_on=day, by=by, at=BEFORE)
    two = consolidating.ask_consolidation(world.campaign, sent_on=day, by=by, at=BEFORE)
    assert one.pk == two.pk


def test_a_doubled_job_changes_nothing(world):
    received(world)
    done = made(world)
    tasks.consolidate.func(done.pk)
    again = Consolidation.objects.get(pk=done.pk)
    assert (again.package_id, again.made_at) == (done.package_id, done.made_at)
    assert again.members.count() == 1


def test_a_later_package_stands_beside_the_first(world):
    received(world)
    first = made(world)
    arts_received(world)
    second = made(world)
    assert first.package.path.read_bytes() != second.package.path.read_bytes()
    assert (first.row_count, second.row_count) == (1, 2)


def test_each_number_leads_to_exactly_the_rows_it_counts(world):
    received(world)
    arts_received(world)
    done = made(world)
    members = list(done.members.all())
    for row in done.counts:
        for column, number in {**row["counts"], "合计": row["total"]}.items():
            behind = rows_behind(members, row["item"], column)
            assert sum(each.number for each in behind) == (number or 0)


def test_the_page_of_the_rows(world):
    received(world)
    done = made(world)
    browser = Client()
    browser.force_login(world.school.liang, backend=BACKEND)
    page = browser.get(reverse("campaign-consolidation", args=[world.campaign.pk, done.pk]))
    assert "item=0&amp;column=2" in page.content.decode()
    address = reverse("campaign-rows", args=[world.campaign.pk, done.pk])
    shown = browser.get(f"{address}?item=0&column=2").content.decode()
    assert "华园数信" in shown
    assert browser.get(f"{address}?item=9&column=2").status_code == 404
    file = browser.post(reverse("campaign-download", args=[world.campaign.pk, done.pk, "package"]))
    assert len(ZipFile(BytesIO(b"".join(file.streaming_content))).namelist()) == 4


def test_a_units_own_annex_2_is_compared_cell_by_cell(world):
    submission = reported(world)
    counts = {"网站": 0, "微博": 0, "微信": 3, "头条号": 0, "抖音号": 0, "移动客户端": 0}
    own = {"item": ALL, "counts": counts | {"其他政务新媒体": 0}, "total": 3, "note": ""}
    SubmissionHeader.objects.filter(submission=submission).update(own_counts=[own])
    deciding.accept_submission(submission, by=world.school.liang, at=BEFORE)
    found = {(each["column"], each["own"], each["computed"]) for each in made(world).mismatches}
    assert ("微信", 3, 1) in found


def test_units_have_no_door_to_the_package(world):
    received(world)
    done = made(world)
    browser = Client()
    browser.force_login(world.school.he, backend=BACKEND)
    address = reverse("campaign-consolidation", args=[world.campaign.pk, done.pk])
    assert browser.get(address).status_code == 404


def freeze(world, year=2026):
    return years.freeze_year(world.school.university, year, by=world.school.liang, at=MONDAY)


def test_the_year_holds_its_filings_and_its_bytes_are_kept(world):
    summary = freeze(world)
    assert [row["filing"] for row in summary.rows] == ["BA-2026-0001"]
    before = summary.file.path.read_bytes()
    accepted(world.school, changing(world.school, the_outlet(), verified_as="别的主体"))
    assert YearSummary.objects.get().file.path.read_bytes() == before
    assert YearSummary.objects.get().row_count == 1


def test_a_year_is_frozen_once(world):
    freeze(world)
    with pytest.raises(Refused, match="已经汇总过"):
        freeze(world)


def test_a_year_that_has_not_come_is_refused(world):
    with pytest.raises(Refused, match="还没有到"):
        freeze(world, 2027)


def test_a_unit_cannot_freeze(world):
    with pytest.raises(Refused, match="宣传部"):
        years.freeze_year(world.school.maths, 2026, by=world.school.he, at=MONDAY)


def test_changes_against_the_year_before_name_the_items(world):
    freeze(world)
    YearSummary.objects.update(year=2025)
    accepted(world.school, changing(world.school, the_outlet(), verified_as="别的主体"))
    summary = freeze(world)
    changed = [change for change in summary.changes if change["kind"] == "changed"]
    assert changed[0]["items"] == [["认证主体", "华园大学", "别的主体"]]


def test_the_pages_of_the_year(world):
    browser = Client()
    browser.force_login(world.school.liang, backend=BACKEND)
    year = timezone.localdate().year
    assert browser.get(reverse("year-list")).status_code == 200
    page = browser.post(reverse("year-freeze"), {"year": year}, follow=True)
    assert f"{year}年度汇总" in page.content.decode()
    summary = YearSummary.objects.get()
    file = browser.post(reverse("year-download", args=[summary.pk]))
    assert b"".join(file.streaming_content)[:4] == b"\xd0\xcf\x11\xe0"
    other = Client()
    other.force_login(world.school.he, backend=BACKEND)
    assert other.get(reverse("year", args=[summary.pk])).status_code == 404
