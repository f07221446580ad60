"""``meice proof``: the contract of its JSON, its exit codes, its words on the screen."""

import io
import json
import subprocess
import sys
import zipfile

import docx
import pytest
import xlsxwriter
from tests.engines.documents.test_read_text import pdf

from meice.config import cli

KEYS = {"rule", "severity", "start", "end", "text", "message", "suggestion", "source", "where"}


def proof(*arguments, capsys, given=b"", monkeypatch=None):
    """Run the command in this process; its exit code, JSON or text, and standard error."""
    if monkeypatch:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    code = cli.main(["proof", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "稿件.txt"
    path.write_bytes("\ufeff第一段。\r\n\r\n手机13800138000，机密★10年。\r\n".encode())
    return path


def test_the_json_is_that_of_the_contract(text, capsys):
    code, out, err = proof(text, "--json", capsys=capsys)
    document = json.loads(out)
    (file,) = document["files"]
    assert (code, err, out.count("\n"), set(document)) == (1, "", 1, {"files"})
    assert set(file) == {"path", "characters", "issues"}
    assert (file["path"], file["characters"]) == (str(text), 31)
    assert all(set(issue) == KEYS for issue in file["issues"])
    mobile, mark = file["issues"]
    assert (mobile["rule"], mobile["severity"], mobile["suggestion"]) == (
        "mobile",
        "warn",
        "138****8000",
    )
    assert (mobile["start"], mobile["end"], mobile["where"]) == (10, 21, "第2段")
    assert (mark["rule"], mark["severity"], mark["text"]) == ("secret-mark", "block", "机密★10年")


def test_the_screen_is_chinese_with_place_and_source(text, capsys):
    code, out, _ = proof(text, capsys=capsys)
    assert code == 1
    assert "31 字，必须处理 1 处，提醒 1 处" in out
    assert "[必须处理] 第2段：“机密★10年”出现国家秘密标志" in out
    assert "建议改为：138****8000" in out
    assert "依据：" in out


@pytest.mark.parametrize(
    ("words", "code"), [("一切正常。", 0), ("手机13800138000。", 0), ("机密★", 1), ("", 0)]
)
def test_the_code_says_whether_something_must_be_mended(words, code, tmp_path, capsys):
    path = tmp_path / "a.md"
    path.write_text(words, "utf-8")
    assert proof(path, capsys=capsys)[0] == code


def test_word_and_sheet_say_where(tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph("第一段。")
    document.add_paragraph("手机13800138000")
    document.save(tmp_path / "a.docx")
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as book:
        book.add_worksheet("名单").write("B2", "身份证11010519491231002X")
    (tmp_path / "c.html").write_text("<html><body><p>甲</p><p>绝密★</p></body></html>", "utf-8")
    code, out, _ = proof(tmp_path, "--json", capsys=capsys)
    found = [issue for file in json.loads(out)["files"] for issue in file["issues"]]
    assert code == 1
    assert [(each["rule"], each["where"]) for each in found] == [
        ("mobile", "第2段"),
        ("id-card", "名单!B2"),
        ("secret-mark", "第2段"),
    ]


def test_a_page_of_a_pdf_is_named(tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(pdf("one", "call 13800138000"))
    _, out, _ = proof(tmp_path / "a.pdf", "--json", capsys=capsys)
    (issue,) = json.loads(out)["files"][0]["issues"]
    assert (issue["rule"], issue["where"]) == ("mobile", "第2页")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_offsets_are_code_points_whatever_the_encoding(encoding, tmp_path, capsys):
    words = "各学院、部处、各单位：\r\n𠮷大学有关人员手机为13800138000，请各单位认真核对。\r\n"
    (tmp_path / "a.txt").write_bytes(words.encode(encoding))
    _, out, _ = proof(tmp_path / "a.txt", "--json", capsys=capsys)
    (file,) = json.loads(out)["files"]
    (issue,) = file["issues"]
    assert file["characters"] == len(words)
    assert words[issue["start"] : issue["end"]] == issue["text"] == "13800138000"


def test_standard_input_is_a_dash(capsys, monkeypatch):
    given = "机密★".encode()
    code, out, _ = proof("-", "--json", capsys=capsys, given=given, monkeypatch=monkeypatch)
    (file,) = json.loads(out)["files"]
    assert (code, file["path"], len(file["issues"])) == (1, "-", 1)


def test_an_unreadable_file_is_code_1_and_the_others_are_read(text, tmp_path, capsys):
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 no zip at all")
    code, out, err = proof(broken, text, "--json", capsys=capsys)
    bad, good = json.loads(out)["files"]
    assert (code, bad["issues"], bad["characters"], len(good["issues"])) == (1, [], 0, 2)
    assert "坏.docx：" in err


def test_a_lexicon_of_the_school_is_used_beside_ours(tmp_path, capsys):
    lexicon = tmp_path / "校内.toml"
    lexicon.write_text(
        'name = "校内"\nversion = "1"\n'
        '[white_list]\ndated = 2026-11-01\nsource = "校宣〔2026〕1号"\nsubjects = ["华园发布"]\n'
        '[[number]]\nlabel = "学号"\npattern = "20[0-9]{10}"\nsource = "学籍规定"\n',
        "utf-8",
    )
    copy = tmp_path / "a.txt"
    copy.write_text("来源：某某资讯\n名单：202301020304", "utf-8")
    _, out, _ = proof(copy, "--lexicon", lexicon, "--json", capsys=capsys)
    issues = json.loads(out)["files"][0]["issues"]
    assert [each["rule"] for each in issues] == ["source-unlisted", "student-number"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少：FILE"),
        (("a.txt", "--nothing"), "不认识"),
        (("a.txt", "--lexicon", "/no/such.toml"), "没有这个文件"),
    ],
    ids=str,
)
def test_wrong_usage_is_code_2_with_a_chinese_line(arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["proof", *arguments])
    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (2, "")
    assert said in told.err


def test_a_lexicon_with_a_fault_is_code_2_and_says_which(tmp_path, capsys):
    lexicon = tmp_path / "坏.toml"
    lexicon.write_text('name = "校内"\nname = 1', "utf-8")
    with pytest.raises(SystemExit) as stopped:
        cli.main(["proof", "a.txt", "--lexicon", str(lexicon)])
    assert (stopped.value.code, "坏.toml" in capsys.readouterr().err) == (2, True)


def test_a_file_that_is_not_there_is_code_2(tmp_path, capsys):
    code, out, err = proof(tmp_path / "无.txt", capsys=capsys)
    assert (code, out) == (2, "")
    assert "没有这个文件" in err


def test_a_directory_without_copy_is_code_2(tmp_path, capsys):
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, out, err = proof(tmp_path, capsys=capsys)
    assert (code, out) == (2, "")
    assert "没有可读的稿件" in err


def test_a_source_without_an_end_is_refused_and_not_read_on(capsys):
    code, _, err = proof("/dev/zero", "--json", capsys=capsys)
    assert code == 1
    assert "/dev/zero：" in err


def test_the_program_itself_needs_no_server(text):
    command = [sys.executable, "-m", "meice", "proof", str(text), "--json"]
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")
    assert len(json.loads(done.stdout)["files"]) == 1


def zipped(**members):
    """A zip of these; `__` in a name is a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def test_a_zip_is_read_member_by_member_and_a_zip_in_it(tmp_path, capsys):
    package = tmp_path / "稿件.zip"
    deepest = zipped(稿__txt="绝密★5年。")
    inner = zipped(二稿__md="机密★10年。", 更深__zip=deepest)
    package.write_bytes(
        zipped(一稿__txt="手机13800138000。", 照片__jpg=b"\xff\xd8\xff", 内层__zip=inner)
    )
    code, out, err = proof(tmp_path, "--json", capsys=capsys)
    found = {file["path"]: file["issues"] for file in json.loads(out)["files"]}
    assert code == 1
    assert list(found) == [
        f"{package}!/一稿.txt", f"{package}!/内层.zip!/二稿.md", f"{package}!/内层.zip!/更深.zip",
    ]  # fmt: skip
    assert [issue["rule"] for issue in found[f"{package}!/一稿.txt"]] == ["mobile"]
    assert [issue["rule"] for issue in found[f"{package}!/内层.zip!/二稿.md"]] == ["secret-mark"]
    assert "更深.zip：套了多层的压缩包" in err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (zipped(照片__jpg=b"\xff\xd8\xff"), "没有可读的稿件"),
        (zipped(零__txt=b"0" * 2_000_000), "压缩比超过 200 倍"),
        (zipped(**{"../外__txt": "好。"}), "文件名不安全"),
    ],
    ids=["pictures-only", "bomb", "unsafe-name"],
)
def test_a_zip_that_cannot_be_read_says_why(tmp_path, capsys, content, told):
    package = tmp_path / "包.zip"
    package.write_bytes(content)
    code, out, err = proof(package, "--json", capsys=capsys)
    (file,) = json.loads(out)["files"]
    assert (code, file["characters"], file["issues"]) == (1, 0, [])
    assert told in err
