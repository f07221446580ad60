"""Evidence: what people upload, and what the house itself sees of a public page, through the gate."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO

from django.db import IntegrityError, transaction

from meice.evidence.actions import keep_evidence
from meice.evidence.models import Evidence, EvidenceKind
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.impersonations import policies
from meice.impersonations.actions import events
from meice.impersonations.actions.looking import Sight
from meice.impersonations.models import Capture, Impersonation, Paper, PaperKind
from meice.jobs import queue
from meice.kernel.access import Refused, require
from meice.notices.models import NoticeKind
from meice.orgs.models import User

PURPOSE = "impersonation"
GIVEN_UP_AFTER = timedelta(minutes=15)
CAPTURE_TASK = "meice.impersonations.tasks.capture_page"


@transaction.atomic
def upload_evidence(
    docket: Impersonation,
    files: Iterable[StoredFile],
    *,
    kind: EvidenceKind,
    by: User,
    at: datetime,
    source: str = "",
    note: str = "",
    paper: str = "",
) -> list[Evidence]:
    """Photos, recordings, papers: kept files become the next numbers of the case. `paper` says
    which of the papers that platforms ask for they are."""
    docket = events.lock_docket(docket)
    require(policies.may_add_evidence(by, docket))
    kept = [
        keep_evidence(
            stored, case=docket.case, kind=kind, by=by, at=at, source=source,
            note=note or (PaperKind(paper).label if paper else ""),
        )
        for stored in files
    ]  # fmt: skip
    if not kept:
        raise Refused("没有选文件。")
    if paper:
        Paper.objects.bulk_create(
            Paper(impersonation=docket, kind=PaperKind(paper), number=row.number) for row in kept
        )
    words = "、".join(f"{row.number} 号{row.get_kind_display()}" for row in kept)
    events.finish(docket, "upload", by=by, at=at, note=words, detail={"files": len(kept)})
    return kept


@transaction.atomic
def ask_capture(docket: Impersonation, *, by: User, at: datetime) -> Capture:
    """Have the reported page looked at once; the person who asks says that it may be asked."""
    docket = events.lock_docket(docket)
    require(policies.may_capture(by, docket))
    stuck = docket.captures.filter(done_at=None, asked_at__lt=at - GIVEN_UP_AFTER)
    stuck.update(done_at=at, words="没有采完，可再采集一次。")
    try:
        with transaction.atomic():
            capture = Capture.objects.create(
                impersonation=docket, url=docket.url, asked_by=by, asked_at=at
            )
    except IntegrityError:
        raise Refused("正在采集，请等它完成。") from None
    events.finish(docket, "capture", by=by, at=at)
    _queue(capture)
    return capture


def _queue(capture: Capture) -> None:
    queue.insert(
        queue.Order(
            task_path=CAPTURE_TASK,
            label="采集假冒账号网页",
            args=(capture.pk,),
            max_tries=2,
            key=f"impersonations.capture:{capture.pk}",
        )
    )


@transaction.atomic
def finish_capture(capture: Capture, sight: Sight, *, at: datetime) -> bool:
    """Keep what was seen, once: a doubled job finds the look done and keeps nothing."""
    waiting = Capture.objects.select_for_update(of=("self",)).filter(pk=capture.pk, done_at=None)
    found = waiting.select_related("impersonation", "asked_by").first()
    if found is None:
        return False
    docket = found.impersonation
    for piece in sight.pieces:
        stored = keep_file(BytesIO(piece.content), name=piece.name, by=None, purpose=PURPOSE)
        keep_evidence(
            stored, case=docket.case, kind=piece.kind, by=found.asked_by, at=at,
            source=sight.final_url or found.url, note=piece.note,
            headers=sight.headers if piece.kind == EvidenceKind.HTML else "",
        )  # fmt: skip
    found.done_at, found.kept, found.words = at, len(sight.pieces), sight.words[:200]
    found.save(update_fields=["done_at", "kept", "words"])
    if sight.address and not docket.address:
        Impersonation.objects.filter(pk=docket.pk).update(address=sight.address)
    text = f"{docket} 的网页采集完成：{sight.words}"
    events.tell([found.asked_by], docket, text, kind=NoticeKind.RESULT)
    return True
