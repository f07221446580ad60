"""条款切分: what a pasted text is cut into."""

import pytest
from tests.meice.regulations.scene import TEXT

from meice.regulations.cutting import article_of, cut_clauses, free_part
from meice.regulations.library import shipped


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("第七条", "7"),
        ("第十条", "10"),
        ("第十二条", "12"),
        ("第二十三条", "23"),
        ("第一百零五条", "105"),
        ("一（二）", "1.2"),
        ("3.10", "3.10"),
        ("总则", ""),
    ],
)
def test_a_number_gives_its_part_of_the_key(number, part):
    assert article_of(number) == part


def test_articles_are_cut_with_the_lines_below_them():
    cuts = cut_clauses(TEXT)
    assert [(cut.number, cut.part) for cut in cuts] == [
        ("第一条", "1"), ("第二条", "2"), ("第十一条", "11"),
    ]  # fmt: skip
    assert cuts[1].text.endswith("\n包括网站和移动应用。")
    assert cuts[2].text == "变更负责人的，三个工作日内报备。"


def test_points_carry_the_number_above_them():
    cuts = cut_clauses("一、摸排\n（一）集约管理。\n（二）整改。\n二、内容\n（一）导向。")
    assert [(cut.number, cut.part) for cut in cuts] == [
        ("一", "1"), ("一（一）", "1.1"), ("一（二）", "1.2"), ("二", "2"), ("二（一）", "2.1"),
    ]  # fmt: skip


def test_figures_are_heads_too_and_a_text_without_heads_is_one_clause():
    assert [cut.number for cut in cut_clauses("1. 甲\n2. 乙")] == ["1", "2"]
    assert [(c.number, c.text) for c in cut_clauses("没有条号。\n第二行。")] == [
        ("全文", "没有条号。\n第二行。")
    ]
    assert cut_clauses(" \n　") == []


def test_the_same_number_twice_gets_two_keys():
    cuts = cut_clauses("第一条 甲\n第一条 乙")
    assert [cut.part for cut in cuts] == ["1", "1-2"]
    assert free_part("1", {"1", "1-2"}) == "1-3"


def test_the_shipped_library_is_whole():
    documents = shipped()
    keys = [clause.key for document in documents for clause in document.clauses]
    cited = [text for d in documents for clause in d.clauses for text in clause.cited]
    assert len(keys) == len(set(keys)) > 50
    assert len(cited) == len(set(cited))
    assert {"gov-2019-19/1.2.3", "net-name/6", "notice/3.5", "edu-app/provider"} <= set(keys)
