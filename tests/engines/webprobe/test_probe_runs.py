"""Runs of many sites: order, journal, processes, stopping."""

import pytest
from tests.engines.webprobe.probing import Reply, by_path, college, options, page, serve

from meice.engines.gate import Failure
from meice.engines.webprobe import Code, SiteVerdict, probe
from meice.engines.webprobe.journal import Journal
from meice.engines.webprobe.spread import shares


@pytest.fixture
def sites():
    """Two sites that are up and one that is not."""
    with serve(by_path(college())) as fresh, serve(by_path(college(days=("2026-01-01",)))) as old:
        with serve(by_path({})) as gone:
            lost = gone.url
        yield fresh, old, lost


def test_reports_come_in_the_order_of_the_addresses_each_once(sites):
    fresh, old, lost = sites
    reports = probe([lost, old.url, fresh.url, old.url], options())
    assert [report.url for report in reports] == [lost, old.url, fresh.url]
    assert [report.verdict for report in reports] == [
        SiteVerdict.UNKNOWN,
        SiteVerdict.PROBLEM,
        SiteVerdict.OK,
    ]


def test_several_processes_say_the_same_as_one(sites):
    fresh, old, lost = sites
    urls = [fresh.url, old.url, lost]
    told = [[r.verdict, r.pages, r.findings] for r in probe(urls, options())]
    assert [[r.verdict, r.pages, r.findings] for r in probe(urls, options(processes=2))] == told


def test_all_addresses_of_a_host_are_in_one_share():
    starts = [f"http://h{n % 9}.huayuan.edu.cn/{n}" for n in range(90)]
    parts = shares(starts, 4)
    assert sorted(start for part in parts for start in part) == sorted(starts)
    hosts = [{start.split("/")[2] for start in part} for part in parts]
    assert sum(len(each) for each in hosts) == len(set().union(*hosts))


def test_a_run_goes_on_where_it_was_left(sites, tmp_path):
    fresh, old, _ = sites
    journal = tmp_path / "run.jsonl"
    (first,) = probe([fresh.url], options(), resume=journal)
    asked = len(fresh.asked)
    again, second = probe([fresh.url, old.url], options(), resume=journal)
    assert len(fresh.asked) == asked
    assert again == first
    assert Code.STALE_HOME in {finding.code for finding in second.findings}


def test_a_torn_line_is_a_site_that_is_not_finished(sites, tmp_path):
    fresh, old, _ = sites
    journal = tmp_path / "run.jsonl"
    probe([fresh.url, old.url], options(), resume=journal)
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-20])
    assert len(Journal(journal).read()) == 1
    probe([fresh.url, old.url], options(), resume=journal)
    assert set(Journal(journal).read()) == {fresh.url, old.url}


def test_a_stopped_run_says_not_finished_and_never_fine(sites, tmp_path):
    fresh, old, _ = sites
    journal = tmp_path / "run.jsonl"
    reports = probe([fresh.url, old.url], options(), resume=journal, stop=lambda: True)
    assert {report.verdict for report in reports} == {SiteVerdict.UNKNOWN}
    assert not any(report.finished for report in reports)
    assert Journal(journal).read() == {}


def test_a_bare_host_is_asked_over_http():
    (report,) = probe(["no-such-host.invalid"], options(resolve=lambda host: ()))
    assert report.url == "http://no-such-host.invalid"
    assert report.failure in (Failure.DNS, Failure.ADDRESS_REFUSED)


def test_a_page_behind_links_of_two_sites_is_asked_for_once():
    with serve(by_path({"/": page("<p>某某学会介绍</p>", "某某学会")})) as partner:
        more = f'<a href="{partner.url}">某某学会</a>'
        with serve(by_path(college(more=more))) as one, serve(by_path(college(more=more))) as two:
            reports = probe([one.url, two.url], options())
        gets = [path for path in partner.paths() if path == "/"]
    assert all(Code.HIJACKED_DOMAIN not in {f.code for f in r.findings} for r in reports)
    assert len(gets) <= 3  # the page once for both sites, and its link check


def test_what_a_shared_neighbour_shows_is_told_of_every_site_that_links_to_it():
    sold = Reply("<title>域名出售</title><p>此域名可转让</p>".encode())
    with serve(by_path({"/": sold})) as stranger:
        more = f'<a href="{stranger.url}">合作单位</a>'
        with serve(by_path(college(more=more))) as one, serve(by_path(college(more=more))) as two:
            reports = probe([one.url, two.url], options())
    assert all(Code.HIJACKED_DOMAIN in {f.code for f in r.findings} for r in reports)
