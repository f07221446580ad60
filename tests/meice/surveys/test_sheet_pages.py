"""The sheet over HTTP: who sees it, what a save answers, the same work by plain forms."""

import json
import re
import uuid

import pytest
from django.urls import reverse
from tests.meice.surveys import sheet_scene
from tests.meice.surveys.sheet_scene import put, rows_of, saved

from meice.surveys.models import Campaign, Remark, Submission, SubmissionRow

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def he(school, signed_in):
    return signed_in(school.he)


def data_of(response):
    found = re.search(
        r'<script id="sheet-data"[^>]*>(.*?)</script>', response.content.decode(), re.S
    )
    return json.loads(found[1])


def send(client, submission, *operations, annex=1, since=""):
    body = {"since": since, "operations": list(operations)}
    address = reverse("sheet-save", args=[submission.pk, annex])
    return client.post(address, json.dumps(body), content_type="application/json")


def wire(row, column, value, **given):
    operation = {
        "id": str(uuid.uuid4()),
        "kind": "set",
        "row": str(row.key),
        "version": row.version,
        "column": column,
        "value": value,
    }
    return operation | given


def page(client, submission, annex=1):
    return client.get(reverse("sheet-annex", args=[submission.pk, annex]))


@pytest.mark.parametrize("annex", [1, 2, 3, 4])
def test_each_annex_has_a_page(he, submission, annex):
    assert page(he, submission, annex).status_code == 200


@pytest.mark.parametrize("person", ["su", "bao", "admin"])
def test_it_is_not_there_for_strangers(school, signed_in, submission, person):
    client = signed_in(school.people[person])
    assert page(client, submission).status_code == 404
    assert send(client, submission).status_code == 404
    assert client.get(reverse("sheet-state", args=[submission.pk, 1])).status_code == 404
    row = rows_of(submission)[0]
    assert client.get(reverse("sheet-row", args=[submission.pk, 1, row.key])).status_code == 404


def test_an_auditor_reads_it_with_masked_numbers(school, signed_in, submission):
    response = page(signed_in(school.shen), submission)
    assert data_of(response)["editable"] is False
    assert "13800000001" not in response.content.decode()
    assert "138****0001" in response.content.decode()


def test_rows_stand_where_the_written_file_has_them(he, submission):
    data = data_of(page(he, submission))
    assert data["first"] == 5
    assert [column["letter"] for column in data["columns"]] == list("ABCDEFGHIJKLM")


def test_a_save_answers_with_the_engines_code_at_the_cell(he, submission):
    row = rows_of(submission)[1]
    answer = send(he, submission, wire(row, "responsible_mobile", "1360000220")).json()
    fault = next(one for one in answer["faults"] if one["code"] == "bad-mobile")
    assert (fault["cell"], fault["row"], fault["column"]) == (
        "L6",
        str(row.key),
        "responsible_mobile",
    )
    assert "只有 10 位" in fault["message"]
    assert fault["mend"]["label"] == "用台账值"
    assert answer["counts"]["errors"] == 1


def test_a_formula_is_text_and_an_error_and_the_only_one(he, submission):
    row = rows_of(submission)[0]
    answer = send(he, submission, wire(row, "responsible_mobile", "=1+1")).json()
    here = [one["code"] for one in answer["faults"] if one["column"] == "responsible_mobile"]
    assert here == ["formula-cell"]


def test_an_answer_brings_what_others_wrote_meanwhile(school, he, submission):
    since = data_of(page(he, submission))["since"]
    first, second = rows_of(submission)[:2]
    saved(submission, put(second, "note", "她写的"), by=school.chen)
    answer = send(he, submission, wire(first, "note", "我写的"), since=since).json()
    notes = {row["key"]: row["cells"].get("note") for row in answer["rows"]}
    assert notes == {str(first.key): "我写的", str(second.key): "她写的"}


def test_the_state_tells_news_and_the_lock(school, he, submission):
    since = data_of(page(he, submission))["since"]
    address = reverse("sheet-state", args=[submission.pk, 1])
    assert "rows" not in he.get(address, {"since": since}).json()
    saved(submission, put(rows_of(submission)[0], "note", "她写的"), by=school.chen)
    Campaign.objects.update(status="closed")
    news = he.get(address, {"since": since}).json()
    assert news["rows"][0]["cells"]["note"] == "她写的"
    assert news["editable"] is False


def test_a_locked_campaign_answers_403_with_the_reason(he, submission):
    Campaign.objects.update(status="closed")
    answer = send(he, submission, wire(rows_of(submission)[0], "note", "甲"))
    assert answer.status_code == 403
    assert "锁定" in answer.json()["reason"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"operations": [1]}', '{"operations": [{"id": "x"}]}', "null"]
)
def test_what_is_no_batch_is_400(he, submission, body):
    address = reverse("sheet-save", args=[submission.pk, 1])
    assert he.post(address, body, content_type="application/json").status_code == 400


def test_a_returned_submission_carries_remarks_in_its_cells(school, he, submission):
    row = rows_of(submission)[0]
    Submission.objects.filter(pk=submission.pk).update(status="returned", round=1)
    Remark.objects.create(
        submission=submission, round=1, annex=1, row=row, column="kind", was="微信公众号",
        text="应为视频号", at=sheet_scene.OPENED, by=school.liang, by_name="梁文博",
    )  # fmt: skip
    assert data_of(page(he, submission))["remarks"][0]["text"] == "应为视频号"
    answer = send(he, submission, wire(row, "kind", "视频号")).json()
    assert answer["remarks"][0]["resolved"] is True
    assert (answer["remarks"][0]["was"], answer["remarks"][0]["now"]) == ("微信公众号", "视频号")


def test_hostile_text_stays_text_everywhere(he, submission):
    row = rows_of(submission)[0]
    assert send(he, submission, wire(row, "name", HOSTILE)).status_code == 200
    for response in (
        page(he, submission),
        he.get(reverse("sheet-row", args=[submission.pk, 1, row.key])),
    ):
        text = response.content.decode()
        assert "<img src=x" not in text
        assert "<script>alert" not in text


def test_a_difference_to_the_register_has_its_acts(he, submission):
    row = rows_of(submission)[0]
    answer = send(he, submission, wire(row, "verified_as", "华园大学数信学院")).json()
    (difference,) = answer["differences"]
    assert (difference["odd"], difference["column"]) == ("changed", "verified_as")
    assert [act["label"] for act in difference["acts"]] == ["生成变更备案", "用台账值"]


def test_a_click_makes_a_draft_and_the_difference_says_so(he, submission):
    row = rows_of(submission)[0]
    (difference,) = send(he, submission, wire(row, "verified_as", "数信")).json()["differences"]
    sheet = reverse("sheet-annex", args=[submission.pk, 1])
    answer = he.post(
        reverse("submission-settle", args=[submission.pk]),
        difference["about"] | {"act": "file_change", "next": sheet},
    )
    assert answer.url == sheet
    (decided,) = data_of(page(he, submission))["differences"]
    assert decided["decided"] == "生成变更备案"
    assert row.outlet.filings.filter(status="draft").count() == 1


def plain(client, submission, row, **changed):
    """The row's plain form as a browser without a script sends it."""
    address = reverse("sheet-row", args=[submission.pk, 1, row.key])
    text = client.get(address).content.decode()
    token = re.search(r'name="version" value="([^"]+)"', text)[1]
    fields = {key: row.cells.get(key, "") for key in ("name", "kind", "note", "verified_as")}
    return address, fields | {"version": token} | changed


def test_a_plain_form_saves_one_row_by_the_same_rules(he, submission):
    row = rows_of(submission)[0]
    address, fields = plain(he, submission, row, kind="官微", note="甲")
    response = he.post(address, fields, follow=True)
    row.refresh_from_db()
    assert (row.cells["kind"], row.cells["note"]) == ("微信公众号", "甲")
    assert row.cells["responsible_name"] == "何嘉敏"
    assert "已存" in response.content.decode()


def test_plain_forms_merge_and_ask_only_about_the_same_cell(school, he, submission):
    row = rows_of(submission)[0]
    address, fields = plain(he, submission, row, note="我的", verified_as="我的主体")
    saved(submission, put(row, "note", "她的"), put(row, "name", "她的名"), by=school.chen)
    response = he.post(address, fields)
    text = response.content.decode()
    assert response.status_code == 409
    assert "陈希" in text
    assert "两人改了同一项 1 处" in text
    token = re.search(r'name="version" value="([^"]+)"', text)[1]
    he.post(
        address,
        {
            "version": token,
            "note": "我的",
            "verified_as": "我的主体",
            "pick-note": "mine",
            "way": "chosen",
        },
    )
    row.refresh_from_db()
    assert [row.cells[key] for key in ("note", "verified_as", "name")] == [
        "我的",
        "我的主体",
        "她的名",
    ]


def test_going_back_from_a_conflict_keeps_what_was_typed(school, he, submission):
    row = rows_of(submission)[0]
    address, fields = plain(he, submission, row, note="我的")
    saved(submission, put(row, "note", "她的"), by=school.chen)
    assert 'value="我的"' in he.post(address, fields | {"way": "back"}).content.decode()
    row.refresh_from_db()
    assert row.cells["note"] == "她的"


def test_rows_are_added_and_removed_without_a_script(he, submission):
    key, before = uuid.uuid4(), len(rows_of(submission))
    for _ in range(2):
        he.post(reverse("sheet-row-add", args=[submission.pk, 1]), {"row": str(key)})
    assert len(rows_of(submission)) == before + 1
    row = SubmissionRow.objects.get(key=key)
    he.post(reverse("sheet-row-remove", args=[submission.pk, 1, key]), {"version": row.version})
    assert len(rows_of(submission)) == before


def test_the_page_has_a_form_for_each_row_without_a_script(he, submission):
    text = page(he, submission).content.decode()
    plain_part = text[text.index("<noscript>") :]
    assert plain_part.count("保存这一行</button>") == len(rows_of(submission))


def test_the_page_takes_few_queries(he, submission, django_assert_max_num_queries):
    page(he, submission)
    with django_assert_max_num_queries(12):
        page(he, submission)


def test_one_row_is_masked_for_an_auditor_too(school, signed_in, submission):
    row = rows_of(submission)[0]
    client = signed_in(school.shen)
    text = client.get(reverse("sheet-row", args=[submission.pk, 1, row.key])).content.decode()
    assert "13800000001" not in text
    assert client.post(reverse("sheet-row", args=[submission.pk, 1, row.key])).status_code == 403
