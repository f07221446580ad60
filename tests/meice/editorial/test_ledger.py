"""三审三校记录清单 and the statistics: every manuscript that was sent, in words and as .xlsx."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.http import QueryDict
from django.urls import reverse
from openpyxl import load_workbook
from tests.meice.editorial import scene
from tests.meice.registry.scene import MONDAY

from meice.audit.models import Entry
from meice.editorial.documents.ledger import COLUMNS, ledger_bytes
from meice.editorial.documents.statistics import hours_words, statistics_of
from meice.editorial.forms.ledger import LedgerFilter
from meice.editorial.models import Manuscript

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def school():
    return scene.editorial_school()


def rows_of(content):
    book = load_workbook(BytesIO(content))
    return [[cell.value or "" for cell in row] for row in book.active.iter_rows()], book


def found(school, query, by="liang"):
    wanted = LedgerFilter.of(QueryDict(query), school.people[by], TODAY)
    rows = wanted.apply(Manuscript.objects.visible_to(school.people[by]))
    return sorted(rows.values_list("title", flat=True))


def test_each_filter_narrows_and_unknown_values_do_not(school):
    scene.submitted(school, title="甲", form="video")
    scene.approved(school, title="乙", content_class="general")
    scene.drafted(school, title="丙（草稿）")
    cases = {
        "": ["乙", "甲"],
        "q=甲": ["甲"],
        "form=video": ["甲"],
        "status=approved": ["乙"],
        f"unit={school.maths.path}": ["乙", "甲"],
        f"unit={school.arts.path}": [],
        "origin=repost": [],
        "class=sensitive": [],
        "first=2026-11-24": [],
        "last=2026-11-23": ["乙", "甲"],
        "form=nonsense&status=x&unit=zzzz&first=abc": ["乙", "甲"],
    }
    assert {query: found(school, query) for query in cases} == cases
    assert found(school, f"unit={school.arts.path}", by="su") == []


def test_the_workbook_has_a_row_a_manuscript_and_text_cells_alone(school):
    hostile = "=cmd|'/c calc'!A1"
    site = scene.with_site(school)
    scene.published(school, site, title=hostile)
    (head, row), book = rows_of(ledger_bytes(Manuscript.objects.all()))
    assert head == [title for title, _ in COLUMNS]
    line = dict(zip(head, row, strict=True))
    assert line["标题"] == hostile
    assert line["一审一校"].startswith("周启明 通过 2026-11-23")
    assert line["三审三校"].startswith("郑国强 通过")
    assert (line["状态"], line["退回次数"], line["作者兼一审"]) == ("已发布", "0", "否")
    assert line["链接"] == "https://sx.huayuan.edu.cn/news/1.htm"
    assert len(line["审定稿指纹"]) == 64
    assert {cell.data_type for one in book.active.iter_rows() for cell in one} <= {"s", "n"}


def test_the_export_is_of_what_is_filtered_and_leaves_a_line(school, signed_in):
    scene.submitted(school, title="甲", form="video")
    scene.submitted(school, title="乙")
    browser = signed_in(school.liang)
    answer = browser.post(reverse("review-ledger-export"), {"form": "video"})
    (_, row), _book = rows_of(b"".join(answer.streaming_content))
    assert "甲" in row
    line = Entry.objects.get(act="manuscript.export")
    assert line.detail == {"rows": 1, "filter": "视频"}


def test_the_pages_are_there_for_business_and_for_nobody_else(school, signed_in):
    scene.approved(school, title="甲")
    pages = [reverse("review-ledger"), reverse("editorial-statistics")]
    for who in ("he", "zhou", "zheng", "liang", "shen", "su"):
        browser = signed_in(school.people[who])
        assert [browser.get(page).status_code for page in pages] == [200, 200], who
    for who in ("bao", "admin"):
        assert {signed_in(school.people[who]).get(page).status_code for page in pages} == {404}
    shown = signed_in(school.he).get(pages[0]).content.decode()
    assert "周启明" in shown
    assert "甲" not in signed_in(school.su).get(pages[0]).content.decode().split("记录清单")[-1]


def test_the_figures_say_what_was_done_and_rank_nobody(school):
    first = scene.submitted(school, title="甲", form="video")
    scene.passed(first, school.zhou, at=MONDAY + timedelta(hours=3), mistakes=2)
    scene.approved(school, title="乙")
    statistics = statistics_of(Manuscript.objects.all())
    (unit,) = statistics.units
    assert unit.name == "数学与信息学院"
    assert dict(unit.by_form)["视频"] == 1
    assert dict(unit.by_form)["图文"] == 1
    assert (unit.manuscripts, unit.published, unit.mistakes, unit.read) == (2, 0, 2, 2)
    by_stage = {name: (words, number) for name, words, number in unit.by_stage}
    assert by_stage["一审一校"] == ("1.5 小时", 2)
    assert statistics.total.manuscripts == 2
    assert statistics.newest is not None


def test_nothing_is_unknown_rather_than_zero(school, signed_in):
    page = signed_in(school.liang).get(reverse("editorial-statistics")).content.decode()
    assert "这段时间没有送审的稿件" in page
    assert statistics_of(Manuscript.objects.none()).units == ()


def test_the_statistics_page_shows_base_and_age(school, signed_in):
    scene.approved(school, at=datetime.now(UTC))
    page = signed_in(school.liang).get(reverse("editorial-statistics")).content.decode()
    assert "统计于" in page
    assert "首次送审的 <b>1</b> 篇" in page
    assert "不排名" in page


def test_hours_are_said_as_people_say_them():
    said = {0.5: "30 分钟", 3.25: "3.2 小时", 47.9: "47.9 小时", 72: "3.0 天"}
    assert {hours: hours_words(hours) for hours in said} == said


def test_a_page_of_fifty_takes_few_queries(school, signed_in, django_assert_max_num_queries):
    for number in range(6):
        scene.submitted(school, title=f"稿{number}")
    browser = signed_in(school.liang)
    browser.get("/")
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("review-ledger")).status_code == 200
