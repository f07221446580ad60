"""What comes in by the form: many files, a folder, nothing, rubbish."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from meice.surveys.forms import PackageForm, UploadForm


def posted(*names, folders=""):
    files = [SimpleUploadedFile(name, b"x") for name in names]
    values = {"token": str(uuid.uuid4()), "folders": folders}
    return UploadForm(values, MultiValueDict({"uploads": files}))


def test_many_files_keep_their_order_and_names():
    form = posted("附件1.xls", "附件2.xls")
    assert form.is_valid()
    assert [each.name for each in form.incoming()] == ["附件1.xls", "附件2.xls"]


def test_an_empty_file_is_taken_so_that_it_gets_its_own_result():
    form = UploadForm(
        {"token": str(uuid.uuid4())},
        MultiValueDict({"uploads": [SimpleUploadedFile("a.xls", b"")]}),
    )
    assert form.is_valid()
    assert form.incoming()[0].size == 0


def test_nothing_chosen_is_said_with_the_way_on():
    form = posted()
    assert not form.is_valid()
    assert "还没有选文件" in form.errors["uploads"][0]


def test_a_dropped_folder_keeps_its_tree():
    form = posted("附件1.xls", folders=json.dumps(["报送/数信/附件1.xls"]))
    assert form.is_valid()
    assert form.incoming()[0].name == "报送/数信/附件1.xls"


@pytest.mark.parametrize(
    "told",
    ["../附件1.xls", "/etc/附件1.xls", "a/../附件1.xls", "报送\\..\\附件1.xls", "别的.xls", "", 7],
)
def test_a_path_that_leads_elsewhere_is_not_believed(told):
    form = posted("附件1.xls", folders=json.dumps([told]))
    assert form.is_valid()
    assert form.incoming()[0].name == "附件1.xls"


@pytest.mark.parametrize("told", ["{", '"x"', "[]", '["a","b"]'])
def test_a_broken_list_of_folders_is_not_believed(told):
    form = posted("附件1.xls", folders=told)
    assert form.is_valid()
    assert form.incoming()[0].name == "附件1.xls"


@pytest.mark.parametrize(
    "written", ["2021-06-29", "2021.6.29", "20210629", "2021年6月29日", "2021/6/29"]
)
def test_a_date_may_be_written_as_people_write_it(written):
    form = PackageForm({"unit": "数信", "short_name": "数信", "sent_on": written})
    assert form.is_valid()
    assert form.cleaned_data["sent_on"].isoformat() == "2021-06-29"
