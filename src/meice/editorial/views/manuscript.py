"""One manuscript: the text with its marks, what the machine saw, the reviewer's desk (picture 07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meice.editorial import policies
from meice.editorial.comparison import Run, count_changes, differences
from meice.editorial.documents.sheet import source_words
from meice.editorial.forms import CommentForm, ReasonForm, VerdictForm, WaiverForm
from meice.editorial.lexicons.reading import GATE_OF, RULES, lexicons_of
from meice.editorial.models import Comment, CopyIssue, Manuscript, Origin, Review, Revision
from meice.editorial.policies.ledger import may_print_sheet
from meice.editorial.views.flowbar import flow_of
from meice.editorial.views.passages import paragraphs
from meice.editorial.views.signed import manuscript_or_404, person
from meice.editorial.workflow import MANUSCRIPT
from meice.engines.zhcheck import Rule, Severity
from meice.kernel.access import Verdict
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.orgs.roles import Right

LONGEST_QUOTE = 500
SHOWN = ("both", "issues", "changes", "clean")
WORDS = {"both": "问题和改动", "issues": "只标问题", "changes": "只标改动", "clean": "清样"}


@dataclass(frozen=True, slots=True)
class Line:
    """One issue as the list shows it: the rule in words, the entry of a lexicon it comes from ("":
    the rule itself), what the author can be asked with one click, may she let it stand."""

    issue: CopyIssue
    rule: str
    word: str
    request: str
    may_waive: Verdict


@login_required
@require_GET
def manuscript(request: HttpRequest, pk: int) -> HttpResponse:
    """The page (pictures 07 and 08d)."""
    return manuscript_page(request, manuscript_or_404(request, pk))


def manuscript_page(
    request: HttpRequest, found: Manuscript, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page, with what was refused put back as it was typed."""
    user, at = person(request), now()
    today = timezone.localdate(at)
    revision = found.newest
    issues = list(revision.issues.select_related("waiver", "attachment"))
    comments = list(revision.comments.all())
    base = _base(found, user)
    runs = differences(base.copy, revision.copy) if base else [Run("same", revision.copy)]
    shown = _shown(request)
    context: dict[str, Any] = {
        "manuscript": found,
        "revision": revision,
        "flow": flow_of(found, user),
        "paragraphs": _marked(shown, runs, revision, issues, comments),
        "shown": shown,
        "views": [(key, WORDS[key]) for key in SHOWN if base or key in ("both", "clean")],
        "base": base,
        "changes": count_changes(runs),
        "titles": _titles(revision),
        "source": _source(found, today),
        "issues": _lines(issues, found, user, today),
        "printing": may_print_sheet(user, found),
        "blocking": sum(one.is_blocking for one in issues),
        "comments": comments,
        "attachments": _files(revision, issues),
        "publications": list(found.publications.filter(ended_at=None).select_related("outlet")),
        "now": at,
        **_desk(found, user, today),
        **_acts(found, user),
    }
    whole = context | more
    if "verdict_form" in whole:
        whole["verdict_form"].open_places = _open_places(issues)
    return render(request, "editorial/manuscript.html", whole, status=status)


def _titles(revision: Revision) -> list[Run]:
    """Of a repost: from the original title to ours, so that a distortion is seen."""
    if revision.origin != Origin.REPOST or not revision.original_title:
        return []
    return differences(revision.original_title, revision.title)


def _source(found: Manuscript, today: date) -> str:
    """Of a repost: name, link, and whether the white list knows it."""
    if found.newest.origin != Origin.REPOST:
        return ""
    return source_words(found.newest, lexicons_of(found.unit), today)


def _open_places(issues: Sequence[CopyIssue]) -> dict[str, list[int]]:
    """Under each gate the issues that still block."""
    found: dict[str, list[int]] = {}
    for one in issues:
        if one.is_blocking:
            found.setdefault(GATE_OF[Rule(one.rule)], []).append(one.place)
    return found


def _shown(request: HttpRequest) -> str:
    wanted = request.GET.get("show", "both")
    return wanted if wanted in SHOWN else "both"


def _marked(
    shown: str,
    runs: Sequence[Run],
    revision: Revision,
    issues: Sequence[CopyIssue],
    comments: Sequence[Comment],
) -> list[Any]:
    """What the reader has asked to see marked."""
    changed = runs if shown in ("both", "changes") else [Run("same", revision.copy)]
    found = [one for one in issues if one.attachment_id is None]
    return paragraphs(
        changed,
        found if shown in ("both", "issues") else (),
        [one for one in comments if one.quote] if shown != "clean" else (),
    )


def _base(found: Manuscript, user: User) -> Revision | None:
    """What the changes are counted from: the revision she has last decided on, else the one that
    was last approved, else the last that any reviewer decided on."""
    newest = found.newest.pk
    decided = [one for one in found.reviews.all() if one.is_decided and one.revision_id != newest]
    mine = [one for one in decided if one.claimed_by_id == user.pk]
    last = max(mine or decided, key=lambda one: (one.round, one.place), default=None)
    if not mine and found.approved_id and found.approved_id != newest:
        return found.approved
    return Revision.objects.get(pk=last.revision_id) if last else None


def _lines(issues: Sequence[CopyIssue], found: Manuscript, user: User, today: date) -> list[Line]:
    reader = lexicons_of(found.unit) if issues else None
    return [
        Line(
            one,
            RULES[Rule(one.rule)],
            reader.word_of(one.rule, one.text) if reader else "",
            _request(one),
            _waiving(one, found, user, today),
        )
        for one in issues
    ]


def _request(issue: CopyIssue) -> str:
    """What a reviewer would write beside it; nothing about a file, which has no place to write at."""
    if issue.attachment_id is not None or issue.waived or len(issue.text) > LONGEST_QUOTE:
        return ""
    wanted = f"，建议改为“{issue.suggestion}”" if issue.suggestion else ""
    return f"请改：{issue.message}{wanted}"[:LONGEST_QUOTE]


def _waiving(issue: CopyIssue, found: Manuscript, user: User, today: date) -> Verdict:
    if issue.severity != Severity.BLOCK or issue.waived is not None:
        return Verdict(allowed=False, reason="不用放行。")
    return policies.may_waive_issue(user, issue, found, today)


def _files(revision: Revision, issues: Sequence[CopyIssue]) -> list[tuple[Any, int, str]]:
    """Each file with the number of its issues, and its hash in short."""
    rows = revision.attachments.select_related("file")
    return [
        (
            one,
            sum(issue.attachment_id == one.pk for issue in issues),
            f"{one.file.digest[:4]}…{one.file.digest[-2:]}",
        )
        for one in rows
    ]


def _desk(found: Manuscript, user: User, today: date) -> dict[str, Any]:
    """The stage that is hers, or that she may claim; what she may say there, and why not."""
    held = policies.held_by(found, user)
    stage = held or _claimable(found, user, today) or found.turn
    if stage is None:
        return {"stage": None}
    deciding = policies.may_decide_review(user, stage, today)
    return {
        "stage": stage,
        "held": held,
        "claiming": policies.may_claim_review(user, stage, today),
        "is_asked": policies.is_asked(user, stage, today),
        "deciding": deciding,
        "passing": deciding & MANUSCRIPT.verdict("pass", found, user),
        "next_stage": _after(found, stage),
        "verdict_form": VerdictForm(initial={"revision": found.newest.number}),
        "comment_form": CommentForm(),
        "waiver_form": WaiverForm(),
    }


def _claimable(found: Manuscript, user: User, today: date) -> Review | None:
    """The first open stage that she may claim (in the urgent lane not only the first)."""
    return next((one for one in found.present if policies.may_claim_review(user, one, today)), None)


def _after(found: Manuscript, stage: Review) -> str:
    later = (one.name for one in found.present if one.place > stage.place)
    return next(later, "")


def _acts(found: Manuscript, user: User) -> dict[str, Any]:
    """What she may do with the whole; the work of the other side is left out, not greyed."""
    works = user.has(Right.DRAFT_BUSINESS, found.unit)
    decides = user.has(Right.DECIDE_BUSINESS, found.unit)
    leads = user.has(Right.CONFIRM_BUSINESS, found.unit)
    step = "republish" if found.published_at else "publish"
    back = "rework" if found.published_at else "reopen"
    shown = {
        "submit": works, back: works, step: works or decides, "correct": works or decides,
        "withdraw": leads or decides, "drop": works,
    }  # fmt: skip
    steps = {
        one.name: (one.label, verdict)
        for one, verdict in MANUSCRIPT.open_steps(found, user)
        if shown.get(one.name)
    }
    return {
        "steps": steps,
        "releasing": steps.get(step),
        "taking_back": steps.get(back),
        "works": works,
        "writing": policies.may_write(user, found),
        "checking": policies.may_check_page(user, found),
        "reason_form": ReasonForm(),
    }
