"""A report comes in: from a unit, from a lead, over the public page (`intake`). One account has
one docket."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from meice.engines import marks
from meice.engines.outlets import identify
from meice.evidence.actions import keep_evidence
from meice.evidence.models import EvidenceKind
from meice.files.models import StoredFile
from meice.impersonations import policies
from meice.impersonations.actions import events, settings
from meice.impersonations.channels import BASIS
from meice.impersonations.likeness import Resemblance, resemblance
from meice.impersonations.models import (
    SET_ASIDE,
    Guise,
    Impersonation,
    Report,
    Source,
)
from meice.impersonations.workflow import SettingName
from meice.inspections.models import Lead
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry.models import Outlet

TRIES = 3


@dataclass(frozen=True, slots=True)
class DocketText:
    """What is said of an account and of what it does: the fields of the 关停申请."""

    platform: str
    name: str
    facts: str
    found_on: date
    guise: str = Guise.ACCOUNT
    imitated: str = ""
    imitated_outlet: Outlet | None = None
    account_id: str = ""
    permanent_id: str = ""
    url: str = ""
    verified_as: str = ""
    place: str = ""
    followers: str = ""
    bio: str = ""
    owner: str = ""
    address: str = ""
    harm: str = ""
    found_how: str = ""
    basis: str = ""
    demands: list[str] = field(default_factory=list)
    opinion: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """The docket, and whether this report has opened it."""

    docket: Impersonation
    is_new: bool


Proofs = Iterable[tuple[StoredFile, EvidenceKind]]


def report_impersonation(
    text: DocketText,
    *,
    unit: Unit,
    by: User,
    at: datetime,
    lead: Lead | None = None,
    proofs: Proofs = (),
    follows: Impersonation | None = None,
) -> Reported:
    """A unit (or the department) reports; a second report of the same account joins its docket.

    `proofs` are kept files, each with what it is; they become the first evidence.
    """
    require(policies.may_report(by, unit))
    source = Source.CHECK if follows else Source.LEAD if lead else Source.UNIT
    report = Report(
        source=source, by=by, by_name=by.name, unit=unit, unit_path=unit.path, unit_name=unit.name,
        text=text.facts, reported_at=at,
    )  # fmt: skip
    docket = Impersonation(source=source, unit=unit, lead=lead, follows=follows)
    return take_report(text, docket, report, tuple(proofs), by, at)


def take_report(
    text: DocketText,
    docket: Impersonation,
    report: Report,
    proofs: tuple[tuple[StoredFile, EvidenceKind], ...],
    by: User | None,
    at: datetime,
) -> Reported:
    """Join the docket that is there, else open one; two at the same moment end in one docket."""
    _say(docket, text)
    for _ in range(TRIES):
        known = _known(docket)
        try:
            with transaction.atomic():
                if known is not None:
                    return Reported(_join(known, report, proofs, by, at), is_new=False)
                return Reported(_open(docket, report, proofs, by, at), is_new=True)
        except IntegrityError:
            docket.pk = None
    raise Refused("同一个账号正在被别人举报，请刷新后再看。")


def _known(docket: Impersonation) -> Impersonation | None:
    if not docket.identity:
        return None
    same = Impersonation.objects.filter(platform=docket.platform, identity=docket.identity)
    return same.exclude(status__in=SET_ASIDE).first()


def _open(
    docket: Impersonation,
    report: Report,
    proofs: tuple[tuple[StoredFile, EvidenceKind], ...],
    by: User | None,
    at: datetime,
) -> Impersonation:
    docket.unit_path, docket.unit_name = docket.unit.path, docket.unit.name
    docket.reported_at = at
    docket.due_on = settings.due_after(SettingName.JUDGE, at)
    docket.save()
    report.impersonation = docket
    report.save()
    _keep(docket, proofs, by, at)
    detail = {"platform": docket.platform_name, "source": docket.get_source_display()}
    events.finish(docket, "report", by=by, at=at, note=report.get_source_display(), detail=detail)
    text = f"有人举报假冒账号：{docket}，请受理"
    events.tell(events.department_of(docket.unit), docket, text, besides=by)
    return docket


def _join(
    known: Impersonation,
    report: Report,
    proofs: tuple[tuple[StoredFile, EvidenceKind], ...],
    by: User | None,
    at: datetime,
) -> Impersonation:
    docket = events.lock_docket(known)
    report.impersonation = docket
    report.save()
    _keep(docket, proofs, by, at)
    words = f"{report.get_source_display()}：{report.text[:200]}"
    events.finish(docket, "report_again", by=by, at=at, note=marks.mask_personal(words))
    text = f"{docket} 又有人举报，现在是「{docket.state.label}」"
    events.tell(events.department_of(docket.unit), docket, text, besides=by)
    return docket


def _keep(
    docket: Impersonation,
    proofs: tuple[tuple[StoredFile, EvidenceKind], ...],
    by: User | None,
    at: datetime,
) -> None:
    for stored, kind in proofs:
        keep_evidence(
            stored, case=docket.case, kind=kind, by=by, at=at, source=docket.url, note="随举报提交"
        )


@transaction.atomic
def edit_docket(
    docket: Impersonation, text: DocketText, *, by: User, at: datetime
) -> Impersonation:
    """Complete or mend what is said; the history keeps which fields changed."""
    docket = events.lock_docket(docket)
    require(policies.may_edit_docket(by, docket))
    before = {key: getattr(docket, key) for key in asdict(replace(text, imitated_outlet=None))}
    outlet = docket.imitated_outlet_id
    _say(docket, text)
    changed = [
        label_of(key)
        for key, old in before.items()
        if key != "imitated_outlet" and getattr(docket, key) != old
    ]
    changed += ["被仿冒的账号"] if docket.imitated_outlet_id != outlet else []
    if not changed:
        return docket
    clash = _known(docket)
    if clash is not None and clash.pk != docket.pk:
        raise Refused(f"这个账号已有案卷 {clash}，请在那里补充。")
    note = "改了：" + "、".join(changed)
    events.finish(docket, "edit", by=by, at=at, note=note, detail={"fields": len(changed)})
    return docket


def label_of(key: str) -> str:
    """What a field of the docket is called."""
    return str(getattr(Impersonation._meta.get_field(key), "verbose_name", key))


def _say(docket: Impersonation, text: DocketText) -> None:
    """The words of the report on the row, and what the machine sees in the name."""
    for key in text.__dataclass_fields__:
        setattr(docket, key, getattr(text, key))
    docket.basis = text.basis or BASIS
    docket.identity = identity_of(text)
    found = resemblance(docket.name, our_names(docket))
    docket.likeness = found.words[:300] if found else ""
    docket.imitated = text.imitated or imitated_by(docket, found)


def imitated_by(docket: Impersonation, found: Resemblance | None) -> str:
    """The full name of the school or the unit whose name is in the account's; else the unit's."""
    for unit in _whose(docket):
        if found and found.ours in (unit.name, unit.short_name, *unit.alias_list):
            return unit.name
    return docket.unit.name


def _whose(docket: Impersonation) -> list[Unit]:
    root = docket.unit.path[: Unit.steplen]
    return [docket.unit, *Unit.objects.filter(path=root)]


def our_names(docket: Impersonation) -> list[str]:
    """The school's names, the unit's and the one that is imitated; the longest first."""
    units = _whose(docket)
    names = {name for unit in units for name in (unit.name, unit.short_name, *unit.alias_list)}
    names |= {docket.imitated, docket.imitated_outlet.name if docket.imitated_outlet else ""}
    return sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))


def identity_of(text: DocketText) -> str:
    """What the platform calls it: from its address, else its UID or id; "" when nobody can say."""
    found = identify(text.url) if text.url else None
    if found and found.platform.key == text.platform and found.identifier:
        return found.identifier.casefold()[:300]
    return (text.permanent_id or text.account_id).strip().casefold()
