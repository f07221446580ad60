"""The whole probe over the whole farm: what is planted is found, and nothing else."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from ipaddress import ip_network

import pytest

from meice.engines.gate import Limits, Policy
from meice.engines.webprobe import Options, SiteReport, probe
from meice.engines.webprobe.checks import Campus, Known
from meice.engines.webprobe.crawl import CrawlOptions
from tests.faults.farm import dates, hostile, ordinary, planted, secured, traps
from tests.faults.farm.ground import ROOT, TODAY, Ground
from tests.faults.farm.scoring import Scores

pytestmark = pytest.mark.xdist_group("farm")  # one worker probes, once

LIMITS = Limits(connect_s=3, total_s=10, bytes_wire=2_000_000, bytes_body=8_000_000, redirects=5)
MOST_PAGES = 30
SITE_S = 120.0
SPARE_S = 10.0  # for a busy machine
CRAWL = CrawlOptions(
    max_pages=MOST_PAGES, rate=0, site_s=SITE_S, crawl_delay_cap=0.2, limits=LIMITS
)
NOON = datetime.combine(TODAY, time(4), UTC)
BAD = (*hostile.plans(), *traps.plans())
GOOD = (*dates.plans(), *ordinary.plans(), *planted.plans())
SECURED = secured.plans()
PLANS = (*BAD, *GOOD, *SECURED)
COST = 0.05
MOST_MEGABYTES = 64
HUNGRY = (
    "endless-body", "endless-chunks", "huge-header", "endless-headers", "gzip-bomb", "gzip-nested",
    "brotli-bomb", "thirty-megabytes", "attributes", "crowded", "deep",
)  # fmt: skip


def options(ground: Ground) -> Options:
    """Every address of the farm and no other; impolite, so that a run takes seconds."""
    policy = Policy(exact=ground.exact)
    return Options(policy=policy, crawl=CRAWL, now=NOON, roots=ground.root)


def run(ground: Ground, names: list[str], told: Options) -> dict[str, SiteReport]:
    """The report of each site by its name."""
    by_url = {report.url: report for report in probe([ground.url(name) for name in names], told)}
    return {name: by_url[ground.url(name)] for name in names}


@pytest.fixture(scope="module")
def reports(ground) -> Mapping[str, SiteReport]:
    """The hostile at once, then the others; what is behind TLS on the machine's own day."""
    told = options(ground)
    by_clock = replace(told, now=datetime.now(UTC))
    groups = ((BAD, told), (GOOD, told), (SECURED, by_clock))
    found: dict[str, SiteReport] = {}
    for plans, how in groups:
        found |= run(ground, [plan.name for plan in plans], how)
    return found


def scores(ground: Ground, reports: Mapping[str, SiteReport], plans=PLANS) -> Scores:
    """What is right and wrong in the reports of these sites."""
    found = Scores(ground.origins)
    for plan in plans:
        day = datetime.now(UTC).date() if plan in SECURED else TODAY
        found.add(plan, reports[plan.name].as_json(), day)
    return found


def asked(ground: Ground, name: str) -> set[str]:
    """What the probe asked of a site; the farm's own test comes by as well."""
    visits = ground.visits(name)
    return {each["target"] for each in visits if not each["agent"].startswith("Python-urllib")}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_a_site_is_judged_by_what_is_true_of_it(ground, reports, plan):
    assert scores(ground, reports, [plan]).misses() == []


def test_precision_and_recall_are_printed(ground, reports):
    table = scores(ground, reports).table()
    sys.stdout.write(f"\n{table}\n")
    assert "| hidden-link |" in table
    assert "| personal-data |" in table


def test_a_site_takes_no_more_than_its_share(reports):
    greedy = {
        name: (report.pages, report.elapsed_s)
        for name, report in reports.items()
        if report.pages > MOST_PAGES or report.elapsed_s > SITE_S + SPARE_S
    }
    assert greedy == {}


def test_no_site_swells_a_probe_by_more_than_64_megabytes(ground):
    command = [sys.executable, "-m", "tests.faults.farm.appetite"]
    command += [ground.url("fresh"), *map(ground.url, HUNGRY)]
    told = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    grown = [float(line.split()[1]) for line in told.stdout.splitlines()]
    assert len(grown) == len(HUNGRY)
    assert max(grown) <= MOST_MEGABYTES, dict(zip(HUNGRY, grown, strict=True))


def test_hostile_hosts_cost_the_others_under_five_percent_of_their_pages(ground, reports):
    names = [plan.name for plan in ordinary.plans()]
    mixed = run(ground, [*(plan.name for plan in BAD), *names], options(ground))
    alone = sum(reports[name].pages for name in names)
    among = sum(mixed[name].pages for name in names)
    sys.stdout.write(f"\npages of {len(names)} ordinary sites: {alone}, among hostile {among}\n")
    assert among >= (1 - COST) * alone


def test_a_site_that_robots_denies_is_asked_for_nothing_else(ground, reports):
    assert reports["robots-deny"].failure == "robots-denied"
    assert asked(ground, "robots-deny") == {"/robots.txt"}


def test_a_page_that_robots_denies_is_not_read(ground, reports):
    assert reports["robots-deny-articles"].pages > 1
    seen = asked(ground, "robots-deny-articles")
    assert not {target for target in seen if target.startswith("/info/")}


@pytest.mark.parametrize(("phase", "is_tampered"), [(0, False), (1, True), (2, True), (3, False)])
def test_what_is_another_page_than_the_confirmed_one_is_tampered(
    ground, reports, phase, is_tampered
):
    known = Known(confirmed=reports["turning"].fingerprint, confirmed_on=TODAY)
    told = replace(options(ground), known={ground.url("turning"): known})
    ground.turn("turning", phase)
    after = run(ground, ["turning"], told)["turning"]
    ground.turn("turning", 0)
    assert is_tampered == ("tampered" in {finding.code for finding in after.findings})


def test_a_site_outside_the_campus_is_told_from_one_inside(ground):
    host = ground.origins["fresh"].rpartition("/")[2].partition(":")[0]
    inside = Campus(networks=(ip_network("127.77.0.0/16"),), domains=(host,))
    outside = Campus(networks=(ip_network("10.0.0.0/8"),), domains=("huayuan.edu.cn",))
    codes = []
    for campus in (inside, outside):
        report = run(ground, ["fresh"], replace(options(ground), campus=campus))["fresh"]
        codes.append("off-campus" in {finding.code for finding in report.findings})
    assert codes == [False, True]
