"""A list from a file: kept, read in a limited child, compared with the lexicon, previewed."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from django.db import transaction

from meice.audit.actions import record
from meice.editorial.actions.changing import CHUNK, begin, lock_lexicon, row_of
from meice.editorial.models.lexicon import Lexicon, LexiconKind
from meice.editorial.models.term import ChangeKind, Term, TermChange
from meice.engines.sandbox import Failure, Limits, Named, Pool
from meice.engines.zhcheck import Entry, ListFault, ListKind
from meice.engines.zhcheck.listing import Listing
from meice.files.actions import keep_file
from meice.files.reading import open_file
from meice.jobs import progress
from meice.kernel.access import Refused
from meice.orgs.models import User

LARGEST = 20 * 1024 * 1024
AT_ONCE = 256 * 1024  # bytes of a file that a page reads by itself
MOST_FAULTS = 500
_READER: Named[tuple[bytes, str, str], Listing] = Named(
    "meice.engines.zhcheck.listing:read_listing"
)
_LIMITS = Limits(memory=1536 * 1024 * 1024, cpu=90, wall=180.0)
_FAILURES = {
    Failure.TIMEOUT: "读了太久没有读完。请分几个文件导入。",
    Failure.MEMORY: "展开后太大。请分几个文件导入。",
}


def create_intake(
    lexicon: Lexicon,
    content: bytes,
    *,
    name: str,
    reason: str,
    replaces_all: bool,
    dated: date | None,
    by: User,
    at: datetime,
) -> TermChange:
    """Keep the file and an empty preview; `read_intake` fills it."""
    if len(content) > LARGEST:
        raise Refused("文件超过 20 MB，请分几个文件导入。")
    is_source = lexicon.kind == LexiconKind.SOURCE
    if is_source and dated is None and not name.lower().endswith(".toml"):
        raise Refused("稿源名单要写明名单日期。")
    with transaction.atomic():
        change = begin(lexicon, ChangeKind.IMPORT, reason, by=by, at=at)
        kept = keep_file(BytesIO(content), name=name, by=by, purpose="lexicon-import")
        change.file, change.file_name, change.read_at = kept, kept.name, None
        change.replaces_all, change.dated = replaces_all, dated
        change.save()
        record("lexicon_change.upload", change, by=by, unit_path=lexicon.unit.path)
    return change


def read_intake(change_id: int, at: datetime) -> int:
    """Read the file and write the preview. A second run begins anew; one that is done stays."""
    change = TermChange.objects.select_related("lexicon__unit", "file").get(pk=change_id)
    if change.read_at is not None or change.file is None:
        return 0
    with open_file(change.file) as stream:
        listing = _read(stream.read(), change)
    change.terms.all().delete()
    plan = _Plan(change, listing)
    rows: list[Term] = []
    for done, term in enumerate(plan.rows(), 1):
        rows.append(term)
        if len(rows) == CHUNK:
            _write(rows, done, len(listing.entries))
            rows = []
    _write(rows, len(listing.entries), len(listing.entries))
    _finish(change, plan, listing, at)
    return len(listing.entries)


def _read(content: bytes, change: TermChange) -> Listing:
    with Pool(1, limits=_LIMITS) as pool:
        answer = pool.run(_READER, (content, change.file_name, change.lexicon.kind))
    if answer.value is not None:
        return answer.value
    why = _FAILURES.get(answer.failure or Failure.ERROR, "打不开这个文件，可能已损坏。")
    return Listing(faults=(ListFault(0, "", "", why),), faulty=1)


class _Plan:
    """Each entry beside the lexicon as it is: new, another wording of one, or the same."""

    def __init__(self, change: TermChange, listing: Listing) -> None:
        self.change, self.listing = change, listing
        self.ends: list[int] = []
        self.kept: list[int] = []
        self.new = 0
        standing = change.lexicon.terms.in_force()
        self.standing = {term.key: term for term in standing.iterator(CHUNK)}

    def rows(self) -> Iterator[Term]:
        """The rows to write; on the way the old ones are noted."""
        kind = ListKind(self.change.lexicon.kind)
        for entry in self.listing.entries:
            old = self.standing.get(entry.key(kind))
            if old is not None and _same(old.entry, entry):
                self.kept.append(old.pk)
                continue
            if old is not None:
                self.ends.append(old.pk)
            self.new += old is None
            yield row_of(self.change, entry, kind)

    @property
    def counts(self) -> dict[str, object]:
        """For the page; `kept` are the ids that a whole replacement keeps."""
        gone = len(self.standing) - len(self.kept) - len(self.ends)
        counts: dict[str, object] = {
            "new": self.new,
            "changed": len(self.ends),
            "same": len(self.kept),
            "faulty": self.listing.faulty,
            "gone": gone if self.change.replaces_all else 0,
        }
        return counts | ({"kept": self.kept} if self.change.replaces_all else {})


def _same(old: Entry, new: Entry) -> bool:
    """All but the line of the file."""
    return _facts(old) == _facts(new)


def _facts(entry: Entry) -> tuple[object, ...]:
    return (
        entry.word, entry.right, entry.severity, entry.message, entry.source, entry.valid_from,
        entry.valid_until, entry.protects, entry.unit, entry.order,
    )  # fmt: skip


@transaction.atomic
def _write(rows: list[Term], done: int, total: int) -> None:
    Term.objects.bulk_create(rows)
    progress.report(done, total, f"{total} 条已读 {done} 条")


@transaction.atomic
def _finish(change: TermChange, plan: _Plan, listing: Listing, at: datetime) -> None:
    """Switch the preview on."""
    lock_lexicon(change.lexicon)
    for start in range(0, len(plan.ends), CHUNK):
        change.ends.add(*plan.ends[start : start + CHUNK])
    change.faults = [
        [fault.line, fault.column, fault.found, fault.message] for fault in listing.faults
    ][:MOST_FAULTS]
    change.counts, change.read_at = plan.counts, at
    change.dated = change.dated or listing.dated
    change.save(update_fields=["faults", "counts", "read_at", "dated"])
    detail = {"rows": len(listing.entries)}
    record("lexicon_change.read", change, by=None, detail=detail, unit_path=_path(change))


def _path(change: TermChange) -> str:
    return str(change.lexicon.unit.path)
