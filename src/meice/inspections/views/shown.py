"""What a page shows of a finding: the claim, its proofs, what was before, and what I may do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from meice.engines.webprobe.picture import find_browser
from meice.files.reading import open_file
from meice.inspections import policies
from meice.inspections.actions.pictures import is_queued
from meice.inspections.forms import JudgeForm, NoteForm, OrderForm, TransferForm
from meice.inspections.models import (
    Evidence,
    EvidenceKind,
    Finding,
    FindingStatus,
    Judgement,
)
from meice.inspections.workflow import FINDING
from meice.kernel.access import Verdict
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.rectification.catalogue import PROBLEMS

TEXT_BYTES = 200_000
AROUND = 600
BEFORE_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a kept page; `hit` is the datum the machine used."""

    before: str
    hit: str
    after: str
    is_cut: bool


def finding_context(finding: Finding, user: User, now: datetime, **forms: Any) -> dict[str, Any]:
    """Everything the claim box and the verdict box of one finding need."""
    proofs = list(finding.evidence.all())
    confirm = FINDING.verdict("confirm", finding, user)
    dismiss = FINDING.verdict("dismiss", finding, user)
    endorse = FINDING.verdict("endorse", finding, user)
    return {
        "finding": finding,
        "proofs": proofs,
        "excerpt": excerpt_of(finding, proofs),
        "no_picture": why_no_picture(finding, proofs),
        "events": list(finding.events.all())[::-1],
        "earlier": earlier_of(finding, user),
        "judge": confirm or endorse or _why_not(finding, confirm, endorse),
        "dismiss": dismiss or endorse,
        "look": FINDING.verdict("look", finding, user),
        "claim": policies.may_claim_finding(finding, user),
        "release": policies.may_release_finding(finding, user),
        "transfer": policies.may_transfer_finding(finding, user),
        "reconsider": FINDING.verdict("reconsider", finding, user),
        "order": FINDING.verdict("order", finding, user),
        "may_order": policies.may_order(finding, user),
        "verifies": policies.may_verify(user, finding),
        "judge_form": JudgeForm(initial=_start(finding)),
        "note_form": NoteForm(),
        "order_form": OrderForm(),
        "first": _first_words(finding),
        "now": now,
        "back": "",
        **forms,
    }


def _why_not(finding: Finding, confirm: Verdict, endorse: Verdict) -> Verdict:
    """The refusal that tells the way on: of a severe class, the first step's."""
    first = finding.is_severe and finding.status != FindingStatus.HALF
    return endorse if first else confirm


def _start(finding: Finding) -> dict[str, Any]:
    """The proposed class; nothing is chosen for the person but that."""
    return {
        "problem": finding.problem,
        "with_order": True,
        "note": finding.note if finding.status == FindingStatus.HALF else "",
    }


def _first_words(finding: Finding) -> str:
    """何嘉敏 认为属实 — for the second person."""
    if finding.status != FindingStatus.HALF or finding.first_by is None:
        return ""
    return f"{finding.first_by.name} 认为{Judgement(finding.first_judgement).label}"


def transfer_form(finding: Finding, user: User, data: Any = None) -> TransferForm:
    """Colleagues of the same office who may verify it."""
    return TransferForm(data, people=colleagues_of(finding, user))


def colleagues_of(finding: Finding, user: User) -> Any:
    """Who else may hold it: the department, and for security classes security people."""
    roles = [Role.DEPARTMENT, Role.SECURITY] if finding.is_security else [Role.DEPARTMENT]
    steps = range(finding.unit.steplen, len(finding.unit_path) + 1, finding.unit.steplen)
    above = [finding.unit_path[:end] for end in steps]
    held = Q(posts__role__in=roles, posts__ended_at=None, posts__unit__path__in=above)
    people = User.objects.filter(held, is_active=True).exclude(pk=user.pk)
    return people.distinct().order_by("pinyin_key")


def earlier_of(finding: Finding, user: User) -> list[Finding]:
    """这个网站以前: what was judged of the same outlet, the latest first."""
    if finding.outlet_id is None:
        return []
    judged = [
        FindingStatus.CONFIRMED, FindingStatus.ORDERED, FindingStatus.CLOSED,
        FindingStatus.DISMISSED,
    ]  # fmt: skip
    rows = Finding.objects.visible_to(user).filter(outlet=finding.outlet_id, status__in=judged)
    return list(rows.exclude(pk=finding.pk).order_by("-decided_at")[:BEFORE_SHOWN])


def problem_words(finding: Finding) -> str:
    """The class of the notice in words."""
    return PROBLEMS[finding.problem].label if finding.problem in PROBLEMS else ""


def why_no_picture(finding: Finding, proofs: list[Evidence]) -> str:
    """Why the newest snapshot has no picture, in words; nothing where it has one, or there is no
    snapshot to draw."""
    shots = [proof for proof in proofs if proof.kind == EvidenceKind.SNAPSHOT]
    shot = max(shots, key=lambda proof: proof.pk, default=None)
    drawn = [proof for proof in proofs if proof.kind == EvidenceKind.SCREENSHOT]
    if shot is None or any(one.url == shot.url and one.pk > shot.pk for one in drawn):
        return ""
    if find_browser() is None:
        return "没有截图：服务器上没有装浏览器。"
    if finding.site_check_id and is_queued(finding.site_check_id):
        return "截图还在生成。"
    return "没有截图：取证时没有装浏览器，或者这个页面没能画出来。"


def excerpt_of(finding: Finding, proofs: list[Evidence]) -> Excerpt | None:
    """A piece of the newest kept text around what the machine used; None without a text."""
    texts = [proof for proof in proofs if proof.kind == EvidenceKind.TEXT]
    if not texts:
        return None
    try:
        with open_file(texts[0].file) as stream:
            text = stream.read(TEXT_BYTES).decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    return cut(text, finding.evidence_text)


def cut(text: str, evidence: str) -> Excerpt:
    """The text around the longest word of the evidence that stands in it; else its beginning."""
    words = sorted(_words(evidence), key=len, reverse=True)
    hit = next((word for word in words if len(word) > 3 and word in text), "")
    at = text.find(hit) if hit else 0
    start, end = max(0, at - AROUND // 2), at + len(hit) + AROUND
    is_cut = start > 0 or end < len(text)
    return Excerpt(text[start:at], hit, text[at + len(hit) : end], is_cut)


def _words(evidence: str) -> list[str]:
    marks = "“”「」『』（）()：:；;，,。 \n"
    return "".join(" " if sign in marks else sign for sign in evidence).split()
