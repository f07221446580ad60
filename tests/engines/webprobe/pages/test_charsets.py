"""From bytes to text: what is declared, what is not, and what is declared wrongly."""

import pytest

from meice.engines.documents.charset import decode_page

WORDS = "华园大学通知公告：关于做好期末工作的通知，请各单位认真落实。" * 3
TRADITIONAL = "華園大學通知公告：關於做好期末工作的通知，請各單位認真落實。" * 3


def page(declared: str, text: str = WORDS) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    return (
        f"<html><head>{meta if declared else ''}<title>t</title></head><body>{text}</body></html>"
    )


# bytes, content type, the codec that must be chosen
CASES = {
    "utf-8 by meta": (page("utf-8").encode(), "", "utf-8"),
    "utf-8 by header": (page("").encode(), "text/html; charset=UTF-8", "utf-8"),
    "gb2312 by meta is gb18030": (page("gb2312").encode("gb18030"), "", "gb18030"),
    "gbk by header": (page("").encode("gbk"), "text/html;charset=GBK", "gb18030"),
    "short form of meta": (
        f"<meta charset='gbk'><p>{WORDS}".encode("gbk"), "", "gb18030"),
    "header before meta": (page("utf-8").encode("gbk"), "text/html; charset=gbk", "gb18030"),
    "meta lies: says gb2312, is utf-8": (page("gb2312").encode(), "", "utf-8"),
    "meta lies: says utf-8, is gbk": (page("utf-8").encode("gbk"), "", "gb18030"),
    "meta lies: says latin-1, is gbk": (page("iso-8859-1").encode("gbk"), "", "gb18030"),
    "nothing declared: gbk": (page("").encode("gbk"), "", "gb18030"),
    "nothing declared: utf-8": (page("").encode(), "", "utf-8"),
    "unknown name: gbk": (page("x-chinese-national").encode("gbk"), "", "gb18030"),
    "byte order mark wins": (b"\xef\xbb\xbf" + page("gb2312").encode(), "", "utf-8"),
    "utf-16 by its mark": (b"\xff\xfe" + page("gb2312").encode("utf-16-le"), "", "utf-16-le"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_words_come_out_right(name: str):
    body, content_type, codec = CASES[name]
    decoded = decode_page(body, content_type)
    assert decoded.charset == codec
    assert WORDS in decoded.text


@pytest.mark.parametrize("declared", ["big5", ""])
def test_big5_is_read_whether_declared_or_not(declared: str):
    body = page(declared, TRADITIONAL).encode("big5")
    assert TRADITIONAL in decode_page(body).text


def test_characters_beyond_gb2312_are_read_in_a_page_that_declares_it():
    assert "朱鎔基、喆、㙍" in decode_page(page("gb2312", "朱鎔基、喆、㙍").encode("gb18030")).text


def test_a_few_gbk_bytes_that_happen_to_be_utf_8_stay_gbk():
    body = page("gb2312", "联通").encode("gbk")
    assert "联通" in decode_page(body).text


def test_one_spoilt_byte_does_not_turn_a_utf_8_page_into_gbk():
    body = page("utf-8").encode() + b"\xb0"
    decoded = decode_page(body)
    assert (decoded.charset, WORDS in decoded.text) == ("utf-8", True)


def test_a_character_cut_in_two_by_a_size_limit_is_forgiven():
    decoded = decode_page(page("").encode() + "完".encode()[:2])
    assert decoded.charset == "utf-8"
    assert decoded.text.endswith("\ufffd")


def test_what_was_declared_is_kept_for_the_report():
    assert decode_page(page("GB2312").encode()).declared == "gb2312"
    assert decode_page(page("").encode()).declared == ""
