"""The room's one door to the probe engine: settings to options, the engine's report to our words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from django.conf import settings
from django.utils.timezone import localdate

from meice.engines.gate import Answer, Fetcher, Limits, Policy, Request
from meice.engines.webprobe.checks.prints import Fingerprint
from meice.engines.webprobe.checks.site import Campus, Known
from meice.engines.webprobe.checks.unreachable import opened
from meice.engines.webprobe.crawl import CrawlOptions
from meice.engines.webprobe.findings import Finding
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.pages import read_page
from meice.engines.webprobe.probe import run, start_of
from meice.engines.webprobe.report import SiteReport, SiteVerdict
from meice.engines.webprobe.rules import DEFAULT, SHIPPED, RuleSet, shipped
from meice.inspections.actions.checks import Fact, Proof, Seen
from meice.inspections.actions.reach import Try
from meice.inspections.actions.sightings import Sighting
from meice.inspections.models import EvidenceKind, Metric, Run, SiteCheck, Verdict
from meice.kernel.clock import now
from meice.orgs.models import Unit, UnitKind
from meice.registry.models import Outlet

COPIES = 20
"""Pages of a site that are handed over as evidence: the home page, and those with findings."""


def policy() -> Policy:
    """Where probes may go, by the server's settings."""
    found: Policy = settings.PROBE_POLICY
    return found


def rule_sets() -> list[tuple[str, str]]:
    """Key and name of the rule sets of the product."""
    return [(key, shipped(key).label) for key in SHIPPED]


def rules_of(key: str = DEFAULT) -> RuleSet:
    """The rule set of a run; the default one where it has none."""
    return shipped(key if key in SHIPPED else DEFAULT)


def try_sites(sites: Sequence[Outlet]) -> list[Try]:
    """Open each home page once, all at the same time, within the seconds of the rule set."""
    seconds = rules_of().thresholds.fail_seconds
    found: list[Try] = []
    with Fetcher(policy(), Limits(connect_s=seconds, total_s=seconds)) as fetcher:
        for site in sites:
            fetcher.submit(Request(site.url, insecure=True), partial(_keep, found, site))
        fetcher.run_until_idle()
    return found


def _keep(found: list[Try], site: Outlet, answer: Answer) -> None:
    found.append(Try(site, opened(answer), answer.elapsed_s, answer.failure or ""))


def look(checks: Sequence[SiteCheck]) -> Iterator[tuple[SiteCheck, Seen]]:
    """Look at the sites of one run, many at once; each is given when its own look is at its end."""
    if not checks:
        return
    by_start: dict[str, list[SiteCheck]] = {}
    for check in checks:
        by_start.setdefault(start_of(check.url), []).append(check)
    for report in run(list(by_start), options_of(checks)):
        seen = seen_of(report)
        for check in by_start.pop(report.url, []):
            yield check, seen


def options_of(checks: Sequence[SiteCheck]) -> Options:
    """The run's words for the engine, and what the register knows of each site."""
    asked = checks[0].run
    return Options(
        policy=policy(),
        crawl=CrawlOptions(max_pages=asked.max_pages, rate=float(asked.rate)),
        rules=rules_of(asked.rule_set),
        now=now(),
        campus=Campus(
            domains=settings.CAMPUS_DOMAINS,
            networks=policy().campus_networks,
            names=_school_names(asked),
        ),
        known=_known(checks),
        copies=COPIES,
    )


def _school_names(asked: Run) -> tuple[str, ...]:
    """The names of the topmost units of the tree: what a site of ours would speak of."""
    top = asked.unit_path[: Unit.steplen]
    roots = Unit.objects.filter(path__startswith=top, depth__lte=2, kind=UnitKind.UNIVERSITY)
    return tuple(name for unit in roots for name in (unit.name, *unit.alias_list))


def _known(checks: Sequence[SiteCheck]) -> dict[str, Known]:
    """What the register and the last confirmed state say, by start address."""
    states = SiteCheck.objects.confirmed_states([check.outlet_id for check in checks])
    found: dict[str, Known] = {}
    for check in checks:
        state = states.get(check.outlet_id)
        kept = state.report.get("more", {}).get("fingerprint") if state else None
        found[start_of(check.url)] = Known(
            icp=check.outlet.icp or None,
            confirmed=Fingerprint.from_json(kept) if kept else None,
            confirmed_on=localdate(state.confirmed_at) if state and state.confirmed_at else None,
        )
    return found


def seen_of(report: SiteReport) -> Seen:
    """The engine's report in this room's words."""
    latest = report.latest
    return Seen(
        verdict=Verdict(report.verdict.value),
        failure=report.failure.value if report.failure else "",
        final_url=report.final_url,
        pages=report.pages,
        bytes=report.bytes,
        seconds=report.elapsed_s,
        latest_update=latest.day if latest else None,
        sightings=tuple(_sighting(finding, report) for finding in report.findings),
        facts=tuple(_facts(report)),
        proofs=tuple(_proofs(report)),
        report=report.kept(),
        finished=report.finished,
    )


def _sighting(finding: Finding, report: SiteReport) -> Sighting:
    return Sighting(
        code=finding.code.value,
        severity=finding.severity.value,
        url=finding.url,
        message=finding.message,
        evidence=finding.evidence,
        rule=finding.rule,
        unseen=_unseen(report),
    )


def _unseen(report: SiteReport) -> str:
    blocked = report.links.blocked
    return f"{blocked} 个链接拒绝探测，无法判断" if blocked else ""


def _facts(report: SiteReport) -> Iterator[Fact]:
    """Dated facts; what was looked for and not found is a fact as well where the site was seen."""
    if report.verdict is SiteVerdict.UNKNOWN:
        return
    latest = report.latest
    if latest:
        said = f"{latest.day.isoformat()}（{latest.how}）{latest.text}"
        yield Fact(Metric.LATEST_UPDATE, said, day=latest.day, url=latest.url)
    else:
        yield Fact(Metric.LATEST_UPDATE, "页面没有日期，无法自动核实", is_known=False)
    if shown := report.certificate:
        until = shown.not_after.date()
        yield Fact(Metric.CERTIFICATE, until.isoformat(), day=until, number=shown.days_left)
    for metric, mark in ((Metric.ICP, report.icp), (Metric.POLICE_RECORD, report.police_record)):
        yield Fact(
            metric, mark.number or mark.text if mark else "没有看到", url=mark.url if mark else ""
        )
    if report.columns:
        yield Fact(Metric.COLUMNS, f"{len(report.columns)} 个栏目", number=len(report.columns))


def _proofs(report: SiteReport) -> Iterator[Proof]:
    """Of each copied page: the bytes as they came, its headers, its text."""
    for number, copy in enumerate(report.copies):
        head = "".join(f"{name}: {value}\n" for name, value in copy.headers)
        headers = f"{copy.url}\nHTTP {copy.status}\n{head}".encode("utf-8", "replace")
        yield Proof(copy.url, EvidenceKind.SNAPSHOT, f"页面{number + 1}.html", copy.body)
        yield Proof(copy.url, EvidenceKind.HEADERS, f"响应头{number + 1}.txt", headers)
        text = read_page(copy.url, copy.headers, copy.body, now=localdate(now())).text
        if text.strip():
            yield Proof(copy.url, EvidenceKind.TEXT, f"文字{number + 1}.txt", text.encode())
