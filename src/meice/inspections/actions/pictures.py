"""Pictures (截图) of kept snapshots: drawn afterwards by a job, one for each snapshot.

What is drawn is the page as it was kept, never the live site: the gate is the only way out of the
house, and the browser has none (`engines/webprobe/picture.py`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import transaction

from meice.engines.documents.charset import decode_page
from meice.engines.webprobe.picture import Browser, draw_page
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.files.reading import open_file
from meice.inspections.actions.verdicts import add_proofs
from meice.inspections.models import (
    OPEN,
    STANDING,
    Evidence,
    EvidenceKind,
    Finding,
    FindingStatus,
    SiteCheck,
)
from meice.jobs import queue
from meice.jobs.models import Job
from meice.jobs.progress import report

JOB_KEY = "inspections.pictures"
DRAW_TASK = "meice.inspections.tasks.draw_pictures"
PURPOSE = "inspection"
MOST = 10
"""Pictures of one look at a site; more pages than that are kept without one."""
GIVES_UP_AFTER = 2
"""Pages in a row that could not be drawn, before the rest of the site is left."""
DRAWN_WHILE = (*OPEN, FindingStatus.LOOKING, *STANDING)
READ = 3_000_000
HEADERS_READ = 65_536
Rows = list[Evidence]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kept page without a picture, and the snapshots of findings that point to it."""

    file: StoredFile
    snapshots: tuple[Evidence, ...]


def queue_pictures(check: SiteCheck) -> None:
    """Have the kept pages of this look drawn when nothing else is to be done."""
    queue.insert(
        queue.Order(
            task_path=DRAW_TASK,
            label="画页面截图",
            args=(check.pk,),
            priority=-20,
            max_tries=2,
            key=_key(check.pk),
        )
    )


def is_queued(check_pk: int) -> bool:
    """Whether the pictures of this look are still to come."""
    return Job.objects.live().filter(unique_key=_key(check_pk)).exists()


def _key(check_pk: int) -> str:
    return f"{JOB_KEY}:{check_pk}"


def waiting_pages(check_pk: int) -> list[Waiting]:
    """The kept pages of this site's live findings that have no picture yet; equal bytes are one
    page. Of the site, not of the look: it may have been looked at again while the job waited.
    """
    site = SiteCheck.objects.filter(pk=check_pk).values("outlet")
    live = Finding.objects.filter(outlet__in=site, status__in=DRAWN_WHILE)
    shots = Evidence.objects.filter(finding__in=live, kind=EvidenceKind.SNAPSHOT)
    by_page: dict[str, Rows] = {}
    for shot in undrawn(shots.select_related("file", "finding")):
        by_page.setdefault(shot.file.digest, []).append(shot)
    return [Waiting(rows[0].file, tuple(rows)) for rows in by_page.values()]


def undrawn(snapshots: Iterable[Evidence]) -> Rows:
    """Of each finding and address the newest snapshot, where no later picture stands beside it.

    Proofs are only ever added, so the order of their rows is that of their keeping.
    """
    newest: dict[tuple[int, str], Evidence] = {}
    for shot in sorted(snapshots, key=lambda row: row.pk):
        newest[shot.finding_id, shot.url] = shot
    drawn = Evidence.objects.filter(
        kind=EvidenceKind.SCREENSHOT, finding__in={finding for finding, _ in newest}
    )
    for finding, url, pk in drawn.values_list("finding", "url", "pk"):
        if (finding, url) in newest and newest[finding, url].pk < pk:
            del newest[finding, url]
    return list(newest.values())


def draw_waiting(
    check_pk: int, browser: Browser, *, worker: str, clock: Callable[[], datetime]
) -> int:
    """Draw and keep what waits, each at its own time; gives how many pictures were kept."""
    kept = failed = 0
    waiting = waiting_pages(check_pk)[:MOST]
    for page in waiting:
        content = draw_page(browser, _html(page))
        failed = 0 if content else failed + 1
        kept += keep_picture(page, content, at=clock(), worker=worker) if content else 0
        report(kept, len(waiting), f"{len(waiting)} 个页面已画 {kept} 个")
        if failed >= GIVES_UP_AFTER:
            break
    return kept


def _html(page: Waiting) -> str:
    """The kept bytes as text, by the charset that the kept headers and the page name."""
    with open_file(page.file) as stream:
        return decode_page(stream.read(READ), _content_type(page.snapshots[0])).text


def _content_type(snapshot: Evidence) -> str:
    """As the server said it, from the headers that were kept with the snapshot."""
    beside = Evidence.objects.filter(
        finding=snapshot.finding_id,
        kind=EvidenceKind.HEADERS,
        url=snapshot.url,
        taken_at=snapshot.taken_at,
    )
    kept = beside.select_related("file").first()
    if kept is None:
        return ""
    with open_file(kept.file) as stream:
        lines = stream.read(HEADERS_READ).decode("utf-8", "replace").splitlines()
    named = (line.partition(":") for line in lines[2:])
    return next((value.strip() for name, _, value in named if name.lower() == "content-type"), "")


def keep_picture(page: Waiting, content: bytes, *, at: datetime, worker: str) -> bool:
    """The bytes first, then a proof for every finding that has none yet; False when none is left."""
    stored = keep_file(BytesIO(content), name="截图.png", by=None, purpose=PURPOSE)
    with transaction.atomic():
        locked = Finding.objects.select_for_update().order_by("pk")
        list(locked.filter(pk__in=[shot.finding_id for shot in page.snapshots]).values_list("pk"))
        rows = undrawn(page.snapshots)
        for shot in rows:
            add_proofs(
                shot.finding, [(EvidenceKind.SCREENSHOT, shot.url, stored)], at=at, by=worker
            )
    return bool(rows)
