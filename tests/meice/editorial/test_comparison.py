"""A published page beside the approved text: what differs is shown, what was not seen is unknown."""

import pytest

from meice.editorial.comparison import Run, compare_page, count_changes, differences, look_at
from meice.editorial.models import Outcome, Publication, Revision
from meice.engines.gate import Answer
from meice.registry.models import Outlet

TEXT = "近日，学院举办讲座。讲座由周教授主讲。二百名同学参加。"
REVISION = Revision(number=1, title="讲座举行", body=TEXT)
FRAME = "首页 > 新闻\n讲座举行\n发布时间：2026-09-07\n{}\n上一篇：没有了\n版权所有"


def seen(text, *, was_seen=False):
    return compare_page(REVISION, FRAME.format(text), was_seen=was_seen)


SAME = {
    "as approved": TEXT,
    "broken into lines": TEXT.replace("。", "。\n\n"),
    "with wide blanks": TEXT.replace("，", "，　"),
    "in other widths": TEXT.replace("，", ","),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_blanks_lines_and_widths_are_no_difference(text):
    assert seen(text).outcome is Outcome.SAME


def test_a_changed_word_is_shown_and_nothing_else():
    look = seen(TEXT.replace("周教授", "王教授"))
    assert (look.outcome, look.reason) == (Outcome.DIFFERS, "有 1 处不同")
    assert [one for one in look.runs if one.kind != "same"] == [Run("del", "周"), Run("ins", "王")]


def test_a_sentence_put_in_and_one_left_out_are_seen():
    assert seen(TEXT.replace("二百", "本条是广告。二百")).outcome is Outcome.DIFFERS
    assert seen(TEXT.replace("讲座由周教授主讲。", "")).outcome is Outcome.DIFFERS


def test_another_title_is_a_difference():
    page = FRAME.format(TEXT).replace("讲座举行", "讲座取消")
    look = compare_page(REVISION, page, was_seen=False)
    assert look.outcome is Outcome.DIFFERS
    assert look.runs[0] == Run("del", "讲座举行\n")


def test_what_was_not_seen_is_unknown():
    assert seen("请登录后查看").outcome is Outcome.UNKNOWN
    assert "没有找到" in seen("请登录后查看").reason
    assert seen("请登录后查看", was_seen=True).outcome is Outcome.DIFFERS


SITE = Outlet(name="学院网站", platform="website", url="https://sx.huayuan.edu.cn/")
ANSWERS = {
    "gone": ({"status": 404}, Outcome.GONE),
    "forbidden": ({"status": 403}, Outcome.UNKNOWN),
    "timeout": ({"failure": "timeout"}, Outcome.UNKNOWN),
    "led away": ({"status": 200, "final_url": "https://elsewhere.example/"}, Outcome.UNKNOWN),
    "as approved": (
        {"status": 200, "body": f"<h1>讲座举行</h1><p>{TEXT}</p>".encode()},
        Outcome.SAME,
    ),
}


@pytest.mark.parametrize(("given", "outcome"), ANSWERS.values(), ids=ANSWERS)
def test_only_404_and_410_say_that_a_page_is_gone(given, outcome):
    url = "https://sx.huayuan.edu.cn/news/1.htm"
    publication = Publication(revision=REVISION, outlet=SITE, url=url)
    answer = Answer(**({"url": url, "final_url": url} | given))
    assert look_at(publication, lambda _: answer).outcome is outcome


def test_differences_read_forwards_give_both_texts():
    old, new = TEXT, TEXT.replace("二百", "三百").replace("近日，", "")
    runs = differences(old, new)
    assert "".join(one.text for one in runs if one.kind != "ins") == old
    assert "".join(one.text for one in runs if one.kind != "del") == new
    assert count_changes(runs) == 2
