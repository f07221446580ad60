"""Lexicons in any state, made through the real actions: 梁文博 asks, 黄志远 approves."""

from datetime import timedelta

from tests.given import workbook
from tests.meice.registry.scene import MONDAY

from meice.editorial.actions import compiling, intakes, lexicons
from meice.engines.zhcheck import Entry, Severity

HEAD = ("错误写法", "正确写法", "轻重", "出处")
SHORT = Entry("华园农大", "华园大学", Severity.BLOCK, "", "学校章程第二条")
OLD = Entry("园艺系", "园艺学院", Severity.WARN, "", "校发〔2020〕3号")


def later(minutes):
    return MONDAY + timedelta(minutes=minutes)


def a_lexicon(school, kind="wording", name="本校规范表述", unit=None):
    """Empty."""
    return lexicons.make_lexicon(unit or school.university, kind, name, by=school.liang, at=MONDAY)


def asked(school, lexicon, entry=SHORT, at=MONDAY):
    """A term that waits for approval."""
    return lexicons.add_term(lexicon, entry, reason="校名要规范", by=school.liang, at=at)


def with_terms(school, *entries, lexicon=None, compiled=True):
    """A lexicon whose entries are in force, each approved by the other person."""
    lexicon = lexicon or a_lexicon(school)
    for entry in entries or (SHORT,):
        change = asked(school, lexicon, entry)
        lexicons.approve_change(change, by=school.huang, at=MONDAY)
    if compiled:
        compiling.compile_newest(lexicon.pk, MONDAY)
    lexicon.refresh_from_db()
    return lexicon


def uploaded(school, lexicon, content, name="词条.xlsx", **given):
    """A file that was read into its preview."""
    values = {"reason": "校办发来", "replaces_all": False, "dated": None}
    change = intakes.create_intake(
        lexicon, content, name=name, by=school.liang, at=MONDAY, **{**values, **given}
    )
    intakes.read_intake(change.pk, MONDAY)
    change.refresh_from_db()
    return change


def imported(school, lexicon, *rows, **given):
    """In force."""
    change = uploaded(school, lexicon, workbook(HEAD, *rows), **given)
    change = lexicons.propose_change(change, by=school.liang)
    change = lexicons.approve_change(change, by=school.huang, at=later(1))
    compiling.compile_newest(lexicon.pk, later(1))
    return change


def words(lexicon):
    """What is in force."""
    return sorted(lexicon.terms.in_force().values_list("word", flat=True))
