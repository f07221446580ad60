"""One docket: what is known, the evidence, where it stands, what I may do."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from meice.evidence.models import Evidence
from meice.impersonations import policies
from meice.impersonations.actions import candidates
from meice.impersonations.channels import channels_for
from meice.impersonations.documents import pack_of
from meice.impersonations.forms import AnswerForm, CloseForm, EvidenceForm, JudgeForm, ReasonForm
from meice.impersonations.forms.acts import RecheckForm, ReturnForm
from meice.impersonations.likeness import resemblance
from meice.impersonations.models import Impersonation, ImpersonationStatus
from meice.impersonations.views.signed import docket_or_404, person
from meice.impersonations.workflow import IMPERSONATION
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.orgs.roles import Right

S = ImpersonationStatus
SENDING = (S.CONFIRMED, S.APPLIED, S.RETURNED)
STAGES = (
    ("举报", (S.REPORTED,)),
    ("取证研判", (S.JUDGING,)),
    ("认定", (S.CONFIRMED, S.RETURNED)),
    ("申请关停", (S.APPLIED,)),
    ("复查观察", (S.WATCHED,)),
    ("结案", (S.CLOSED,)),
)


@login_required
@require_GET
def impersonation(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    return docket_page(request, docket_or_404(request, pk))


def docket_page(
    request: HttpRequest, found: Impersonation, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with a form that was refused put back as it was typed."""
    user, today = person(request), timezone.localdate(now())
    evidence = list(Evidence.objects.of(found.case))
    decides = user.has(Right.DECIDE_BUSINESS, found.unit)
    captures, reports = list(found.captures.all()[:3]), list(found.reports.all())
    own = candidates_names(found)
    context: dict[str, Any] = {
        "docket": found,
        "evidence": evidence,
        "download": "impersonation-evidence",
        "captures": captures,
        "capturing": any(one.done_at is None for one in captures),
        "alike": resemblance(found.name, own) if found.likeness else None,
        "former": candidates.former_of(found) if decides else [],
        "reports": reports,
        "referrals": list(found.referrals.all()),
        "events": list(found.events.all())[::-1],
        "rechecks": list(found.rechecks.all()),
        "flow": flow_of(found),
        "late": found.is_late(today),
        "steps": _steps(found, user) if decides else {},
        "is_department": decides,
        "edit": policies.may_edit_docket(user, found),
        "adding": policies.may_add_evidence(user, found),
        "capture": policies.may_capture(user, found),
        "printing": policies.may_print_docket(user, found),
        "exporting": policies.may_export_docket(user, found),
        "publishing": policies.may_publish(user, found),
        "rechecking": policies.may_recheck(user, found),
        "contact": policies.may_see_contact(user, found),
        "packs": _packs(found, evidence, user),
        "suspects": candidates.suspects_after(found, user) if _is_over(found, user) else [],
        "shown_contact": None,
        "has_contact": bool(found.contact_phone) or any(one.contact for one in reports),
        "refusal": "",
        "judge_form": JudgeForm(),
        "reason_form": ReasonForm(),
        "evidence_form": EvidenceForm(),
        "answer_form": AnswerForm(),
        "close_form": CloseForm(),
        "recheck_form": RecheckForm(),
        "return_form": ReturnForm(),
    }
    return render(request, "impersonations/docket.html", context | forms, status=status)


def candidates_names(found: Impersonation) -> list[str]:
    """The names that the account may have used: the unit's own and the one it passes for."""
    names = {found.imitated, found.unit.name, found.unit.short_name, *found.unit.alias_list}
    return sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name))


def flow_of(found: Impersonation) -> list[dict[str, str]]:
    """The stages, each done, now or later; a docket that was set aside ends after the judgement."""
    if found.status in (S.DISMISSED, S.UNCLEAR):
        return [
            {"label": "举报", "look": "m-done"},
            {"label": "取证研判", "look": "m-done"},
            {"label": str(found.state.label), "look": "m-now"},
        ]
    at = next(n for n, (_, states) in enumerate(STAGES) if found.status in states)
    return [
        {"label": label, "look": "m-done" if n < at else "m-now" if n == at else "m-later"}
        for n, (label, _) in enumerate(STAGES)
    ]


def _is_over(found: Impersonation, user: User) -> bool:
    """Only what is watched or ended is compared with what came after, and only for whom it is."""
    return found.status in (S.WATCHED, S.CLOSED) and bool(policies.may_see_candidates(user))


def _steps(found: Impersonation, user: User) -> dict[str, dict[str, Any]]:
    """The steps that leave this state, with their verdicts and addresses."""
    own = {"apply", "watch", "finish"}  # taken within other acts, with no button of their own
    return {
        step.name: {
            "label": step.label,
            "verdict": verdict,
            "url": reverse(f"impersonation-{step.name}", args=[found.pk]),
        }
        for step, verdict in IMPERSONATION.open_steps(found, user)
        if step.name not in own
    }


def _packs(found: Impersonation, evidence: list[Evidence], user: User) -> list[Any]:
    """What each place asks for beside what there is, while something can be sent."""
    if found.status not in SENDING or not policies.may_refer(user, found):
        return []
    waiting = {row.channel for row in found.referrals.all() if row.status == "sent"}
    places = channels_for(found.platform)
    return [(pack_of(found, place, evidence), place.key in waiting) for place in places]
