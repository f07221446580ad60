"""What a look at a published page saw becomes a row, and, where it differs, a machine's claim."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction

from meice.audit.actions import record
from meice.editorial.actions import events, terms
from meice.editorial.comparison import PageLook, Run
from meice.editorial.models import Manuscript, Outcome, PageCheck, Publication
from meice.editorial.workflow import TermName
from meice.engines.marks import mask_personal
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.inspections.actions.sightings import Look, Sighting, note_sightings
from meice.inspections.actions.verdicts import add_proofs
from meice.inspections.models import EvidenceKind, Finding, Severity
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over

CODE = "article-changed"
TITLE = "已发布的稿件与审定稿不一致"
RULE = "先审后发：公开的内容须与终审通过的稿次一致（通知 二（四））"
ASK_AGAIN = timedelta(days=1)
WATCHED_FOR = timedelta(days=365)
SHOWN = 600
AROUND = 12
CLAIMS = (Outcome.DIFFERS, Outcome.GONE)


def keep_check(publication: Publication, look: PageLook, *, at: datetime) -> str:
    """Keep it, with the page as it came; gives the outcome. The machine's word changes no state of
    the manuscript: it is a claim in the queue of findings until a person has judged it."""
    page = _kept(publication, look)
    with transaction.atomic():
        manuscript = events.lock_manuscript(publication.manuscript)
        found = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
        if found.ended_at is not None:
            return ""
        before = found.outcome
        PageCheck.objects.create(
            publication=found, revision=found.revision, at=at, outcome=look.outcome,
            reason=look.reason[:200], changes=[[run.kind, run.text] for run in look.runs],
            digest=page.digest if page else "", page=page,
        )  # fmt: skip
        _note(found, look, at)
        _claim(found, look, page, at)
        if look.outcome in CLAIMS and before != look.outcome:
            _tell(manuscript, found, look, at)
        detail = {"outcome": look.outcome.value, "outlet": found.outlet_name[:60]}
        path = manuscript.unit_path
        record("publication.check", found, by=None, detail=detail, unit_path=path)
    return look.outcome.value


def _kept(publication: Publication, look: PageLook) -> StoredFile | None:
    """The bytes of a page that says something; an unchanged one is not kept again."""
    if not look.body or (look.outcome is Outcome.SAME and publication.was_seen):
        return None
    name = f"{publication.manuscript_id}-{publication.pk}.html"
    return keep_file(BytesIO(look.body), name=name, by=None, purpose="published-page")


def _note(found: Publication, look: PageLook, at: datetime) -> None:
    days = terms.all_terms()[TermName.RECHECK]
    wait = ASK_AGAIN if look.outcome is Outcome.UNKNOWN else timedelta(days=max(1, days))
    watched = at < found.recorded_at + WATCHED_FOR
    found.outcome, found.checked_at = look.outcome, at
    found.next_check_at = at + wait if watched else None
    found.was_seen = found.was_seen or look.outcome is Outcome.SAME or bool(look.runs)
    found.save(update_fields=["outcome", "checked_at", "next_check_at", "was_seen"])


def _claim(found: Publication, look: PageLook, page: StoredFile | None, at: datetime) -> None:
    """A finding where the page is another, with the page as its proof; nothing is concluded from
    what was not seen."""
    if look.outcome is Outcome.UNKNOWN:
        return
    sightings = [_sighting(found, look)] if look.outcome in CLAIMS else []
    noted = note_sightings(Look(found.outlet, at, covers=_covers(found)), sightings)
    proofs = [(EvidenceKind.SNAPSHOT, found.url, page)] if page else []
    for finding in noted.to_prove:
        add_proofs(finding, proofs, at=at, by="页面核对")


def _covers(found: Publication) -> Callable[[Finding], bool]:
    def covered(finding: Finding) -> bool:
        return finding.code == CODE and finding.url == found.url[:1000]

    return covered


def _sighting(found: Publication, look: PageLook) -> Sighting:
    number = found.revision.number
    return Sighting(
        code=CODE,
        severity=Severity.MAJOR,
        url=found.url,
        message=f"《{found.manuscript.title}》审定的是第 {number} 稿；{look.reason}",
        evidence="\n".join(_excerpts(look.runs))[:SHOWN],
        rule=RULE,
        title=TITLE,
        unseen="图片、视频和脚本显示的内容没有比对",
    )


def _excerpts(runs: Sequence[Run]) -> Iterator[str]:
    """Each change among the words around it, as a person would look for it on the page."""
    for at, run in enumerate(runs):
        if run.kind == "same":
            continue
        before = next((one.text for one in reversed(runs[:at]) if one.kind == "same"), "")
        after = next((one.text for one in runs[at + 1 :] if one.kind == "same"), "")
        kind = "审定稿有：" if run.kind == "del" else "页面上是："
        yield kind + _shown(before[-AROUND:], run.text.strip(), after[:AROUND])


def _shown(before: str, changed: str, after: str) -> str:
    """The change in brackets; with a person's number in it masked, and then without brackets."""
    plain = before + changed + after
    masked = mask_personal(plain)
    return masked if masked != plain else f"{before}【{changed}】{after}"


def _tell(manuscript: Manuscript, found: Publication, look: PageLook, at: datetime) -> None:
    events.note_event(
        manuscript, "differ", by=None, at=at, note=f"{found.outlet_name}：{look.reason}"
    )
    people = [manuscript.author, *people_over(Role.LEADER, manuscript.unit)]
    text = f"机器核对：{events.called(manuscript)}在「{found.outlet_name}」上与审定稿不一致，请人工核实"
    events.tell(people, manuscript, text)
