"""Footer marks: numbers with the addresses they link to (domain.md 5.5)."""

from datetime import date

import pytest

from meice.engines.webprobe.pages import Marks, read_page

MIIT = "https://beian.miit.gov.cn/"
POLICE = "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=44030002017573"
NEW_POLICE = "https://beian.mps.gov.cn/#/query/webSearch?code=44030002017573"


def marks(body: str) -> Marks:
    html = f"<meta charset=utf-8><div class=footer>{body}</div>".encode()
    return read_page("http://x.huayuan.edu.cn/", {}, html, now=date(2026, 11, 22)).marks


ICP = {
    f"<a href={MIIT}>粤ICP备04000001号</a>": ("粤ICP备04000001号", MIIT, 0),
    "粤ICP备04000001号": ("粤ICP备04000001号", "", 0),
    f"<a href={MIIT}>京ICP备2024077296号-1</a>": ("京ICP备2024077296号-1", MIIT, 0),
    f"备案号：<a href={MIIT}>粤ICP备 04000001 号</a>": ("粤ICP备04000001号", MIIT, 0),
    f"<a href={MIIT}><span>粤ICP备</span>04000001号</a>": ("粤ICP备04000001号", MIIT, 0),
    "京ICP备12034000号": ("京ICP备12034000号", "", 1),  # other provinces show the site's number
    "粤ICP备04000001": ("粤ICP备04000001号", "", 1),
}


@pytest.mark.parametrize("body", sorted(ICP))
def test_icp_numbers(body: str):
    (mark,) = marks(body).icp
    assert (mark.number, mark.url, len(mark.faults)) == ICP[body]


def test_police_numbers_written_and_linked_are_one():
    (mark,) = marks(f"<a href='{POLICE}'><img src=ga.png>粤公网安备 44030002017573号</a>").police
    assert (mark.number, mark.url) == ("粤公网安备44030002017573号", POLICE)


def test_a_police_number_that_only_the_link_gives():
    (mark,) = marks(f"<a href='{POLICE}'><img src=ga.png></a>").police
    assert (mark.number, mark.url) == ("44030002017573", POLICE)


def test_the_same_number_twice_is_one_mark():
    body = f"粤ICP备04000001号 <a href={MIIT}>粤ICP备04000001号</a>"
    assert [(mark.number, mark.url) for mark in marks(body).icp] == [("粤ICP备04000001号", MIIT)]


def test_a_page_without_marks():
    assert marks("版权所有 华园大学") == Marks()
