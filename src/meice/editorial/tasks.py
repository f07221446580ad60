"""Work of the room in the background: files are read, pages looked at, late reviewers reminded."""

from django.conf import settings
from django_tasks import task

from meice.editorial.actions import checking, compiling, following, intakes, reading, reminding
from meice.editorial.comparison import look_at
from meice.editorial.models import Publication, Revision
from meice.engines.documents import Text, read_text
from meice.engines.documents.kinds import Kind
from meice.engines.gate import fetch
from meice.files.kinds import FileKind
from meice.files.models import StoredFile
from meice.files.reading import open_file
from meice.jobs.actions import enqueue_once
from meice.kernel.clock import now

PICTURES = (FileKind.PNG, FileKind.JPEG, FileKind.GIF)
CHECKS_A_ROUND = 200


@task(label="读稿件的附件")
def read_files(revision_pk: int) -> int:
    """Read every file of a revision in a limited child; gives how many issues were found."""
    revision = Revision.objects.select_related("manuscript__unit").get(pk=revision_pk)
    found = 0
    for attachment in revision.attachments.select_related("file"):
        copy = _copy_of(attachment.file)
        unit = revision.manuscript.unit
        found += reading.keep_file_reading(attachment, copy, unit, now())
    reading.end_file_reading(revision, now())
    return found


def _copy_of(stored: StoredFile) -> Text:
    if stored.kind in PICTURES:
        return Text(Kind.UNKNOWN, refusal="图片不读")
    with open_file(stored) as stream:
        return read_text(stream.read(), stored.name)


@task(label="核对发布的页面")
def check_page(publication_pk: int) -> str:
    """Fetch one published page through the gate and compare it with the approved text."""
    found = Publication.objects.select_related("revision", "outlet").filter(pk=publication_pk)
    publication = found.first()
    if publication is None or publication.ended_at or not publication.url:
        return ""
    look = look_at(publication, lambda url: fetch(url, settings.PROBE_POLICY))
    return checking.keep_check(publication, look, at=now())


@task(label="到期的页面核对")
def check_pages() -> int:
    """Queue a look at each page that is due; gives how many."""
    due = list(Publication.objects.due(now()).order_by("next_check_at")[:CHECKS_A_ROUND])
    for publication in due:
        enqueue_once(check_page, publication.pk, key=f"publication.check:{publication.pk}")
    return len(due)


@task(label="催审")
def remind_reviewers() -> int:
    """Tell those whose term is over, once; gives how many."""
    return reminding.remind_late(now())


@task(label="稿件跟随单位")
def follow_units() -> int:
    """Write the units' present paths on the rows of this room; gives how many were behind."""
    return following.follow_units()


@task(label="编译词库")
def compile_lexicon(lexicon_id: int) -> bool:
    """Put the newest version of a lexicon in use. Twice is harmless."""
    return compiling.compile_newest(lexicon_id, now())


@task(label="读词库文件")
def read_lexicon_file(change_id: int) -> int:
    """Read an uploaded list into its preview; gives the number of entries."""
    return intakes.read_intake(change_id, now())
