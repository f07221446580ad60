"""Leads: what lists and links bring, what the register says of it, what a person decides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from meice.audit.actions import Detail, record
from meice.engines.outlets import bare_host, identify, read_address
from meice.engines.sandbox import shared_pool
from meice.files.actions import keep_file
from meice.inspections import policies
from meice.inspections.actions.recording import Told, record_finding
from meice.inspections.activity.workbook import list_bytes
from meice.inspections.discovery.compare import Campus, OffCampus, off_campus
from meice.inspections.discovery.likeness import likeness_of
from meice.inspections.discovery.lists import ListKind, read_hosts
from meice.inspections.discovery.search import read_results
from meice.inspections.models import DiscoveryUpload, Lead, LeadStatus, Origin, SeenIn, SiteCheck
from meice.inspections.models.discovery import LeadQuerySet
from meice.inspections.models.schedule import SITE_PLATFORMS
from meice.inspections.workflow import LEAD
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry.models import Outlet

LARGEST = 20 * 1024 * 1024
CHUNK = 500
HEADINGS = (
    ("名称", 28), ("类型", 12), ("标识", 28), ("网址", 40), ("IP", 16), ("判断", 12),
    ("来源", 16), ("出现处", 40), ("双非", 18), ("像什么", 30), ("责任单位", 24),
    ("最近看到", 12), ("理由", 36),
)  # fmt: skip
LISTS = {
    SeenIn.ZONE: ListKind.ZONE,
    SeenIn.CERTIFICATES: ListKind.CERTIFICATES,
    SeenIn.SERVERS: ListKind.SERVERS,
}
TOO_HARD = "读了太久没有读完，或展开后太大。请分几个文件上传。"


@dataclass(frozen=True, slots=True)
class Seen:
    """One website or account somewhere: `identifier` is the host of a website, else the
    account's id; `place` is where it stood."""

    platform: str
    identifier: str
    place: str
    name: str = ""
    url: str = ""
    address: str = ""
    likeness: str = ""


def upload_list(
    content: bytes, *, seen_in: SeenIn, name: str, unit: Unit, by: User, at: datetime
) -> DiscoveryUpload:
    """Read a list of the IT office (or search results) and note what stands in no register."""
    require(policies.may_upload_lists(by))
    if len(content) > LARGEST:
        raise Refused("文件超过 20 MB。请分几个文件上传。")
    seen = _read(content, seen_in)
    kept = keep_file(BytesIO(content), name=name, by=by, purpose="discovery")
    with transaction.atomic():
        fresh = note_seen(seen, seen_in=seen_in, unit=unit, at=at)
        upload = DiscoveryUpload.objects.create(
            seen_in=seen_in, file=kept, unit=unit, unit_path=unit.path, made_by=by, made_at=at,
            found=len(seen), fresh=fresh,
        )  # fmt: skip
        detail: Detail = {"kind": seen_in.label, "found": len(seen), "new": fresh}
        record("lead.upload", upload, by=by, detail=detail, unit_path=unit.path)
    return upload


def _read(content: bytes, seen_in: SeenIn) -> list[Seen]:
    if seen_in in LISTS:
        answer = shared_pool().run(read_hosts, (LISTS[seen_in].value, content))
        if answer.value is None:
            raise Refused(TOO_HARD)
        fault, hosts = answer.value
        found = [
            Seen("website", bare_host(host), place, url=f"http://{host}/", address=address)
            for host, address, place in hosts
        ]
    else:
        found_results = shared_pool().run(read_results, content)
        if found_results.value is None:
            raise Refused(TOO_HARD)
        fault, results = found_results.value
        ours = _our_names()
        found = [Seen(*result[:5], likeness=likeness_of(result[3], ours)) for result in results]
    if fault:
        raise Refused(fault)
    if not found:
        raise Refused("文件里没有找到域名或账号。请核对种类和内容。")
    return found


def _our_names() -> list[str]:
    """The university's names, the longest first: a faculty's name alone is everybody's."""
    roots = Unit.objects.filter(depth=1)
    names = {name for root in roots for name in (root.name, root.short_name, *root.alias_list)}
    return sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))


@transaction.atomic
def note_seen(seen: Iterable[Seen], *, seen_in: SeenIn, unit: Unit, at: datetime) -> int:
    """Each once, however often seen; gives the number of leads that are new. What stands in the
    register is noted as known, so that it is found again when it leaves the register."""
    by_key: dict[tuple[str, str], Seen] = {}
    for one in seen:
        by_key.setdefault((one.platform, one.identifier[:300]), one)
    registered, campus = Registered.now(), campus_now()
    known = _known(list(by_key))
    new = []
    for key, one in by_key.items():
        outlet = registered.outlet_of(one)
        if key in known:
            _see_again(known[key], one, outlet, at)
        else:
            new.append(_lead(one, outlet, campus, seen_in, unit, at))
    Lead.objects.bulk_create(new, CHUNK, ignore_conflicts=True)
    Lead.objects.bulk_update(
        known.values(),
        ["last_seen_at", "seen_count", "address", "outlet", "status", "place", "name"],
        CHUNK,
    )
    return sum(lead.status == LeadStatus.SEEN for lead in new)


def root_of(unit: Unit) -> Unit:
    """The university at the top of a unit's tree."""
    root: Unit = Unit.objects.get(path=unit.path[: Unit.steplen])
    return root


def note_links(since: datetime, *, at: datetime) -> int:
    """What our own sites lead to, by the probes that ended after `since`; gives the new leads.

    Only what may be ours is noted: hosts below the school's domains, and accounts on platforms.
    """
    campus, fresh = campus_now(), 0
    checks = SiteCheck.objects.filter(ended_at__gt=since).select_related("unit")
    for check in checks.iterator(CHUNK):
        for seen_in, seen in _led_to(check.report, campus).items():
            fresh += note_seen(seen, seen_in=seen_in, unit=root_of(check.unit), at=at)
    return fresh


def _led_to(report: Mapping[str, Any], campus: Campus) -> dict[SeenIn, list[Seen]]:
    """What one look has seen, by where: in links, or in QR codes alone."""
    codes = set(report.get("more", {}).get("by_code", ()))
    found: dict[SeenIn, list[Seen]] = {}
    for each in report.get("outbound", ()):
        if one := _linked(each, campus):
            where = SeenIn.QR if each.get("url") in codes else SeenIn.LINKS
            found.setdefault(where, []).append(one)
    return found


def _linked(outbound: Mapping[str, str], campus: Campus) -> Seen | None:
    kind, identifier = outbound.get("kind", ""), outbound.get("identifier", "")
    url, place = outbound.get("url", ""), outbound.get("found_on", "")
    if kind != "website":
        return Seen(kind, identifier, place, url=url) if identifier else None
    address = read_address(url)
    if address is None or not campus.has_domain(address.host):
        return None
    return Seen(kind, bare_host(address.host), place, url=url)


def _known(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Lead]:
    found: dict[tuple[str, str], Lead] = {}
    names = [identifier for _, identifier in keys]
    wanted = set(keys)
    for start in range(0, len(names), CHUNK):
        for lead in Lead.objects.select_for_update().filter(
            identifier__in=names[start : start + CHUNK]
        ):
            if (lead.platform, lead.identifier) in wanted:
                found[lead.platform, lead.identifier] = lead
    return found


def _see_again(lead: Lead, one: Seen, outlet: int | None, at: datetime) -> None:
    lead.last_seen_at = at
    lead.seen_count += 1
    lead.address = one.address or lead.address
    lead.place, lead.name = one.place[:1000] or lead.place, one.name[:200] or lead.name
    lead.outlet_id = outlet
    if outlet and LEAD.verdict("recognise", lead, None):
        LEAD.take("recognise", lead, None)
    elif not outlet and LEAD.verdict("lose", lead, None):
        LEAD.take("lose", lead, None)


def _lead(
    one: Seen, outlet: int | None, campus: Campus, seen_in: SeenIn, unit: Unit, at: datetime
) -> Lead:
    lead = Lead(
        platform=one.platform,
        identifier=one.identifier[:300],
        name=one.name[:200],
        url=one.url[:1000],
        address=one.address,
        seen_in=seen_in,
        place=one.place[:1000],
        first_seen_at=at,
        last_seen_at=at,
        off_campus=_off_campus(one, campus),
        likeness=one.likeness[:200],
        unit=unit,
        unit_path=unit.path,
        outlet_id=outlet,
    )
    if outlet:
        LEAD.take("recognise", lead, None)
    return lead


def _off_campus(one: Seen, campus: Campus) -> str:
    if one.platform != "website":
        return ""
    found = off_campus(one.identifier, one.address, campus)
    return "" if found is OffCampus.UNKNOWN else found.value


def campus_now() -> Campus:
    """The school's domains and networks, as this deployment has set them."""
    return Campus(settings.CAMPUS_DOMAINS, settings.PROBE_POLICY.campus_networks)


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register holds: outlets by host and by (platform, account id)."""

    hosts: dict[str, int]
    accounts: dict[tuple[str, str], int]

    @classmethod
    def now(cls) -> "Registered":
        """Everything that is not cancelled."""
        hosts: dict[str, int] = {}
        accounts: dict[tuple[str, str], int] = {}
        rows = Outlet.objects.standing().values_list(
            "pk", "platform", "url", "account_id", "permanent_id"
        )
        for pk, platform, url, account, permanent in rows.iterator():
            address = read_address(url) if url else None
            if address and platform in SITE_PLATFORMS:
                hosts.setdefault(bare_host(address.host), pk)
            identity = identify(url) if url and platform not in SITE_PLATFORMS else None
            for each in (account, permanent, identity.identifier if identity else ""):
                if each:
                    accounts.setdefault((platform, each.casefold()), pk)
        return cls(hosts, accounts)

    def outlet_of(self, one: Seen) -> int | None:
        """The outlet it stands for, if any."""
        if one.platform in SITE_PLATFORMS:
            return self.hosts.get(one.identifier)
        return self.accounts.get((one.platform, one.identifier.casefold()))


@transaction.atomic
def adopt_lead(lead: Lead, *, unit: Unit, note: str, by: User, at: datetime) -> Lead:
    """应登记: it is ours and `unit`'s; a finding asks for its filing."""
    locked = _locked(lead)
    require(LEAD.verdict("adopt", locked, by))
    require(policies.may_record(by, unit))
    LEAD.take("adopt", locked, by)
    locked.unit, locked.unit_path = unit, unit.path
    text = f"{locked.platform_name}“{locked}”没有在台账里。{locked.get_seen_in_display()}：{locked.place}"
    told = Told("unregistered", text[:1000], url=locked.url)
    locked.finding = record_finding(unit, None, told, origin=Origin.DISCOVERY, by=by, at=at)
    return _decided(locked, "adopt", note, by, at)


@transaction.atomic
def disown_lead(lead: Lead, *, note: str, by: User, at: datetime) -> Lead:
    """不属本校, with the reason."""
    locked = _locked(lead)
    LEAD.take("disown", locked, by)
    return _decided(locked, "disown", note, by, at)


@transaction.atomic
def suspect_lead(lead: Lead, *, note: str, by: User, at: datetime) -> Lead:
    """疑似假冒: kept for the judgement of impersonations."""
    locked = _locked(lead)
    LEAD.take("suspect", locked, by)
    return _decided(locked, "suspect", note, by, at)


@transaction.atomic
def rethink_lead(lead: Lead, *, note: str, by: User, at: datetime) -> Lead:
    """Back to be judged."""
    locked = _locked(lead)
    LEAD.take("rethink", locked, by)
    return _decided(locked, "rethink", note, by, at)


@transaction.atomic
def export_leads(rows: LeadQuerySet, *, by: User, at: datetime) -> bytes:
    """The leads as a workbook; leaves an audit line."""
    require(policies.may_see_leads(by))
    cells = [
        (
            str(row), row.platform_name, row.identifier, row.url, row.address, row.state.label,
            row.get_seen_in_display(), row.place, row.off_campus, row.likeness, row.unit.name,
            f"{timezone.localtime(row.last_seen_at):%Y-%m-%d}", row.note,
        )
        for row in rows.select_related("unit").order_by("-last_seen_at", "-pk")
    ]  # fmt: skip
    record("lead.export", None, by=by, detail={"rows": len(cells)})
    words = f"导出：{timezone.localdate(at):%Y-%m-%d}　线索须人工判断"
    return list_bytes("线索", words, HEADINGS, cells)


def _locked(lead: Lead) -> Lead:
    return Lead.objects.select_for_update(of=("self",)).select_related("unit").get(pk=lead.pk)


def _decided(lead: Lead, act: str, note: str, by: User, at: datetime) -> Lead:
    if not note.strip():
        raise Refused("请写明理由。")
    lead.note, lead.decided_by, lead.decided_at = note.strip()[:500], by, at
    lead.save()
    record(f"lead.{act}", lead, by=by, detail={"note": note[:200]}, unit_path=lead.unit_path)
    return lead
