"""``meice annex merge | write | blank`` as the contract promises them."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlrd
from tests.engines.annexes.invented import BASIC, FILING, FORMS, ROW

from meice.engines.annexes.cli import main
from meice.engines.annexes.model import Annex, BasicRow, Form, Header
from meice.engines.annexes.naming import annex_file_name
from meice.engines.annexes.tally import tally
from meice.engines.annexes.write import write_workbook

MERGE = ["--unit", "华园大学宣传部", "--short", "宣传部", "--date", "2021-06-30"]


def pack(folder: Path, name: str, unit: str, *rows: BasicRow) -> Path:
    """A unit's package of four files, as the notice asks for it."""
    header = Header(unit, "陈希", "020-80000000", "2021-06-29")
    basic = tuple(replace(row, unit=unit) for row in rows)
    filing = replace(FILING, department=unit, responsible_department=unit)
    forms = {
        Annex.BASIC: basic,
        Annex.COUNTS: tally(basic, {"微博": 2}),
        Annex.FILING: (filing,),
        Annex.FILINGS: (replace(ROW, department=unit),),
    }
    with ZipFile(folder / name, "w") as archive:
        for annex, given in forms.items():
            content = write_workbook([Form("", annex, header=header, rows=given)])
            archive.writestr(annex_file_name(unit, annex), content)
    return folder / name


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_merge_writes_the_package_and_the_report(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(inbox, "20210629数信学院新媒体（网站）统计.zip", "数信学院", BASIC)
    pack(inbox, "20210629农学院新媒体（网站）统计.zip", "农学院", BASIC, replace(BASIC, name="乙"))
    assert main(["merge", str(inbox), *MERGE, "-o", str(tmp_path / "out"), "--json"]) == 0
    told = json.loads(shown(capsys))
    assert told["summary"]["files"] == told["summary"]["accepted"] == 8
    package = Path(told["written"]["package"])
    assert package.name == "20210630宣传部新媒体（网站）统计.zip"
    assert Path(told["written"]["report"]).name == "合并报告.xlsx"
    archive = ZipFile(package)
    sheet = xlrd.open_workbook(
        file_contents=archive.read("华园大学宣传部附件1.xls")
    ).sheet_by_index(0)
    assert [sheet.row_values(row)[0:3:2] for row in range(4, 7)] == [
        [1, "农学院"],
        [2, "农学院"],
        [3, "数信学院"],
    ]
    counts = xlrd.open_workbook(
        file_contents=archive.read("华园大学宣传部附件2.xls")
    ).sheet_by_index(0)
    assert (counts.cell_value(5, 8), counts.cell_value(6, 2)) == (3, 4)


def test_the_merged_package_is_itself_accepted(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(inbox, "20210629数信学院新媒体（网站）统计.zip", "数信学院", BASIC)
    main(["merge", str(inbox), *MERGE, "-o", str(tmp_path / "out"), "--json"])
    package = json.loads(shown(capsys))["written"]["package"]
    assert main(["check", package, "--json"]) == 0
    assert json.loads(shown(capsys))["summary"]["accepted"] == 4


def test_a_merged_package_with_a_folder_of_annex_3_is_itself_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = Header("数信学院", date="2021-06-29")
    rows = tuple(replace(FILING, name=f"账号{n}", account_id=f"id{n}") for n in range(201))
    given = tmp_path / "数信学院附件3.xls"
    given.write_bytes(write_workbook([Form("", Annex.FILING, header=header, rows=rows)]))
    main(["merge", str(given), *MERGE, "-o", str(tmp_path / "out"), "--json"])
    package = json.loads(shown(capsys))["written"]["package"]
    assert main(["check", package, "--json"]) == 0
    told = json.loads(shown(capsys))
    listed = next(each for each in told["files"] if each["path"].endswith("宣传部附件3.xls"))
    assert (listed["annex"], listed["accepted"], listed["issues"]) == (None, True, [])
    assert sum(each["annex"] == 3 for each in told["files"]) == 201


def test_merge_reports_a_rejected_file_and_ends_with_1(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = replace(BASIC, name="坏", responsible_mobile="123")
    pack(inbox, "20210629数信学院新媒体（网站）统计.zip", "数信学院", BASIC, bad)
    pack(inbox, "20210629农学院新媒体（网站）统计.zip", "农学院", BASIC)
    assert main(["merge", str(inbox), *MERGE, "-o", str(tmp_path / "out")]) == 1
    lines = shown(capsys).splitlines()
    assert any(line.startswith("未汇入：") and "数信学院附件1.xls" in line for line in lines)
    content = (tmp_path / "out" / "20210630宣传部新媒体（网站）统计.zip").read_bytes()
    files = ZipFile(BytesIO(content))
    sheet = xlrd.open_workbook(file_contents=files.read("华园大学宣传部附件1.xls")).sheet_by_index(
        0
    )
    assert "坏" not in sheet.col_values(1)
    filings = xlrd.open_workbook(file_contents=files.read("华园大学宣传部附件3.xls"))
    assert filings.nsheets == 2  # the rejected annex 1 does not take its annex 3 with it


def test_the_later_package_of_a_unit_counts(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack(inbox, "20210629数信学院新媒体（网站）统计.zip", "数信学院", replace(BASIC, name="新"))
    pack(inbox, "20210628数信学院新媒体（网站）统计.zip", "数信学院", replace(BASIC, name="旧"))
    assert main(["merge", str(inbox), *MERGE, "-o", str(tmp_path / "out")]) == 0
    assert "20210628数信学院" in shown(capsys)
    package = tmp_path / "out" / "20210630宣传部新媒体（网站）统计.zip"
    content = ZipFile(package).read("华园大学宣传部附件1.xls")
    names = xlrd.open_workbook(file_contents=content).sheet_by_index(0).col_values(1)
    assert [name for name in names if name in ("新", "旧")] == ["新"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.annex.name)
def test_write_turns_the_json_of_read_back_into_a_form(
    form: Form, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "form.json", tmp_path / "new" / "form.xls"
    data.write_text(json.dumps(form.to_json(), ensure_ascii=False), encoding="utf-8")
    command = ["write", "--annex", str(int(form.annex or 0)), "--data", str(data), "-o", str(out)]
    assert main(command) == 0
    shown(capsys)
    main(["read", str(out), "--json"])
    told = json.loads(shown(capsys))
    assert (told["rows"], told["header"]) == (form.to_json()["rows"], form.to_json()["header"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "不是 JSON"),
        ("[]", "应为 JSON 对象"),
        ('{"rows": [{"nmae": "x"}]}', "不认识的键：nmae"),
        ('{"rows": [{"interactive": "是"}]}', "interactive：应为 true"),
        ('{"rows": "x"}', "应为列表"),
    ],
)
def test_write_says_what_is_wrong_with_the_data(
    text: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "form.json"
    data.write_text(text, encoding="utf-8")
    code = main(["write", "--annex", "1", "--data", str(data), "-o", str(tmp_path / "x.xls")])
    assert (code, (tmp_path / "x.xls").exists()) == (2, False)
    assert reason in capsys.readouterr().err


def test_a_wrong_change_key_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "form.json"
    data.write_text('{"rows": [{"name": "x", "changed": {"operators.0.name": "旧"}}]}', "utf-8")
    code = main(["write", "--annex", "3", "--data", str(data), "-o", str(tmp_path / "x.xls")])
    assert (code, "operators.0.name" in capsys.readouterr().err) == (2, True)


def test_missing_paths_are_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = str(tmp_path / "nowhere")
    assert main(["merge", nowhere, *MERGE, "-o", str(tmp_path)]) == 2
    assert main(["write", "--annex", "1", "--data", nowhere, "-o", str(tmp_path / "x.xls")]) == 2
    assert nowhere in capsys.readouterr().err


def test_blank_writes_four_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["blank", "-o", str(tmp_path / "blank")]) == 0
    assert sorted(path.name for path in (tmp_path / "blank").iterdir()) == [
        "附件1新媒体（网站）基本情况统计表.xls",
        "附件2新媒体（网站）基本情况汇总表.xls",
        "附件3新媒体（网站）备案登记表.xls",
        "附件4新媒体（网站）备案汇总表.xls",
    ]


def test_a_place_that_cannot_be_written_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["blank", "-o", str(tmp_path / "file" / "in")]) == 2
    told = capsys.readouterr().err
    assert "写不了" in told
    assert not any(word in told for word in ("directory", "exists", "No such"))


def test_data_that_is_not_there_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, target = str(tmp_path / "none.json"), str(tmp_path / "1.xls")
    assert main(["write", "--annex", "1", "--data", missing, "-o", target]) == 2
    assert capsys.readouterr().err == f"读不了 {missing}：没有这个文件或目录\n"


def test_a_loose_file_beside_its_units_package_is_not_counted_twice(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = pack(inbox, "20210629数信学院新媒体（网站）统计.zip", "数信学院", BASIC)
    loose = tmp_path / "数信学院附件1.xls"
    with ZipFile(package) as archive:
        loose.write_bytes(archive.read("数信学院附件1.xls"))
    out = str(tmp_path / "out")
    main(["merge", str(package), str(loose), *MERGE, "-o", out, "--json"])
    written = json.loads(shown(capsys))["written"]["package"]
    with ZipFile(written) as archive:
        content = archive.read("华园大学宣传部附件1.xls")
    names = xlrd.open_workbook(file_contents=content).sheet_by_index(0).col_values(1)
    assert names.count(BASIC.name) == 1
