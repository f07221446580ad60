"""A list from a file: every fault with its line, nothing in force before approval, undone whole."""

from datetime import date

import pytest
from tests.given import workbook
from tests.meice.editorial import lexicon_scene as scene
from tests.meice.editorial.lexicon_scene import HEAD, OLD, SHORT, later
from tests.meice.registry.scene import make_school

from meice.editorial.actions import lexicons
from meice.editorial.documents.lexicons import lexicon_sheet, lexicon_toml
from meice.engines.zhcheck import ListKind, Severity
from meice.engines.zhcheck.lexicon import parse_lexicon
from meice.kernel.access import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
GOOD = ("甲杯大赛", "", "提醒", "教务处通知")


@pytest.fixture
def school():
    return make_school()


def test_a_sheet_is_previewed_beside_the_lexicon_with_every_fault_and_its_line(school):
    lexicon = scene.with_terms(school, SHORT, OLD)
    sheet = workbook(
        ("学校词表",),
        HEAD,
        ("华园农大", "华园大学", "必须处理", "学校章程第二条"),
        ("园艺系", "园艺学院（新）", "提醒", "校发〔2020〕3号"),
        GOOD,
        ("乙", "", "很重", "通知"),
        ("", "丙", "提醒", "通知"),
        ("丁", "丁", "提醒", "通知"),
        ("甲杯大赛", "", "提醒", "又一次"),
    )
    change = scene.uploaded(school, lexicon, sheet)
    assert change.counts == {"new": 1, "changed": 1, "same": 1, "gone": 0, "faulty": 4}
    assert [(line, column) for line, column, *_ in change.faults] == [
        (6, "轻重"), (7, "错误写法"), (8, "错误写法"), (9, "错误写法"),
    ]  # fmt: skip
    assert "与第 5 行重复" in change.faults[3][3]
    assert scene.words(lexicon) == ["华园农大", "园艺系"]


def test_an_import_holds_once_approved_and_is_undone_whole(school):
    lexicon = scene.with_terms(school, SHORT, OLD)
    change = scene.imported(school, lexicon, ("园艺系", "园艺科学学院", "提醒", "新文件"), GOOD)
    assert scene.words(lexicon) == ["华园农大", "园艺系", "甲杯大赛"]
    assert lexicon.terms.in_force().get(word="园艺系").right == "园艺科学学院"
    lexicons.undo_change(change, reason="发错了文件", by=school.liang, at=later(5))
    assert scene.words(lexicon) == ["华园农大", "园艺系"]
    assert lexicon.terms.in_force().get(word="园艺系").right == "园艺学院"
    with pytest.raises(Refused, match="已经撤销过"):
        lexicons.undo_change(change, reason="再来", by=school.liang, at=later(6))


def test_undoing_leaves_what_was_changed_since(school):
    lexicon = scene.with_terms(school, SHORT)
    change = scene.imported(school, lexicon, GOOD, ("乙杯", "", "提醒", "通知"))
    term = lexicon.terms.in_force().get(word="甲杯大赛")
    edit = lexicons.edit_term(
        term, scene.Entry("甲杯大赛", "甲杯竞赛", source="新通知"), reason="改名",
        by=school.liang, at=later(2),
    )  # fmt: skip
    lexicons.approve_change(edit, by=school.huang, at=later(3))
    lexicons.undo_change(change, reason="撤", by=school.huang, at=later(4))
    assert scene.words(lexicon) == ["华园农大", "甲杯大赛"]


def test_a_whole_replacement_ends_what_the_file_lacks(school):
    lexicon = scene.with_terms(school, SHORT, OLD)
    row = ("华园农大", "华园大学", "必须处理", "学校章程第二条")
    change = scene.imported(school, lexicon, row, GOOD, replaces_all=True)
    assert change.counts["gone"] == 1
    assert scene.words(lexicon) == ["华园农大", "甲杯大赛"]


def test_a_dropped_preview_leaves_no_rows(school):
    lexicon = scene.a_lexicon(school)
    change = scene.uploaded(school, lexicon, workbook(HEAD, GOOD))
    lexicons.drop_change(change, by=school.liang)
    assert not lexicon.terms.exists()


def test_csv_of_any_charset_and_sign(school):
    lexicon = scene.a_lexicon(school)
    text = "错误写法;正确写法;出处\n华园农大;华园大学;学校章程\n"
    change = scene.uploaded(school, lexicon, text.encode("gb18030"), name="词表.csv")
    assert (change.counts["new"], change.faults) == (1, [])
    term = change.terms.get()
    assert (term.word, term.right, term.source, term.line) == (
        "华园农大", "华园大学", "学校章程", 2,
    )  # fmt: skip


def test_a_white_list_says_its_day(school):
    lexicon = scene.a_lexicon(school, kind="source", name="稿源名单")
    sheet = workbook(("稿源单位",), ("某日报社",), ("某通讯社",))
    with pytest.raises(Refused, match="名单日期"):
        scene.uploaded(school, lexicon, sheet)
    change = scene.uploaded(school, lexicon, sheet, dated=date(2025, 7, 1), replaces_all=True)
    change = lexicons.propose_change(change, by=school.liang)
    change = lexicons.approve_change(change, by=school.huang, at=later(1))
    assert change.version.dated == date(2025, 7, 1)
    assert change.version.size == 2


UNREADABLE = {
    "plain": (b"nothing of a list", "a.csv", "没有找到列名"),
    "broken": (b"PK\x03\x04" + b"\x00" * 60, "a.xlsx", "打不开"),
    "toml": (b'name = "a"\nversion = "1"\n[[group]]\nrule = "wordy"', "a.toml", "缺少 severity"),
    "charset": (b"\xff\xfe\x00", "a.toml", "UTF-8"),
}


def test_what_cannot_be_read_is_a_fault_of_the_file(school):
    lexicon = scene.a_lexicon(school)
    for content, name, expected in UNREADABLE.values():
        change = scene.uploaded(school, lexicon, content, name=name)
        assert expected in change.faults[0][3]
        with pytest.raises(Refused, match="没有要写入的词条"):
            lexicons.propose_change(change, by=school.liang)


def test_a_version_as_toml_is_the_engines_own_file_and_comes_back_the_same(school):
    entry = scene.Entry(
        '甲"杯', "", Severity.HINT, '见"路径" a\\b', "通知", protects=('甲"杯大赛',), valid_from=DAY
    )
    lexicon = scene.with_terms(school, SHORT, entry)
    content = lexicon_toml(lexicon, lexicon.versions.first())
    read = parse_lexicon(content.decode(), "a.toml")
    assert {term.word for term in read.terms} == {"华园农大", '甲"杯'}
    again = scene.uploaded(school, lexicon, content, name="词库.toml")
    assert (again.counts["new"], again.faults) == (0, [])
    assert again.counts["same"] == 1  # the other had no remark of its own


def test_the_template_of_each_kind_is_read_without_a_fault(school):
    for kind in ListKind:
        lexicon = scene.a_lexicon(school, kind=kind.value, name=f"模板{kind.value}")
        dated = date(2025, 7, 1) if kind is ListKind.SOURCE else None
        change = scene.uploaded(school, lexicon, lexicon_sheet(kind), dated=dated)
        assert (change.faults, change.counts["new"]) == ([], 1), kind
