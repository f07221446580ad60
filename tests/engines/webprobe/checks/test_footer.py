"""icp-missing, icp-format, police-record-missing."""

import pytest
from tests.engines.webprobe.checks.sites import NOW, RULES, codes, home, only, page, site

from meice.engines.webprobe.checks import Known, icp_format, icp_missing, police_record_missing
from meice.engines.webprobe.findings import Code


def mark_of(text):
    return page(f"<p>{text}</p>").marks.icp[0]


def test_a_home_page_without_a_number_lacks_it():
    assert codes(icp_missing.check(site(), RULES, NOW)) == [Code.ICP_MISSING]


def test_an_address_instead_of_a_name_needs_a_number_as_well():
    bare = site(start="http://127.0.0.1:8080/", home=home(url="http://127.0.0.1:8080/"))
    assert codes(icp_missing.check(bare, RULES, NOW)) == [Code.ICP_MISSING]


def test_a_number_on_the_home_page_is_enough():
    marked = site(icp=mark_of("粤ICP备04000001号"), icp_on_home=True)
    assert not list(icp_missing.check(marked, RULES, NOW))


def test_a_number_on_inner_pages_only_is_named_and_not_enough():
    inner = site(icp=mark_of("粤ICP备04000001号"), icp_on_home=False)
    assert "内页有 粤ICP备04000001号" in only(icp_missing.check(inner, RULES, NOW)).evidence


@pytest.mark.parametrize(
    "seen", [{"home": None}, {"home": home(readable=False)}], ids=["none", "shell"]
)
def test_a_home_page_that_was_not_seen_lacks_nothing(seen):
    assert not list(icp_missing.check(site(**seen), RULES, NOW))
    assert not list(police_record_missing.check(site(**seen), RULES, NOW))


@pytest.mark.parametrize(
    ("written", "known", "is_wrong"),
    [
        ("粤ICP备04000001号", None, False),
        ("粤ICP备2026073665号-1", None, False),
        ("粤ICP备04000001", None, True),
        ("京ICP备12034000号-2", None, False),
        ("京ICP备12034000号", None, True),
        ("粤ICP备04000001号", "粤ICP备04000001号-1", False),
        ("粤ICP备04000001号", "粤ICP备04000002号", True),
    ],
)
def test_a_number_is_held_against_its_form_and_the_register(written, known, is_wrong):
    marked = site(icp=mark_of(written), icp_on_home=True, known=Known(icp=known))
    found = icp_format.check(marked, RULES, NOW)
    assert codes(found) == ([Code.ICP_FORMAT] if is_wrong else [])


def test_a_police_number_anywhere_on_the_site_is_enough():
    mark = page("<p>粤公网安备44030002017573号</p>").marks.police[0]
    assert not list(police_record_missing.check(site(police_record=mark), RULES, NOW))
    assert codes(police_record_missing.check(site(), RULES, NOW)) == [Code.POLICE_RECORD_MISSING]
