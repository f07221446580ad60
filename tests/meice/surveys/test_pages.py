"""The pages: what the owner sees, what others do not, and the way on in every state."""

import re
import uuid
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.answers import body
from tests.conftest import BACKEND

from meice.audit.models import Entry
from meice.engines.annexes.model import Code, Form, Issue, Package, Severity
from meice.jobs.models import Job
from meice.surveys.actions import asked
from meice.surveys.models import AnnexCheck

from .conftest import basic_form, issue, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, operator):
    """`page("/annexes/")`: the text of a page as the operator sees it."""
    client.force_login(operator, backend=BACKEND)

    def get(url, status=200, **query):
        response = client.get(url, query)
        assert response.status_code == status
        return response.content.decode()

    return get


def unreadable(code, message):
    wrong = Issue(code, Severity.ERROR, "坏.xls", message=message)
    return Form("坏.xls", issues=(wrong,))


def test_the_page_is_in_the_sidebar_and_begins_empty(page):
    text = page("/annexes/")
    assert 'href="/annexes/"' in text
    assert "还没有查过" in text


def test_posting_files_leads_to_their_check(client, operator):
    client.force_login(operator, backend=BACKEND)
    files = [SimpleUploadedFile("附件1.xls", b"x"), SimpleUploadedFile("附件2.xls", b"y")]
    response = client.post("/annexes/check/", {"token": str(uuid.uuid4()), "uploads": files})
    check = AnnexCheck.objects.get()
    assert (response.status_code, response.url) == (302, f"/annexes/{check.pk}/")
    assert check.uploads.count() == 2


def test_posting_nothing_says_so_and_keeps_the_page(client, operator):
    client.force_login(operator, backend=BACKEND)
    response = client.post("/annexes/check/", {"token": str(uuid.uuid4())})
    assert response.status_code == 422
    assert "还没有选文件" in response.content.decode()


def test_a_waiting_check_shows_its_progress(page, operator):
    check = asked.receive_files(
        [asked.Incoming("a.xls", 1, BytesIO(b"x"))], by=operator, token=uuid.uuid4()
    )
    assert f'data-m-progress="/annexes/{check.pk}/progress/"' in page(f"/annexes/{check.pk}/")


def test_progress_tells_when_it_is_finished(client, operator, checked):
    client.force_login(operator, backend=BACKEND)
    check = checked()
    state = client.get(f"/annexes/{check.pk}/progress/").json()
    assert state["finished"] is True
    assert state["url"] == f"/annexes/{check.pk}/"


def test_a_check_that_came_to_nothing_offers_another_try(page, operator):
    check = asked.receive_files(
        [asked.Incoming("a.xls", 1, BytesIO(b"x"))], by=operator, token=uuid.uuid4()
    )
    Job.objects.filter(unique_key=f"annexes.check:{check.pk}").update(state="failed")
    text = page(f"/annexes/{check.pk}/")
    assert "没有查成" in text
    assert "再查一次" in text


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (Code.NOT_A_SPREADSHEET, "未收下：不是表格"),
        (Code.ENCRYPTED, "未收下：有密码"),
        (Code.CORRUPT, "未收下：文件损坏"),
        (Code.TOO_LARGE, "未收下：太大"),
        (Code.UNSAFE_ARCHIVE, "未收下：压缩包不安全"),
        (Code.UNKNOWN_FORM, "未收下：认不出是哪张表"),
    ],
)
def test_every_unreadable_kind_has_its_face(page, checked, code, word):
    check = checked(unreadable(code, "请另存为「Excel 97-2003 工作簿」。"), basic_form())
    text = page(f"/annexes/{check.pk}/")
    assert word in text
    assert "请另存为" in text
    assert "2 张表收下 1 张" in text


def test_package_faults_stand_apart(page, checked):
    missing = Issue(Code.MISSING_ANNEX, Severity.WARNING, "a.zip", message="缺附件3。")
    check = checked(basic_form(), packages=[Package("a.zip", issues=(missing,))])
    assert "缺附件3。" in page(f"/annexes/{check.pk}/")


def test_the_grid_links_every_fault_to_its_cell(page, checked):
    check = checked(basic_form(issues=[issue(cell="L4")]))
    text = page(check.forms.get().get_absolute_url())
    assert re.search(r'<td id="L4"[^>]*aria-invalid="true"[^>]*aria-describedby="fault-1"', text)
    assert '<a href="#L4" data-annex-fault="L4">' in text
    assert 'id="fault-1"' in text


def test_samples_stand_apart(page, checked):
    check = checked(basic_form(samples=[row(name="广东教育")]))
    text = page(check.forms.get().get_absolute_url())
    assert "去掉的示例行" in text


def test_no_page_holds_a_whole_valid_mobile(page, checked):
    check = checked(basic_form(issues=[issue()]))
    form = check.forms.get()
    urls = ["", "faults/", "package/", f"forms/{form.pk}/"]
    pages = [page(f"/annexes/{check.pk}/{url}") for url in urls]
    assert not any(re.search(r"1[3-9]\d{9}", text) for text in pages)
    assert "138****0001" in pages[3]


def test_unmasking_is_a_post_and_leaves_a_line(client, operator, checked):
    client.force_login(operator, backend=BACKEND)
    form = checked().forms.get()
    url = f"{form.get_absolute_url()}unmask/"
    assert client.get(url).status_code == 405
    assert not Entry.objects.filter(act="annexes.unmask").exists()
    assert "13800000001" in client.post(url).content.decode()
    assert Entry.objects.get(act="annexes.unmask").actor_name == "何嘉敏"


def test_faults_are_filtered_by_severity_and_file(page, checked):
    wrong = issue(cell="L4", message="甲错")
    warned = issue(cell="E4", severity=Severity.WARNING, code=Code.BAD_VALUE, message="乙提示")
    check = checked(basic_form(issues=[wrong]), basic_form(issues=[warned], path="b.xls"))
    url = f"/annexes/{check.pk}/faults/"
    assert "甲错" in page(url)
    assert "乙提示" not in page(url, severity="error")
    second = check.forms.last()
    assert "甲错" not in page(url, file=second.pk)
    assert "没有这样的" in page(url, file=second.pk, severity="error")


@pytest.mark.parametrize(
    "query", [{"severity": "x"}, {"file": "x"}, {"file": "9" * 30}, {"page": "x"}]
)
def test_nonsense_in_the_address_is_no_error(page, checked, query):
    check = checked(basic_form(issues=[issue()]))
    page(f"/annexes/{check.pk}/faults/", **query)
    page(f"/annexes/{check.pk}/", state="x", **query)


def test_the_fault_list_is_a_workbook_without_formulas_or_numbers(client, operator, checked):
    client.force_login(operator, backend=BACKEND)
    evil = issue(cell="L4", found="=1+1", message="=HYPERLINK(1) 打 13800000001 问")
    check = checked(basic_form(issues=[evil]))
    response = client.post(f"/annexes/{check.pk}/faults/export/")
    sheet = openpyxl.load_workbook(BytesIO(body(response))).active
    values = [cell.value for cell in sheet[2]]
    assert {cell.data_type for line in sheet for cell in line} <= {"s", "n"}
    assert values[4:6] == ["L4", "=1+1"]
    assert "138****0001" in values[7]
    assert Entry.objects.filter(act="annexes.export-faults").count() == 1


def test_the_upload_comes_back_as_an_attachment(client, operator, checked):
    client.force_login(operator, backend=BACKEND)
    check = checked(name="<b>附件1</b>.xls")
    upload = check.uploads.get()
    response = client.post(f"/annexes/{check.pk}/uploads/{upload.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response)[:4] == b"\xd0\xcf\x11\xe0"
    assert Entry.objects.filter(act="annexes.export-file").count() == 1


def test_the_package_form_knows_the_unit_and_the_day(page, checked):
    text = page(f"/annexes/{checked().pk}/package/")
    assert 'value="数学与信息学院"' in text
    assert 'value="数信学院"' in text


def test_no_package_without_an_accepted_file(client, operator, checked):
    client.force_login(operator, backend=BACKEND)
    check = checked(basic_form(issues=[issue()]))
    text = client.get(f"/annexes/{check.pk}/package/").content.decode()
    assert "没有收下的文件" in text
    words = {"unit": "数信", "short_name": "数信", "sent_on": date(2021, 6, 29)}
    assert client.post(f"/annexes/{check.pk}/package/merge/", words).status_code == 403


def test_a_form_with_errors_is_not_rewritten(client, operator, checked):
    client.force_login(operator, backend=BACKEND)
    form = checked(basic_form(issues=[issue()])).forms.get()
    response = client.post(f"{form.get_absolute_url()}rewrite/")
    assert response.status_code == 403
    assert "还有 1 处错误" in response.content.decode()


def test_deleting_leads_back(client, operator, checked):
    client.force_login(operator, backend=BACKEND)
    check = checked()
    response = client.post(f"/annexes/{check.pk}/delete/")
    assert (response.status_code, response.url) == (302, "/annexes/")
    assert client.get(f"/annexes/{check.pk}/").status_code == 404


def test_blank_forms_are_four(client, operator):
    import zipfile

    client.force_login(operator, backend=BACKEND)
    content = b"".join(client.get("/annexes/blank/").streaming_content)
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert [name[:3] for name in names] == ["附件1", "附件2", "附件3", "附件4"]


def test_examples_exist_only_in_the_demo(client, operator, settings, tmp_path):
    client.force_login(operator, backend=BACKEND)
    settings.DATA_DIR = tmp_path
    (tmp_path / "demo-packages").mkdir()
    (tmp_path / "demo-packages" / "甲.zip").write_bytes(b"PK")
    assert client.get("/annexes/examples/1/").status_code == 404
    settings.IS_DEMO = True
    assert b"".join(client.get("/annexes/examples/1/").streaming_content) == b"PK"
    assert client.get("/annexes/examples/2/").status_code == 404


def test_two_thousand_files_are_paged(page, checked, django_assert_max_num_queries):
    check = checked(*(basic_form(rows=[], path=f"包.zip!/{n}.xls") for n in range(2000)))
    with django_assert_max_num_queries(40):
        text = page(f"/annexes/{check.pk}/")
    assert text.count("按单元格看") == 50
    assert re.search(r"共 2,?000 行", text)


OTHERS = (
    ("get", ""), ("get", "progress/"), ("get", "faults/"), ("get", "package/"),
    ("get", "forms/{form}/"), ("post", "delete/"), ("post", "recheck/"),
    ("post", "faults/export/"), ("post", "package/merge/"), ("post", "forms/{form}/unmask/"),
    ("post", "forms/{form}/rewrite/"), ("post", "uploads/{upload}/"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "url"), OTHERS)
def test_another_persons_check_is_not_there(client, checked, colleague, method, url):
    check = checked()
    form, upload = check.forms.get().pk, check.uploads.get().pk
    client.force_login(colleague, backend=BACKEND)
    address = f"/annexes/{check.pk}/{url.format(form=form, upload=upload)}"
    assert getattr(client, method)(address).status_code == 404
    assert AnnexCheck.objects.filter(pk=check.pk).exists()


def test_another_persons_form_is_not_reached_through_ones_own_check(client, checked, colleague):
    theirs, mine = checked(), checked(by=colleague)
    client.force_login(colleague, backend=BACKEND)
    form, upload = theirs.forms.get().pk, theirs.uploads.get().pk
    assert client.get(f"/annexes/{mine.pk}/forms/{form}/").status_code == 404
    assert client.post(f"/annexes/{mine.pk}/uploads/{upload}/").status_code == 404
