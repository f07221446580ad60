"""Annex 3 form by form: filled in, marked old → new, added, followed by annex 4; the header."""

import re
import uuid
from html import unescape

import pytest
from django.urls import reverse
from tests.meice.surveys import sheet_scene
from tests.meice.surveys.sheet_scene import rows_of

from meice.engines.annexes.model import Annex
from meice.registry.models import Outlet
from meice.surveys.models import Remark, SubmissionHeader, SubmissionRow
from meice.surveys.rows.texts import CHANGED, engine_rows, marks_of
from meice.surveys.sheet.paperform import with_marks

pytestmark = pytest.mark.django_db
CHANGE = {"filing_kind": "变更"}


@pytest.fixture
def he(school, signed_in):
    return signed_in(school.he)


def address(submission, row):
    return reverse("sheet-row", args=[submission.pk, 3, row.key])


def fields_of(client, submission, row):
    """What the page of a form would send."""
    text = client.get(address(submission, row)).content.decode()
    form = text[text.index(f'action="{address(submission, row)}"') :]
    inputs = re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', form[: form.index("</form>")])
    kind = re.search(r"<option selected>([^<]+)</option>", form)
    return {name: unescape(value) for name, value in inputs} | {"filing_kind": kind[1]}


def save(client, submission, row, **cells):
    given = fields_of(client, submission, row) | cells
    response = client.post(address(submission, row), given)
    row.refresh_from_db()
    return response


def test_each_form_has_a_page_with_its_cells(he, submission):
    row = rows_of(submission, Annex.FILING)[0]
    text = he.get(address(submission, row)).content.decode()
    assert 'value="何嘉敏"' in text
    assert "第 1 份，共 6 份" in text
    listed = he.get(reverse("sheet-annex", args=[submission.pk, 3])).content.decode()
    assert address(submission, row) in listed


def test_what_a_change_writes_is_marked_with_what_stood_there(he, submission):
    row = rows_of(submission, Annex.FILING)[0]
    response = save(he, submission, row, filing_kind="变更", **{"leader.name": "王新"})
    assert response.url == address(submission, row)
    assert marks_of(row.cells) == {"leader.name": "郑国强"}
    (form,) = engine_rows(Annex.FILING, [row])
    assert form.changed == {"leader.name": "郑国强"}
    shown = he.get(address(submission, row)).content.decode()
    assert "变更标记 1 项" in shown
    assert "原来：郑国强" in shown


def test_the_old_text_may_be_written_by_hand_and_taken_away(he, submission):
    row = rows_of(submission, Annex.FILING)[0]
    save(he, submission, row, filing_kind="变更", mark="frequency", mark_old="每月1次")
    assert marks_of(row.cells) == {"frequency": "每月1次"}
    save(he, submission, row, **{f"{CHANGED}frequency": ""})
    assert marks_of(row.cells) == {}
    assert engine_rows(Annex.FILING, [row])[0].changed == {}


def test_an_opening_carries_no_marks(he, submission):
    row = rows_of(submission, Annex.FILING)[0]
    save(he, submission, row, filing_kind="变更", frequency="每日")
    save(he, submission, row, filing_kind="开设")
    assert marks_of(row.cells) == {}


@pytest.mark.parametrize(
    ("opened", "mine", "known", "marks"),
    [
        ({"name": "旧"}, {"name": "新"}, {}, {"name": "旧"}),
        ({"name": "旧"}, {"name": "新"}, {"name": "台账"}, {"name": "台账"}),
        ({"name": "改过"}, {"name": "新"}, {"name": "新"}, {"name": "改过"}),
        ({}, {"name": "新"}, {}, {"name": "空"}),
        ({"name": "旧"}, {"name": "旧"}, {"name": "台账"}, {}),
        ({"name": "旧"}, {"name": "新", f"{CHANGED}name": "我写的"}, {}, {"name": "我写的"}),
        ({"name": "新"}, {"name": "旧", f"{CHANGED}name": "旧"}, {}, {}),
    ],
)
def test_where_an_old_text_comes_from(opened, mine, known, marks):
    assert marks_of(with_marks(CHANGE | mine, CHANGE | opened, known)) == marks


def test_two_people_at_one_form_are_asked_only_about_the_same_cell(school, he, submission):
    row = rows_of(submission, Annex.FILING)[0]
    mine = fields_of(he, submission, row) | {"frequency": "每日", "followers": "9"}
    row.touch({"frequency": "每周"}, by=school.chen, at=sheet_scene.OPENED)
    row.save()
    response = he.post(address(submission, row), mine)
    assert response.status_code == 409
    assert "发布频次" in response.content.decode()


def test_a_fault_stands_at_its_cell_and_a_remark_too(school, he, submission):
    row = rows_of(submission, Annex.FILING)[0]
    save(he, submission, row, opened_on="不知道")
    Remark.objects.create(
        submission=submission, round=1, annex=3, row=row, column="frequency", text="写明每周几次",
        at=sheet_scene.OPENED, by=school.liang, by_name="梁文博",
    )  # fmt: skip
    text = he.get(address(submission, row)).content.decode()
    assert 'aria-describedby="e-opened_on"' in text
    assert "写明每周几次" in text


def add(client, submission, **given):
    key = given.pop("key", None) or uuid.uuid4()
    where = reverse("sheet-row-add", args=[submission.pk, 3])
    client.post(where, {"row": str(key), **given})
    return SubmissionRow.objects.get(submission=submission, key=key)


def test_a_form_more_comes_filled_in_from_the_register_once(he, submission):
    for row in rows_of(submission, Annex.FILING):
        he.post(reverse("sheet-row-remove", args=[submission.pk, 3, row.key]), {"version": "99"})
    outlet = Outlet.objects.get(name="华园数信微博")
    key = uuid.uuid4()
    row = add(he, submission, key=key, outlet=outlet.pk, kind="变更")
    add(he, submission, key=key, outlet=outlet.pk, kind="变更")
    assert row.outlet == outlet
    assert row.cells["name"] == "华园数信微博"
    assert row.cells["filing_kind"] == "变更"
    assert len(rows_of(submission, Annex.FILING)) == 1


def test_anothers_outlet_gives_an_empty_form(school, he, submission):
    outlet = Outlet.objects.get(name="华园数信微博")
    Outlet.objects.filter(pk=outlet.pk).update(unit=school.arts, unit_path=school.arts.path)
    row = add(he, submission, outlet=outlet.pk, kind="开设")
    assert row.outlet is None
    assert "name" not in row.cells


def test_annex_4_follows_annex_3_and_adds_what_it_lacks(he, submission):
    first, second = rows_of(submission, Annex.FILING)[:2]
    save(he, submission, first, filing_kind="变更", **{"leader.name": "王新"})
    gone = next(r for r in rows_of(submission, 4) if r.outlet_id == second.outlet_id)
    he.post(reverse("sheet-row-remove", args=[submission.pk, 4, gone.key]), {"version": "99"})
    where = reverse("sheet-follow", args=[submission.pk])
    response = he.post(where, {"row": str(uuid.uuid4())}, follow=True)
    assert "附件4 已按附件3 更新 2 行" in response.content.decode()
    listed = {row.outlet_id: row.cells for row in rows_of(submission, 4)}
    assert listed[first.outlet_id]["leader"] == "王新"
    assert listed[first.outlet_id]["filing_kind"] == "变更"
    assert listed[second.outlet_id]["name"] == second.cells["name"]
    again = he.post(where, {"row": str(uuid.uuid4())}, follow=True)
    assert "本来就一致" in again.content.decode()


@pytest.mark.parametrize("name", ["sheet-row-add", "sheet-follow"])
def test_a_leader_writes_no_forms(school, signed_in, submission, name):
    arguments = [submission.pk, 3] if name == "sheet-row-add" else [submission.pk]
    response = signed_in(school.zheng).post(reverse(name, args=arguments), {})
    assert response.status_code == 403


def header(client, submission, **given):
    known = {"filled_by": "陈希", "phone": "020-85280001", "date": "11.20"}
    back = {"next": reverse("sheet-annex", args=[submission.pk, 1])}
    return client.post(reverse("submission-header", args=[submission.pk]), known | back | given)


def test_the_header_is_written_in_the_sheet_and_leads_back_to_it(he, submission):
    page = he.get(reverse("sheet-annex", args=[submission.pk, 1])).content.decode()
    assert 'id="m-header"' in page
    response = header(he, submission, seen="1")
    assert response.url == reverse("sheet-annex", args=[submission.pk, 1])
    kept = SubmissionHeader.objects.get(submission=submission)
    assert (kept.filled_by, kept.date[4:]) == ("陈希", "-11-20")


def test_a_header_that_somebody_wrote_meanwhile_is_not_overwritten(he, submission):
    header(he, submission, seen="1")
    response = header(he, submission, seen="1", filled_by="何嘉敏")
    assert response.status_code == 403
    text = response.content.decode()
    assert "刚才有人改了表头" in text
    assert 'value="何嘉敏"' in text
    assert SubmissionHeader.objects.get(submission=submission).filled_by == "陈希"
