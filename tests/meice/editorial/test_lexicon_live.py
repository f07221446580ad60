"""A new version reaches every reader without a pause; a unit's exceptions hold for it alone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.meice.editorial import lexicon_scene as scene
from tests.meice.editorial.lexicon_scene import OLD, SHORT, later
from tests.meice.registry.scene import MONDAY, make_school

from meice.editorial.actions import compiling, lexicons, opinions
from meice.editorial.lexicons import live, snapshot
from meice.editorial.lexicons.live import reader_for, shelf
from meice.editorial.lexicons.reading import lexicons_of, read_copy, versions_of
from meice.engines.documents import Kind, Text
from meice.engines.zhcheck import Entry, ListKind, Rule, Severity
from meice.jobs import worker
from meice.kernel.access import Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TEXT = "华园农大举办讲座，园艺系师生参加。"


@pytest.fixture
def school():
    return make_school()


def found(path, text=TEXT, today=TODAY):
    return [issue.text for issue in reader_for(path, wait=True).issues(text, today)]


def test_the_lexicons_of_a_school_are_read_with_in_its_units_alone(school):
    scene.with_terms(school, lexicon=scene.a_lexicon(school, unit=school.maths))
    assert found(school.maths.path) == ["华园农大"]
    assert found(school.arts.path) == []
    assert found("") == []


def test_the_job_puts_the_newest_version_in_use(school):
    lexicon = scene.with_terms(school, compiled=False)
    assert found(school.maths.path) == []
    assert worker.drain() >= 1
    lexicon.refresh_from_db()
    assert lexicon.current.number == 1
    assert found(school.maths.path) == ["华园农大"]
    assert not compiling.compile_newest(lexicon.pk, later(1))


def test_a_page_goes_on_with_the_old_one_while_the_new_one_is_made(school):
    lexicon = scene.with_terms(school)
    path = school.maths.path
    before = reader_for(path, wait=True)
    change = scene.asked(school, lexicon, OLD)
    lexicons.approve_change(change, by=school.huang, at=later(1))
    compiling.compile_newest(lexicon.pk, later(1))
    shelf._live[(school.university.path,)] = before.known  # another process, which has not seen it
    during = reader_for(path)
    assert during.known is before.known
    shelf.settle()
    assert [i.text for i in reader_for(path).issues(TEXT, TODAY)] == ["华园农大", "园艺系"]
    assert [i.text for i in before.issues(TEXT, TODAY)] == ["华园农大"]


def test_what_a_text_was_read_with_is_told(school):
    scene.with_terms(school)
    assert versions_of(lexicons_of(school.maths)).startswith("本校规范表述 1、")


def test_an_exception_holds_for_its_unit_until_its_day(school):
    scene.with_terms(school)
    exception = opinions.grant_exception(
        school.maths, "wording", "华园农大", reason="校友会旧称", until=TODAY + timedelta(days=30),
        by=school.liang, at=MONDAY, today=TODAY,
    )  # fmt: skip
    assert found(school.maths.path) == []
    assert found(school.arts.path) == ["华园农大"]
    assert found(school.maths.path, today=TODAY + timedelta(days=31)) == ["华园农大"]
    opinions.end_exception(exception, by=school.huang, at=later(1))
    assert found(school.maths.path) == ["华园农大"]


def test_an_exception_needs_a_reason_a_day_and_a_known_term(school):
    scene.with_terms(school)
    good = {"reason": "旧称", "until": TODAY, "by": school.liang, "at": MONDAY, "today": TODAY}
    refusals = [
        ({"word": "华园农大", "reason": " "}, "写明理由"),
        ({"word": "华园农大", "until": TODAY - timedelta(days=1)}, "有效期至"),
        ({"word": "华园农大", "until": TODAY + timedelta(days=5000)}, "有效期至"),
        ({"word": "没有的词"}, "没有这个词条"),
        ({"word": "华园农大", "by": school.he}, "由宣传部同意"),
    ]
    for given, reason in refusals:
        values = {**good, **given}
        with pytest.raises(Refused, match=reason):
            opinions.grant_exception(school.maths, "wording", values.pop("word"), **values)


def test_each_kind_reaches_its_rule(school):
    entries = {
        "office": Entry("甲某某", "校长", source="任职文件", order=2),
        "number": Entry("校内卡号", r"77\d{6}", source="管理规定"),
        "source": Entry("某日报社"),
        "protect": Entry("按装配图"),
        "term": Entry("甲杯大赛", source="通知"),
        "title": Entry("学校书记", "党委书记", source="任职文件"),
    }
    for kind, entry in entries.items():
        own = scene.a_lexicon(school, kind=kind, name=kind)
        scene.with_terms(school, entry, lexicon=own)
    text = (
        "书记甲某某、教授甲某某出席甲杯大赛，学校书记讲话，卡号77123456。来源：某网\n按装配图施工。"
    )
    issues = reader_for(school.maths.path, wait=True).issues(text, TODAY)
    assert {issue.rule for issue in issues} >= {
        Rule.TERM, Rule.TITLE, Rule.STUDENT_NUMBER, Rule.SOURCE_UNLISTED,
    }  # fmt: skip
    assert Rule.TYPO not in {issue.rule for issue in issues}


def test_a_snapshot_gives_back_what_was_packed():
    entries = [
        SHORT,
        Entry("乙", "", Severity.HINT, "说明", "出处", TODAY, None, ("乙方",)),
        Entry("丙", unit="教务处", order=3),
    ]
    assert snapshot.unpack(snapshot.pack(entries)) == entries
    assert snapshot.unpack(snapshot.pack([])) == []
    same = [Entry(f"词{n}", source="同一出处") for n in range(3)]
    assert snapshot.unpack(snapshot.pack(same)) == same
    lexicon = snapshot.read(snapshot.pack(same), "名", ListKind.TERM.value, 3, None)
    assert (len(lexicon.terms), lexicon.version) == (3, "3")


def test_old_automata_are_cleared_away(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    live.compiled_folder().mkdir()
    for number in range(live.MOST_COMPILED + 3):
        (live.compiled_folder() / f"{number:03}.automaton").write_bytes(b"x")
    live.trim_compiled()
    assert len(list(live.compiled_folder().iterdir())) == live.MOST_COMPILED


def test_the_reading_page_uses_them(school, signed_in):
    scene.with_terms(school)
    page = signed_in(school.he).post(reverse("proof"), {"text": TEXT}).content.decode()
    assert "建议改为：<b>华园大学</b>" in page
    assert 'name="word" value="华园农大"' in page


def test_a_reading_names_the_entry_of_each_hit(school):
    scene.with_terms(school)
    reading = read_copy(
        Text(Kind.TEXT, "华 园 农 大的门牌，手机13800000001"), today=TODAY, path=school.maths.path
    )
    assert [one.word for one in reading.remarks] == ["华园农大", ""]
