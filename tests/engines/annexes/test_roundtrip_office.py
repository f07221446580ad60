"""Forms re-saved by LibreOffice as .xls, .xlsx and .ods read as they were written."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.annexes.invented import (
    BASIC,
    COUNT,
    FILING,
    FILING_HEADER,
    HEADER,
    ROW,
    basic_form,
)
from tests.engines.annexes.test_roundtrip_xls import read_back

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, Form, Person
from meice.engines.annexes.write import write_workbook

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
KINDS = {"xls": "xls:MS Excel 97", "xlsx": "xlsx", "ods": "ods"}
LONG = "华园大学数学与信息学院、软件学院共青团委员会新媒体运营中心官方账号"

BASIC_ROWS = (
    BASIC,
    replace(BASIC, number=2, name='=cmd|"/C calc"!A1', unit="+数信", note="@备注", kind="－微博"),
    replace(BASIC, number=None, name=LONG, problems=("无问题",), interactive=None, outsourced=None),
    replace(BASIC, number=4, name="007", verified_as="1.0", note="2021-06-29", problems=()),
    replace(BASIC, number=5, name="𠮷野家😀", responsible_name="", responsible_mobile=""),
)
CHANGED = replace(
    FILING,
    name="华园 数信/团委",
    account_id="https://www.huayuan.edu.cn/a?b=1&c=%20#top",
    operators=(
        *FILING.operators,
        Person("许可晴", "学生", "18800000001"),
        Person("甲"),
        Person("乙"),
    ),
    opinion="同意。",
    changed={
        "name": "旧名",
        "leader.title": "",
        "operators.2.phone": None,
        "opened_on": "2018-05-01",
    },
)
FORMS: dict[str, Form] = {
    "附件1": replace(basic_form(*BASIC_ROWS), samples=columns.SAMPLES),
    "附件2": Form("", Annex.COUNTS, header=HEADER, rows=tuple(
        replace(COUNT, item=item) for item in columns.COUNT_ITEMS)),
    "附件3": Form("", Annex.FILING, header=FILING_HEADER, rows=(FILING, CHANGED)),
    "附件4": Form("", Annex.FILINGS, header=HEADER, rows=(
        ROW, replace(ROW, number=2, name="=1+1", opened_on="2019-10", operator_phone="8001"))),
}  # fmt: skip


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """Every form in every format, from one run of LibreOffice for each format."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, form in FORMS.items():
        (folder / f"{name}.xls").write_bytes(write_workbook([form]))
    for ending, filter_name in KINDS.items():
        _convert(folder, filter_name, folder / ending)
    return {
        (name, ending): (folder / ending / f"{name}.{ending}").read_bytes()
        for name in FORMS
        for ending in KINDS
    }


def _convert(folder: Path, filter_name: str, out: Path) -> None:
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", filter_name, "--outdir", str(out)),
        *sorted(str(path) for path in folder.glob("*.xls")),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_resaved_by_libreoffice_reads_the_same(
    resaved: dict[tuple[str, str], bytes], name: str, ending: str
) -> None:
    form, back = FORMS[name], read_back(resaved[name, ending])
    assert (back.annex, back.header) == (form.annex, form.header)
    assert (back.rows, back.samples) == (form.rows, form.samples)
