"""Who might be a fake, or a former fake under another name: hints for a person, read only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from meice.impersonations.likeness import Resemblance, resemblance, same_hand
from meice.impersonations.models import FAKE, Impersonation
from meice.inspections.models import Lead, LeadStatus
from meice.orgs.models import Unit, User

LOOKED_AT = 300
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lead, with what its name calls to mind."""

    lead: Lead
    alike: Resemblance | None

    @classmethod
    def of(cls, lead: Lead) -> "Candidate":
        """The lead beside the names of its unit."""
        names = {lead.unit.name, lead.unit.short_name, *lead.unit.alias_list}
        own = sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))
        return cls(lead, resemblance(str(lead), own))


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something seen after the end of a docket whose name is like that fake's."""

    title: str
    hint: str
    why: str
    url: str


def candidates_for(user: User) -> "QuerySet[Lead]":
    """Leads 疑似假冒, and those of a like name that are not ours or not judged yet; without a docket."""
    suspect = Q(status=LeadStatus.SUSPECT)
    alike = ~Q(likeness="") & Q(status__in=[LeadStatus.SEEN, LeadStatus.FOREIGN])
    taken = Impersonation.objects.exclude(lead=None).values("lead")
    rows = Lead.objects.visible_to(user).filter(suspect | alike).exclude(pk__in=taken)
    return rows.select_related("unit").order_by("-last_seen_at", "-pk")


def suspects_after(docket: Impersonation, user: User) -> list[Suspect]:
    """Leads and dockets that came after the end of this one and are named like it, as far as the
    reader may see them."""
    leads = Lead.objects.visible_to(user)
    return _suspects(docket, leads, Impersonation.objects.visible_to(user))


def count_suspects(docket: Impersonation) -> int:
    """How many there are within the school, for the reminder of a re-check; at most `SHOWN`."""
    root = docket.unit_path[: Unit.steplen]
    leads = Lead.objects.filter(unit__path__startswith=root)
    others = Impersonation.objects.filter(unit_path__startswith=root)
    return len(_suspects(docket, leads, others))


def _suspects(
    docket: Impersonation, leads: "QuerySet[Lead]", others: "QuerySet[Impersonation]"
) -> list[Suspect]:
    since = docket.closed_at or docket.reported_at
    leads = leads.filter(last_seen_at__gte=since).order_by("-last_seen_at")
    leads = leads.exclude(status__in=[LeadStatus.KNOWN, LeadStatus.OURS])
    others = others.filter(reported_at__gte=since).exclude(pk=docket.pk).order_by("-pk")
    names = [docket.name]
    found = [_of_lead(lead, names) for lead in leads[:LOOKED_AT]]
    found += [_of_docket(other, names) for other in others[:LOOKED_AT]]
    return [one for one in found if one.why][:SHOWN]


def _of_lead(lead: Lead, names: Sequence[str]) -> Suspect:
    hint = f"线索 · {lead.platform_name} · {lead.state.label}"
    return Suspect(str(lead), hint, same_hand(str(lead), names), reverse("lead", args=[lead.pk]))


def _of_docket(other: Impersonation, names: Sequence[str]) -> Suspect:
    hint = f"案卷 · {other.platform_name} · {other.state.label}"
    return Suspect(other.name, hint, same_hand(other.name, names), other.get_absolute_url())


def former_of(docket: Impersonation) -> list[Impersonation]:
    """Confirmed fakes before this one that are named like it: perhaps the same hand."""
    root = docket.unit_path[: Unit.steplen]
    fakes = Impersonation.objects.filter(status__in=FAKE, unit_path__startswith=root)
    rows = fakes.exclude(pk=docket.pk).filter(reported_at__lt=docket.reported_at)
    return [row for row in rows.order_by("-pk")[:LOOKED_AT] if same_hand(docket.name, [row.name])]
