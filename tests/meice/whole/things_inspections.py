"""Findings, schedules, runs, sources and leads, each in its state, made by real acts when first
asked for. Nothing here is asked over the network: what a look would see is handed in."""

from datetime import date
from io import BytesIO

from tests.meice.inspections.scene import TUESDAY, a_claim, a_schedule, a_severe_claim
from tests.meice.registry.scene import MONDAY
from tests.meice.whole import things_registry as register

from meice.files.actions import keep_file
from meice.inspections.actions import activity, checks, exports, leads, runs, verdicts
from meice.inspections.actions.verdicts import Word
from meice.inspections.models import (
    EvidenceKind,
    Finding,
    Frequency,
    Judgement,
    Lead,
    SeenIn,
    SourceWay,
    StatisticsIntake,
    Verdict,
)

NOWHERE = "http://127.0.0.1:1/feed"
"""An address that the gate never lets anybody ask."""


def site(world):
    """数信学院's website, in the register."""
    return world.thing("outlet near site", _near_site)


def _near_site(world):
    return register.accepted(
        world, platform="website", account_id="", permanent_id=None,
        url="https://sx.huayuan.edu.cn/", icp="粤ICP备05012345号",
    )  # fmt: skip


def far_site(world):
    return world.thing("outlet far site", register.far_site)


def _claim(world, outlet, make=a_claim):
    """A new claim, on an address of its own."""
    url = f"{outlet.url}{len(world.made)}/"
    return make(outlet, url=url, message=f"首页没有更新{world.mark}。")


def near(world):
    return _claim(world, site(world))


def near_security(world):
    return _claim(world, site(world), a_severe_claim)


def far(world):
    return _claim(world, far_site(world))


def far_security(world):
    return _claim(world, far_site(world), a_severe_claim)


def claimed(world):
    return verdicts.claim_finding(near(world), by=world.cast.liang, at=TUESDAY)


def _confirmed(world, finding):
    word = Word(f"属实{world.mark}"[:500], "stale")
    by = world.cast.liang
    return verdicts.judge_finding(finding, Judgement.CONFIRM, word, by=by, at=TUESDAY)


def confirmed(world):
    return _confirmed(world, near(world))


def far_confirmed(world):
    return _confirmed(world, far(world))


def proved(world):
    """With one kept page."""
    finding = near(world)
    file = keep_file(BytesIO(b"<p>x</p>"), name="页面1.html", by=None, purpose="evidence")
    proof = (EvidenceKind.SNAPSHOT, finding.url, file)
    verdicts.add_proofs(finding, [proof], at=MONDAY, by="机器")
    return finding


def proof_of(finding):
    return finding.evidence.get().pk


def export(world):
    """The department's own."""
    ids = list(Finding.objects.values_list("pk", flat=True))
    return exports.order_export(ids, words="全部", by=world.cast.liang, at=TUESDAY)


def schedule(world):
    return a_schedule(
        world.cast, name=f"全校网站{len(world.made)}{world.mark}"[:80], frequency=Frequency.WEEKLY
    )


def run(world):
    """One that waits for a worker; both units have a site."""
    site(world), far_site(world)
    return runs.start_run(schedule(world), by=world.cast.liang, at=MONDAY)


def _looked(world, wanted):
    """What a finished look at the site has left."""
    made = run(world)
    for check in checks.take_batch(made.pk, now=MONDAY):
        hold = checks.Hold(check.pk, check.tries)
        seen = checks.Seen(Verdict.OK, pages=3, final_url=check.url)
        checks.finish_check(hold, seen, now=MONDAY, worker="w1")
    return made.checks.get(outlet=wanted)


def near_check(world):
    return _looked(world, site(world))


def far_check(world):
    return _looked(world, far_site(world))


def _source(outlet, by):
    return activity.set_source(outlet, SourceWay.FEED, address=NOWHERE, by=by, at=MONDAY)


def near_source(world):
    return _source(register.accepted(world, platform="weibo"), world.cast.he)


def far_source(world):
    return _source(register.accepted(world, "garden", platform="weibo"), world.cast.su)


def _statistics(world, unit, by):
    """Read and matched; nothing is written yet."""
    file = keep_file(BytesIO(b"x"), name="统计.csv", by=by, purpose="statistics")
    row = {
        "name": f"不在台账的号{world.mark}", "account_id": "", "day": None, "followers": 5,
        "posts": 1, "line": 2, "outlet": None, "problem": "台账里没有这个账号",
    }  # fmt: skip
    return StatisticsIntake.objects.create(
        file=file, unit=unit, unit_path=unit.path, rows=[row], made_by=by, made_at=MONDAY
    )


def near_statistics(world):
    return _statistics(world, world.cast.maths, world.cast.he)


def far_statistics(world):
    return _statistics(world, world.cast.garden, world.cast.su)


def vacation(world):
    return activity.add_vacation(
        name="暑假", first=date(2035, 7, 10), last=date(2035, 8, 30), by=world.cast.liang
    )


def _lead(world, platform, identifier):
    seen = leads.Seen(platform, identifier, "外链", name=f"表白墙{world.mark}"[:200])
    leads.note_seen([seen], seen_in=SeenIn.LINKS, unit=world.cast.university, at=MONDAY)
    return Lead.objects.get(platform=platform, identifier=identifier)


def account_lead(world):
    return _lead(world, "weibo", f"wall{len(world.made)}")


def host_lead(world):
    return _lead(world, "website", f"old{len(world.made)}.huayuan.edu.cn")


def judged_lead(world):
    made = account_lead(world)
    return leads.suspect_lead(made, note=f"学生自建{world.mark}", by=world.cast.liang, at=MONDAY)


FINDINGS = {
    "near": near, "near security": near_security, "far": far, "far security": far_security,
    "claimed": claimed, "confirmed": confirmed, "far confirmed": far_confirmed, "proved": proved,
}  # fmt: skip
SCHEDULES = {"whole": schedule, "busy": lambda world: run(world).schedule}
RUNS = {"waiting": run}
CHECKS = {"near": near_check, "far": far_check}
SOURCES = {"near": near_source, "far": far_source}
STATISTICS = {"near": near_statistics, "far": far_statistics}
LEADS = {"account": account_lead, "host": host_lead, "judged": judged_lead}
