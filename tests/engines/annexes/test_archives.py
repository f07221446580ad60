"""Archives from people's mail: names repaired, unsafe members refused alone, bombs as a whole."""

import datetime as dt
import io
import stat
import struct
import zipfile
import zlib

import libarchive
import pytest
from tests.engines.annexes.sheets import GOOD, basic, xls

from meice.engines.annexes.check import check
from meice.engines.documents.member_names import UNICODE_PATH
from meice.engines.sandbox import Pool

DAY = dt.date(2026, 11, 22)
NAME = "20260620数信学院新媒体（网站）统计.zip"


@pytest.fixture(scope="module")
def pool():
    with Pool(2) as made:
        yield made


@pytest.fixture(scope="module")
def sheet():
    return xls(basic(GOOD))


def packed(members, *, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def with_raw_names(data, renamed):
    """The zip with names' bytes put in and the UTF-8 flag taken away, as Chinese Windows writes."""
    for placeholder, raw in renamed.items():
        assert len(placeholder) == len(raw)
        data = data.replace(placeholder.encode(), raw)
    return data


def report(data, pool, name=NAME):
    return check([(name, data)], today=DAY, pool=pool)


def paths(found):
    return [form.path.removeprefix(f"{NAME}!/") for form in found.files]


def codes(found):
    return [(issue.code.value, issue.path) for issue in found.issues() if issue.severity == "error"]


def test_names_in_gbk_without_the_flag_are_decoded(pool, sheet):
    raw = "数信学院附件1.xls".encode("gbk")
    data = with_raw_names(packed([("x" * len(raw), sheet)]), {"x" * len(raw): raw})
    assert paths(report(data, pool)) == ["数信学院附件1.xls"]


def test_names_in_utf8_without_the_flag_are_decoded(pool, sheet):
    raw = "数信学院附件1.xls".encode()
    data = with_raw_names(packed([("x" * len(raw), sheet)]), {"x" * len(raw): raw})
    assert paths(report(data, pool)) == ["数信学院附件1.xls"]


def test_the_unicode_name_of_the_extra_field_wins(pool, sheet):
    raw, meant = b"FUJIAN~1.XLS", "附件1.xls".encode()
    info = zipfile.ZipInfo(raw.decode())
    body = struct.pack("<BI", 1, zlib.crc32(raw)) + meant
    info.extra = struct.pack("<HH", UNICODE_PATH, len(body)) + body
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, sheet)
    assert paths(report(stream.getvalue(), pool)) == ["附件1.xls"]


@pytest.mark.parametrize(
    "name",
    ["../附件1.xls", "a/../../附件1.xls", "/etc/附件1.xls", "C:\\附件1.xls", "..\\附件1.xls"],
)
def test_an_unsafe_name_is_refused_alone(name, pool, sheet):
    found = report(packed([(name, sheet), ("附件1.xls", sheet)]), pool)
    shown = name.replace("\\", "/")
    assert codes(found) == [("unsafe-archive", f"{NAME}!/{shown}")]
    assert [form.accepted for form in found.files] == [False, True]


def test_a_nul_in_a_name_is_refused_alone(pool, sheet):
    data = with_raw_names(packed([("axb.xls", sheet), ("ok.xls", sheet)]), {"axb.xls": b"a\0b.xls"})
    found = report(data, pool)
    assert codes(found) == [("unsafe-archive", f"{NAME}!/a�b.xls")]
    assert found.files[1].accepted


def test_a_symbolic_link_is_refused_alone(pool, sheet):
    link = zipfile.ZipInfo("link.xls")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("附件1.xls", sheet)
    found = report(stream.getvalue(), pool)
    assert codes(found) == [("unsafe-archive", f"{NAME}!/link.xls")]
    assert found.files[1].accepted


def overlapping():
    """Two entries of the directory over the same bytes."""
    data = packed([("a.xls", b"x" * 5000)], method=zipfile.ZIP_STORED)
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, 2, 2, 2 * len(entry), start)
    return data[:start] + entry + entry + bytes(tail)


@pytest.mark.parametrize(
    "bomb",
    [
        overlapping(),
        packed([(f"{at}.txt", b"") for at in range(2001)]),
        packed([("附件1.xls", b"\0" * 10_000_000)]),
    ],
    ids=["overlapping", "too-many", "too-dense"],
)
def test_a_bomb_is_refused_as_a_whole(bomb, pool):
    found = report(bomb, pool)
    assert codes(found) == [("unsafe-archive", NAME)]
    assert not found.packages[0].accepted


def test_what_unpacks_to_too_much_is_refused_before_unpacking(pool):
    found = report(packed([(f"{at}.bin", bytes(3_000_000)) for at in range(110)]), pool)
    assert codes(found) == [("unsafe-archive", NAME)]
    assert found.files[0].issues[0].found == "解开后 314 MB"


def test_one_level_of_zip_in_zip_is_opened(pool, sheet):
    inner = packed([("附件1.xls", sheet)])
    outer = packed([("a.zip", inner), ("b.zip", packed([("c.zip", inner)]))])
    found = report(outer, pool)
    assert [form.path for form in found.files] == [
        f"{NAME}!/a.zip!/附件1.xls",
        f"{NAME}!/b.zip!/c.zip",
    ]
    assert codes(found) == [("unsafe-archive", f"{NAME}!/b.zip!/c.zip")]


def test_junk_is_ignored_and_scans_are_attachments(pool, sheet):
    members = [
        ("__MACOSX/._附件1.xls", b"x"), ("._附件1.xls", b"x"), (".DS_Store", b"x"),
        ("Thumbs.db", b"x"), ("~$附件1.xls", b"x"), ("附件1.xls", sheet),
        ("盖章扫描.jpg", b"\xff\xd8\xff\xe0"), ("说明.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("扫描.pdf", b"%PDF-1.4"),
    ]  # fmt: skip
    found = report(packed(members), pool)
    assert paths(found) == ["附件1.xls"]
    assert [path.rpartition("/")[2] for path in found.packages[0].attachments] == [
        "盖章扫描.jpg", "说明.doc", "扫描.pdf",
    ]  # fmt: skip


def test_a_damaged_member_costs_no_other(pool, sheet):
    data = bytearray(packed([("坏.xls", sheet), ("好.xls", sheet)]))
    data[200:260] = b"\xff" * 60
    found = report(bytes(data), pool)
    assert [(form.path.rpartition("/")[2], form.accepted) for form in found.files] == [
        ("坏.xls", False), ("好.xls", True),
    ]  # fmt: skip


def test_a_truncated_zip_is_corrupt(pool, sheet):
    found = report(packed([("附件1.xls", sheet)])[:-40], pool)
    assert codes(found) == [("corrupt", NAME)]
    assert ".zip" in found.files[0].issues[0].message


def seven_zip(members):
    parts = []
    with libarchive.custom_writer(
        lambda part: parts.append(bytes(part)) or len(part), "7zip"
    ) as out:
        for name, data in members:
            out.add_file_from_memory(name, len(data), data)
    return b"".join(parts)


def test_a_7z_is_read_with_the_extra(pool, sheet):
    found = report(seven_zip([("fujian1.xls", sheet), ("../x.xls", sheet)]), pool, "a.7z")
    assert [(form.path, form.accepted) for form in found.files] == [
        ("a.7z!/fujian1.xls", True), ("a.7z!/../x.xls", False),
    ]  # fmt: skip


def test_a_broken_rar_says_what_to_do(pool):
    found = report(b"Rar!\x1a\x07\x00" + b"\0" * 50, pool, "报送.rar")
    (issue,) = found.files[0].issues
    assert issue.code == "corrupt"
    assert ".zip" in issue.message


def test_an_empty_zip_yields_one_file(pool):
    found = report(packed([("盖章.jpg", b"\xff\xd8\xff\xe0")]), pool)
    assert codes(found) == [("unknown-form", NAME)]
