"""The name rules N1–N12 and A1 for what a filing proposes: gathers the context for the engine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from meice.engines.outlets import (
    PLATFORM_BY_KEY,
    Avatar,
    NameContext,
    NameIssue,
    NameLevel,
    NameRule,
    ProposedOutlet,
    RegisteredOutlet,
    UnitNames,
    check_name,
)
from meice.files.models import StoredFile
from meice.kernel.access import ALLOWED, Verdict, refused
from meice.orgs.models import Unit, UnitKind
from meice.registry.entry import Entry
from meice.registry.models import ExceptionGrant, Filing, FilingKind, Outlet

NAMED_BY = frozenset({"name", "platform", "unit", "verified_as", "avatar"})
"""A change of one of these is judged anew."""
BLOCKING = NameLevel.ERROR
NEWS_WORDS = ("新闻", "宣传", "融媒体")


@dataclass(frozen=True, slots=True)
class NameFinding:
    """One hit of a rule and the reason that the unit gave for keeping the name."""

    issue: NameIssue
    reason: str

    @property
    def is_error(self) -> bool:
        """The filing cannot go on with it."""
        return self.issue.level is BLOCKING

    @property
    def is_warning(self) -> bool:
        """It goes on with a reason."""
        return self.issue.level is NameLevel.WARN

    @property
    def needs_reason(self) -> bool:
        """A warning that nobody has answered yet."""
        return self.issue.level is NameLevel.WARN and not self.reason


def concerns_name(filing: Filing) -> bool:
    """开设, and 变更 of what the rules look at."""
    if filing.kind == FilingKind.OPEN:
        return True
    if filing.kind == FilingKind.CANCEL:
        return False
    return any(change.key in NAMED_BY for change in filing.changes.all())


def findings_of(filing: Filing) -> list[NameFinding]:
    """What the rules say about the name as it would be, with the reasons given so far."""
    kept: tuple[int, list[NameFinding]] | None = getattr(filing, "_name_findings", None)
    if kept is None or kept[0] != filing.version:
        kept = filing.version, list(_find(filing))
        filing._name_findings = kept  # type: ignore[attr-defined]  # once for page and buttons
    return kept[1]


def _find(filing: Filing) -> Iterable[NameFinding]:
    content = filing.content
    if concerns_name(filing) and content.get("name") and content.get("unit"):
        given: Mapping[str, str] = filing.name_reasons
        known, unit = filing.reports_existing, filing.target_unit or filing.unit
        for issue in check_entry(content, besides=filing.outlet, is_known=known, unit=unit):
            yield NameFinding(issue, given.get(issue.rule.value, ""))


def name_verdict(filing: Filing) -> Verdict:
    """No error, and a reason for every warning."""
    for finding in findings_of(filing):
        if finding.is_error:
            return refused(f"名称不合规定（{finding.issue.rule}）：{finding.issue.message}")
        if finding.needs_reason:
            return refused(f"名称有提醒（{finding.issue.rule}），保留原名须写明理由。")
    return ALLOWED


def check_entry(
    entry: Entry, *, besides: Outlet | None, is_known: bool = False, unit: Unit | None = None
) -> tuple[NameIssue, ...]:
    """Judge one entry. `is_known`: the account exists already, so a second one is 待整合 (N7)."""
    platform = PLATFORM_BY_KEY.get(str(entry.get("platform")))
    if platform is None:
        return ()
    unit = unit or Unit.objects.get(pk=entry["unit"])
    proposed = ProposedOutlet(
        name=str(entry["name"]),
        platform=platform,
        verified_as=str(entry.get("verified_as") or ""),
        permanent_id=str(entry.get("permanent_id") or "") or None,
        avatar=_avatar(entry.get("avatar")),
    )
    issues = check_name(proposed, _context(unit, str(platform.key), besides, is_known))
    return tuple(issue for issue in issues if not (_is_free(issue, entry)))


def _is_free(issue: NameIssue, entry: Entry) -> bool:
    """A website has no avatar, and a 职务账号 no place to share."""
    no_avatar = issue.rule is NameRule.A1 and entry.get("platform") == "website"
    return no_avatar or (issue.rule is NameRule.N7 and entry.get("holder") == "person")


def _avatar(key: object) -> Avatar | None:
    if not isinstance(key, int):
        return None
    kept = StoredFile.objects.filter(pk=key).first()
    return Avatar(digest=kept.digest) if kept else None


def _context(unit: Unit, platform: str, besides: Outlet | None, is_known: bool) -> NameContext:
    root = unit.path[: Unit.steplen]
    units = list(Unit.objects.active().below(root))
    school = _school(unit, units)
    above = [one for one in units if one.covers(unit) and one.pk != unit.pk and school.covers(one)]
    below = [one for one in units if unit.covers(one) and one.pk != unit.pk]
    near = {one.pk for one in (*above, *below, unit, school)}
    own = Outlet.objects.active().filter(unit=unit).besides(besides)
    own = own.select_related("avatar").order_by("pk")  # the same one is named every time
    rivals = any(o.platform == platform and o.exception_id is None for o in own)
    others = [one for one in units if school.covers(one) and one.pk not in near]
    return NameContext(
        unit=_names(unit),
        school=_names(school),
        ancestors=tuple(map(_names, above)),
        descendants=tuple(map(_names, below)),
        others=tuple(map(_names, others)),
        outlets=tuple(_registered(unit, own)),
        is_news_centre=any(word in unit.name for word in NEWS_WORDS),
        has_exception=is_known or not rivals or _has_exception(unit, platform, besides),
    )


def _school(unit: Unit, units: Iterable[Unit]) -> Unit:
    """The nearest university above (or the unit itself); else the root of its tree."""
    above = [one for one in units if one.covers(unit)]
    schools = [one for one in above if one.kind == UnitKind.UNIVERSITY]
    return (schools or above)[-1 if schools else 0]


def _names(unit: Unit) -> UnitNames:
    return UnitNames(unit.name, tuple(filter(None, (unit.short_name, *unit.alias_list))))


def _registered(unit: Unit, own: Iterable[Outlet]) -> Iterable[RegisteredOutlet]:
    """The unit's own active outlets: all that N7, N12 and A1 look at."""
    for outlet in own:
        if platform := outlet.platform_row:
            digest = outlet.avatar.digest if outlet.avatar else None
            yield RegisteredOutlet(
                outlet.name, platform, unit.name, outlet.permanent_id or None, True, digest
            )


def _has_exception(unit: Unit, platform: str, besides: Outlet | None) -> bool:
    """The outlet's own exception, or one granted and not used yet."""
    from_before = besides is not None and besides.exception_id is not None
    return from_before or ExceptionGrant.objects.free(unit, platform, timezone.localdate()).exists()
