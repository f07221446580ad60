"""What leaves the house: annex 3 with marks, annex 4, the wide list; nothing runs as a formula."""

from io import BytesIO

import openpyxl
import xlrd
from django.urls import reverse
from tests.meice.registry.scene import MONDAY, accepted, changing, opening

from meice.audit.models import Entry as AuditEntry
from meice.registry.actions import exports
from meice.registry.documents import annex3_bytes, annex3_form, paper_of
from meice.registry.models import LedgerExport, Outlet
from meice.registry.tasks import make_export

FORMULA = '=HYPERLINK("http://evil.example","x")'


def sheet_of(content):
    return xlrd.open_workbook(file_contents=content).sheet_by_index(0)


def test_annex_3_of_a_change_marks_each_changed_cell(school, outlet):
    filing = changing(
        school,
        outlet,
        frequency="每周2次",
        **{"reviewer.name": "王璐", "reviewer.phone": "13700000030"},
    )
    form = annex3_form(filing)
    assert dict(form.changed) == {
        "frequency": "每周3次",
        "reviewer.name": "周启明",
        "reviewer.phone": "13700000001",
    }
    text = " ".join(
        str(cell.value)
        for row in sheet_of(annex3_bytes(filing, MONDAY.date())).get_rows()
        for cell in row
    )
    assert "每周2次【原：每周3次】" in text
    assert "王璐【原：周启明】" in text


def test_the_paper_counts_its_changes_and_dates_are_long(school, outlet):
    paper = paper_of(changing(school, outlet, frequency="每周2次"))
    assert (paper.changed, paper.cells["frequency"].old) == (1, "每周3次")
    assert paper.cells["opened_on"].text == "2019年10月8日"
    assert paper.operators[2].name.text == ""


def test_the_check_code_changes_with_the_paper(school, outlet):
    filing = changing(school, outlet, frequency="每周2次")
    first = paper_of(filing).code
    filing.changes.update(new="每天")
    assert paper_of(filing).code != first


def test_an_opening_bears_no_marks(school):
    assert paper_of(opening(school)).changed == 0


def test_the_list_holds_text_and_no_formula(client, school):
    accepted(school, opening(school, purpose=FORMULA, account_id="+1+1", note="@x"))
    client.force_login(school.he)
    answer = client.post(reverse("outlet-export"), {"kind": "ledger"})
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    values = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert FORMULA in [cell.value for cell in values]
    assert {cell.data_type for cell in values if cell.value is not None} == {"s"}
    assert AuditEntry.objects.filter(act="outlet.export").count() == 1


def test_annex_4_has_the_filtered_rows_and_the_last_kind(client, school, outlet):
    accepted(school, changing(school, outlet, frequency="每周2次"))
    accepted(school, opening(school, name="数信抖音", platform="douyin", permanent_id=None))
    client.force_login(school.he)
    answer = client.post(reverse("outlet-export"), {"kind": "annex4", "platform": "wechat"})
    text = [str(c.value) for row in sheet_of(answer.getvalue()).get_rows() for c in row]
    assert "华园数信" in text
    assert "变更" in text
    assert "数信抖音" not in text


def test_only_ticked_rows_go_out(client, school, outlet):
    other = accepted(school, opening(school, name="数信抖音", platform="douyin", permanent_id=None))
    client.force_login(school.he)
    answer = client.post(
        reverse("outlet-export"),
        {
            "kind": "ledger-selected",
            "shown": [outlet.pk, other.outlet.pk],
            "outlet": [other.outlet.pk],
        },
    )
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["数信抖音"]


def test_an_export_never_reaches_other_units(client, school, outlet):
    client.force_login(school.su)
    answer = client.post(
        reverse("outlet-export"),
        {"kind": "ledger-selected", "shown": [outlet.pk], "outlet": [outlet.pk]},
    )
    assert openpyxl.load_workbook(BytesIO(answer.getvalue())).active.max_row == 1


def test_a_large_export_is_a_job_and_its_file_is_hers_alone(client, school, outlet, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    client.force_login(school.he)
    answer = client.post(reverse("outlet-export"), {"kind": "ledger"})
    export = LedgerExport.objects.get()
    assert answer.url == reverse("ledger-export", args=[export.pk])
    assert "还在写" in client.get(answer.url).content.decode()
    make_export.call(export.pk)
    make_export.call(export.pk)
    ready = client.get(answer.url)
    assert openpyxl.load_workbook(BytesIO(ready.getvalue())).active.max_row == 2
    client.force_login(school.chen)
    assert client.get(answer.url).status_code == 404


def test_the_address_of_annex_3_is_a_download(client, school, outlet):
    client.force_login(school.zheng)
    answer = client.get(reverse("filing-annex3", args=[outlet.filings.get().pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert sheet_of(answer.getvalue()).nrows > 10
    assert Outlet.objects.count() == 1
