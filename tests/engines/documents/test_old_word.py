"""Text of .doc files by their piece table."""

import pytest
from tests.engines.documents.old_word_files import compound, word

from meice.engines.documents import Kind, Text
from meice.engines.documents.reading import extract


def read(data: bytes) -> Text:
    return extract((data, "通知.doc"))


def test_pieces_of_one_and_of_two_bytes_are_joined_in_their_order():
    text = read(
        word(
            [
                ("关于放假的通知\r各学院：", False),
                ("Tel 13800000001", True),
                ("，请知悉。\r", False),
            ]
        )
    )
    assert text.kind is Kind.WORD
    assert text.text == "关于放假的通知\n各学院：Tel 13800000001，请知悉。"
    assert [segment.where for segment in text.segments] == ["第1段", "第2段"]


def test_a_position_names_its_paragraph():
    text = read(word([("一\r\r二\r三身份证\r", False)]))
    assert text.where_at(text.text.index("身份证")) == "第3段"


@pytest.mark.parametrize("flags", [0x0000, 0x0200], ids=["0Table", "1Table"])
def test_either_table_stream_is_read(flags: int):
    assert read(word([("文字\r", False)], flags=flags)).text == "文字"


def test_notes_and_headers_are_named():
    text = read(word([("正文\r脚注文字\r页眉文字\r", False)], counts=[3, 5, 5]))
    assert [(text.text[s.start : s.end], s.where) for s in text.segments] == [
        ("正文", "第1段"), ("脚注文字", "脚注"), ("页眉文字", "页眉页脚")]  # fmt: skip


def test_fields_show_their_result_and_cells_are_apart():
    written = (
        '见\x13 HYPERLINK "http://x.cn" \x14附件\x15。\r姓名\x07电话\x07\x07上\x0b下\x1e1\x01\r'
    )
    assert read(word([(written, False)])).text == "见附件。\n姓名\n电话\n上\n下-1"


def test_nested_fields():
    written = "a\x13 IF \x13 PAGE \x141\x15 = 1 \x14第一页\x15b\r"
    assert read(word([(written, False)])).text == "a第一页b"


def test_a_locked_document_says_so():
    assert read(word([("x\r", False)], flags=0x0300)).refusal == "文件加了密码，读不出文字"


def test_word_95_is_read_in_the_code_page_of_chinese_windows():
    body = "旧通知\r第二段\r".encode("gbk")
    fib = bytearray(0x300)
    fib[0:2] = b"\xdc\xa5"
    fib[0x18:0x20] = (0x300).to_bytes(4, "little") + (0x300 + len(body)).to_bytes(4, "little")
    assert read(compound({"WordDocument": bytes(fib) + body})).text == "旧通知\n第二段"


def broken() -> dict[str, bytes]:
    """Documents spoilt at one place each."""
    good = word([("文字\r", False)])
    fib = good.index(b"\xec\xa5")

    def spoilt(at: int, value: bytes) -> bytes:
        return good[: fib + at] + value + good[fib + at + len(value) :]

    return {
        "another identity": spoilt(0, b"\x00\x00"),
        "table past the end": spoilt(0x1A2, b"\xff\xff\xff\x7f"),
        "empty table": spoilt(0x1A6, b"\x00\x00\x00\x00"),
        "no table stream": compound({"WordDocument": good[fib : fib + 0x900]}),
        "short": compound({"WordDocument": b"\xec\xa5"}),
        "cut off": good[:1500],
    }


@pytest.mark.parametrize("name", sorted(broken()))
def test_a_broken_document_is_refused_with_a_reason(name: str):
    text = read(broken()[name])
    assert (text.text, bool(text.refusal)) == ("", True)


def test_every_single_byte_of_the_tables_may_be_wrong():
    good = bytearray(word([("关于放假的通知\r", False), ("abc\r", True)]))
    fib = good.index(b"\xec\xa5")
    for at in [
        *range(fib, fib + 32),
        *range(fib + 0x4C, fib + 0x6C),
        *range(fib + 0x1A2, fib + 0x1AA),
    ]:
        for value in (0x00, 0x7F, 0xFF):
            spoilt = bytes(good[:at]) + bytes([value]) + bytes(good[at + 1 :])
            assert isinstance(read(spoilt), Text)
