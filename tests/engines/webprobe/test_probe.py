"""One site probed whole, over real sockets."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.engines.webprobe.probing import HEADERS, Reply, by_path, college, options, page, serve

from meice.engines.gate import Failure
from meice.engines.marks import check_character
from meice.engines.webprobe import Code, CrawlOptions, Known, SiteVerdict, probe_one

BETS = "澳门新葡京娱乐城 六合彩开奖 时时彩平台"
FIRST_17 = "44010619990307001"
IDENTITY = FIRST_17 + check_character(FIRST_17)
JSON_KEYS = {
    "url", "final_url", "verdict", "failure", "pages", "latest_update", "latest_update_evidence",
    "columns", "icp", "police_record", "certificate", "findings", "links", "outbound", "elapsed_s",
    "bytes",
}  # fmt: skip


def probed(pages, told=None):
    with serve(pages if callable(pages) else by_path(pages)) as site:
        return probe_one(site.url, told or options())


def codes(report):
    return {finding.code for finding in report.findings}


def test_a_site_in_order_is_fine_but_for_the_missing_https():
    report = probed(college())
    assert codes(report) == {Code.HTTP_ONLY}
    assert (report.verdict, report.failure) == (SiteVerdict.OK, None)
    assert report.latest is not None
    assert report.latest.day == date(2026, 11, 20)
    assert [column.name for column in report.columns] == ["学院新闻"]
    assert report.icp is not None
    assert report.icp.number == "粤ICP备04000001号"
    assert report.links.dead == 0
    assert report.pages == 4


def test_the_json_has_the_keys_of_the_contract_and_comes_back_from_the_journal():
    report = probed(college(days=("2026-08-01",)))
    assert set(report.as_json()) == JSON_KEYS
    assert report.as_json()["latest_update_evidence"].keys() == {"url", "text", "how"}
    assert type(report).from_kept(report.kept()) == report


def test_an_old_site_is_a_problem_with_column_and_home():
    report = probed(college(days=("2026-08-01", "2026-07-01")))
    assert {Code.STALE_HOME, Code.STALE_COLUMN} <= codes(report)
    assert report.verdict is SiteVerdict.PROBLEM


def test_dead_links_and_soft_404_are_told_apart():
    pages = college(more='<a href="/gone.htm">旧闻</a><a href="/soft.htm">资料</a>')
    pages["/soft.htm"] = page("<h1>您访问的页面不存在</h1>", "提示")
    report = probed(pages)
    told = {(finding.code, finding.url.rpartition("/")[2]) for finding in report.findings}
    assert {(Code.DEAD_LINK, "gone.htm"), (Code.SOFT_404, "soft.htm")} <= told
    assert report.links.dead == 1


def test_a_site_that_answers_everything_has_no_backups_but_a_soft_404():
    pages = college()
    report = probed(lambda path, _: pages.get(path, pages["/"]))
    assert Code.SOFT_404 in codes(report)
    assert Code.BACKUP_EXPOSED not in codes(report)


def test_an_exposed_backup_is_found_with_few_and_small_requests():
    pages = college() | {"/www.zip": Reply(b"PK\x03\x04" + b"x" * 9000)}
    with serve(by_path(pages)) as site:
        report = probe_one(site.url, options())
        assert Code.BACKUP_EXPOSED in codes(report)
        assert len(site.asked) < 30


def test_the_search_engines_view_is_compared():
    pages = college()

    def answer(path, headers):
        if path == "/" and "baiduspider" in headers["user-agent"].lower():
            return page(f"<h1>{BETS}</h1>", BETS)
        return pages.get(path, Reply(b"none", 404))

    assert Code.CLOAKING in codes(probed(answer))


def test_a_counter_that_moves_is_no_cloaking():
    visits = iter(range(1000, 100_000, 7))
    pages = college()

    def answer(path, _):
        return (
            page(f"{pages['/'].body.decode()}<p>第 {next(visits)} 位访客</p>")
            if path == "/"
            else pages.get(path, Reply(b"none", 404))
        )

    assert Code.CLOAKING not in codes(probed(answer))


def test_numbers_in_an_attachment_are_found_and_masked():
    rows = f"姓名,证件号\n李某,{IDENTITY}\n"
    pages = college(more='<a href="/files/list.csv">名单</a>')
    pages["/files/list.csv"] = Reply(rows.encode(), headers={"Content-Type": "text/csv"})
    report = probed(pages)
    (found,) = [each for each in report.findings if each.code is Code.PERSONAL_DATA]
    assert found.url.endswith("/files/list.csv")
    assert IDENTITY not in str(report.as_json())
    assert f"{IDENTITY[:6]}********{IDENTITY[-4:]}" in found.evidence


def test_a_footer_on_every_page_is_one_finding():
    pages = {
        path: Reply(reply.body.replace(b"</body>", f"<p>手机 13800000001</p>{''}</body>".encode()))
        for path, reply in college().items()
    }
    found = [each for each in probed(pages).findings if each.code is Code.PERSONAL_DATA]
    assert len(found) == 1


def test_a_link_to_a_domain_that_was_sold_is_found():
    sold = page("<h1>您访问的域名正在出售</h1>", "此域名可转让 - 域名出售")
    with serve(by_path({"/": sold})) as stranger:
        link = f'<a href="{stranger.url}">合作单位</a>'
        report = probed(college(more=link))
    (found,) = [each for each in report.findings if each.code is Code.HIJACKED_DOMAIN]
    assert found.url == stranger.url
    assert stranger.url in {each.url for each in report.outbound}


def test_a_site_that_cannot_be_read_is_unknown_with_nothing_said_of_it():
    with serve(by_path({})) as site:
        url = site.url
    report = probe_one(url, options())
    assert (report.verdict, report.failure) == (SiteVerdict.UNKNOWN, Failure.REFUSED)
    assert (report.findings, report.pages) == ((), 0)


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (403, Failure.BLOCKED),
        (503, Failure.BLOCKED),
        (404, Failure.BAD_RESPONSE),
        (500, Failure.BAD_RESPONSE),
    ],
)
def test_a_start_page_that_is_not_given_is_unknown(status, failure):
    report = probed({"/": Reply(b"<h1>no</h1>", status)})
    assert (report.verdict, report.failure) == (SiteVerdict.UNKNOWN, failure)
    assert Code.ICP_MISSING not in codes(report)


def test_a_shell_filled_by_scripts_is_unknown_not_without_a_number():
    shell = Reply(b"<html><body><div id=app></div><script src=/a.js></script></body></html>")
    report = probed({"/": shell})
    assert report.verdict is SiteVerdict.UNKNOWN
    assert not codes(report) & {Code.ICP_MISSING, Code.STALE_HOME, Code.POLICE_RECORD_MISSING}


def test_an_address_that_was_not_allowed_gets_no_request():
    with serve(by_path(college())) as site:
        closed = replace(options(), policy=type(options().policy)())
        report = probe_one(site.url, closed)
        assert report.failure is Failure.ADDRESS_REFUSED
        assert site.asked == []


def test_a_change_since_the_confirmed_state_is_found():
    with serve(by_path(college())) as site:
        before = probe_one(site.url, options())
    assert before.fingerprint is not None
    shop = Reply(b"<title>shop</title><h1>cheap watches online</h1><a href='/x/y'>go</a>")
    with serve(by_path({"/": shop})) as site:
        known = Known(confirmed=before.fingerprint, confirmed_on=date(2026, 10, 1))
        report = probe_one(site.url, options(known={site.url: known}))
    assert Code.TAMPERED in codes(report)


def test_no_more_pages_are_read_than_asked_for():
    told = options(crawl=CrawlOptions(rate=0, again_s=0.01, max_pages=2))
    assert probed(college(), told).pages == 2


def test_without_the_questions_beside_only_links_are_asked_for():
    with serve(by_path(college())) as site:
        probe_one(site.url, options(beside=False))
        assert set(site.paths()) == {"/robots.txt", "/", "/xyxw/", "/xyxw/1.htm", "/xyxw/2.htm"}


def test_copies_are_kept_of_the_home_page_and_of_pages_with_findings():
    pages = college()
    pages["/xyxw/1.htm"] = page(f"<p>身份证号 {IDENTITY}</p>")
    report = probed(pages, options(copies=5))
    kept = {copy.url.rpartition("127.0.0.1:")[2].partition("/")[2]: copy for copy in report.copies}
    assert set(kept) == {"", "xyxw/1.htm"}
    assert kept[""].body == pages["/"].body
    assert ("content-type", HEADERS["Content-Type"]) in kept[""].headers


def test_the_day_is_what_the_caller_says():
    later = datetime(2027, 3, 1, tzinfo=UTC)
    assert Code.STALE_HOME in codes(probed(college(), options(now=later)))


def test_progress_tells_the_pages_of_one_site():
    heard = []
    with serve(by_path(college())) as site:
        probe_one(site.url, options(), on_progress=lambda *told: heard.append(told[:2]))
    assert heard == [(n, 50) for n in range(1, 5)]
