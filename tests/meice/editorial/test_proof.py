"""读稿检查: what a person sees of her text, and that nothing of it stays."""

import logging
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from meice.audit.models import Entry
from meice.editorial.forms.copy import MOST_CHARACTERS
from meice.editorial.lexicons.reading import MOST_SHOWN, RULES, Remark, pieces_of, read_copy
from meice.engines.documents import Kind, Text
from meice.engines.zhcheck import Issue, Rule, Severity
from meice.files.models import StoredFile
from meice.jobs.models import Job

ADDRESS = reverse("proof")
TODAY = date(2026, 11, 23)
MOBILE = "13800000001"
FAULTY = f"联系人何嘉敏，电话{MOBILE}。\n请按装软件后再试。\n"


@pytest.fixture
def page(cast, signed_in):
    """`page(text=…)` or `page(file=…)`: the status and the parsed answer."""
    browser = signed_in(cast.su)

    def send(**given):
        answer = browser.post(ADDRESS, given)
        return answer.status_code, LexborHTMLParser(answer.content)

    return send


def words(node):
    return " ".join(node.text().split())


def remarks(parsed):
    return [words(one) for one in parsed.css(".m-issues > li")]


def test_a_pasted_text_is_marked_where_it_is_wrong(page):
    status, parsed = page(text=FAULTY)
    assert status == 200
    assert [one.text(deep=False) for one in parsed.css(".m-doc mark")] == [MOBILE, "按装"]
    mobile, typo = remarks(parsed)
    assert "手机号" in mobile
    assert "138****0001" in mobile
    assert "第2段" in typo
    assert "建议改为：安装" in typo
    assert parsed.css_first("#h-found").text() == "读稿发现 2"


def test_the_text_is_shown_whole(page):
    _, parsed = page(text=FAULTY)
    for number in parsed.css(".m-doc sup"):
        number.remove()
    assert parsed.css_first(".m-doc").text() == FAULTY


def test_a_file_is_read_and_says_where(page):
    document, stream = Document(), BytesIO()
    document.add_paragraph("本周工作安排")
    document.add_paragraph("既使没有雨也照常进行。")
    document.save(stream)
    status, parsed = page(file=SimpleUploadedFile("安排.docx", stream.getvalue()))
    assert status == 200
    (typo,) = remarks(parsed)
    assert "第2段" in typo
    assert "建议改为：即使没有" in typo


def test_a_clean_text_is_no_more_than_not_found_wanting(page):
    _, parsed = page(text="我校举行开学典礼。")
    assert remarks(parsed) == []
    assert "没有看出问题，不等于没有问题" in parsed.body.text()


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ({}, "请粘贴文字，或选一个文件。"),
        ({"text": " \n "}, "请粘贴文字，或选一个文件。"),
        ({"text": "文" * (MOST_CHARACTERS + 1)}, "有 100001 字，一次最多读 100000 字"),
        ({"text": "一", "file": SimpleUploadedFile("a.txt", b"a")}, "文字和文件只能给一样。"),
        ({"file": SimpleUploadedFile("a.zip", b"PK\x05\x06" + bytes(18))}, "读不了："),
        ({"file": SimpleUploadedFile("空.txt", b"")}, "这个文件是空的"),
    ],
    ids=["nothing", "blank", "too-long", "both", "unreadable", "empty"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(page, given_, why):
    status, parsed = page(**given_)
    assert status == 422
    assert why in parsed.body.text()


def test_hostile_text_stays_text(page):
    hostile = "<script>evil()</script><b class=evil onclick=x>{{7*7}}\u202e按装"
    _, parsed = page(text=hostile)
    assert not parsed.css(".m-doc script, .m-doc .evil, [onclick]")
    assert hostile in parsed.css_first(".m-doc").text()


def test_nothing_of_it_stays(page, caplog):
    page(text="一")  # the first page begins the session
    before = Entry.objects.count(), StoredFile.objects.count(), Job.objects.count()
    with caplog.at_level(logging.DEBUG):
        page(text=FAULTY)
        page(file=SimpleUploadedFile("稿.txt", FAULTY.encode()))
    assert (Entry.objects.count(), StoredFile.objects.count(), Job.objects.count()) == before
    assert MOBILE not in "".join(
        line.getMessage() for line in caplog.records if not line.name.startswith("django.db")
    )


def test_strangers_are_sent_to_the_door(client, db):
    assert client.get(ADDRESS)["Location"].startswith("/sign-in/")


def test_a_page_lists_no_more_than_a_person_reads():
    reading = read_copy(Text(Kind.TEXT, "按装。" * (MOST_SHOWN + 50)), today=TODAY)
    assert len(reading.remarks) == MOST_SHOWN
    assert reading.found > MOST_SHOWN


def test_every_rule_has_its_name():
    assert set(RULES) == set(Rule)


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@given(
    st.text(max_size=40), st.lists(st.tuples(spans, st.sampled_from(list(Severity))), max_size=8)
)
def test_pieces_are_the_text_and_each_remark_ends_once(text, found):
    made = [
        Remark(number, Issue(Rule.TYPO, severity, start, end, text[start:end], "", None, ""), "")
        for number, ((start, end), severity) in enumerate(found, 1)
        if start < end <= len(text)
    ]
    pieces = list(pieces_of(text, made))
    assert "".join(piece.text for piece in pieces) == text
    ended = sorted(one.number for piece in pieces for one in piece.ending)
    assert ended == [one.number for one in made]
    assert all(bool(piece.severity) for piece in pieces if piece.ending)
