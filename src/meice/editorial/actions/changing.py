"""What every change of a lexicon has in common: the lock, the empty change, its rows."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from meice.editorial.models.lexicon import Lexicon
from meice.editorial.models.term import Term, TermChange
from meice.editorial.policies import lexicons as policies
from meice.engines.zhcheck import Entry, ListKind, check_entry
from meice.kernel.access import Refused, require
from meice.orgs.models import User

CHUNK = 500


def lock_lexicon(lexicon: Lexicon) -> Lexicon:
    """The row, held until the transaction ends: one change of a lexicon at a time."""
    list(Lexicon.objects.select_for_update().filter(pk=lexicon.pk).values_list("pk"))
    return Lexicon.objects.select_related("unit").get(pk=lexicon.pk)


def lock_change(change: TermChange) -> TermChange:
    """The change as it is now, behind the lock of its lexicon."""
    lexicon = lock_lexicon(change.lexicon)
    found = TermChange.objects.select_for_update().get(pk=change.pk)
    found.lexicon = lexicon
    return found


def begin(lexicon: Lexicon, kind: str, reason: str, *, by: User, at: datetime) -> TermChange:
    """An empty change; the caller fills it. The reason is asked of everybody."""
    require(policies.may_keep_lexicons(by, lexicon.unit))
    bare = " ".join(reason.split())[:200]
    if not bare:
        raise Refused("写明理由：为什么要改，依据是什么。")
    change = TermChange.objects.create(
        lexicon=lexicon, kind=kind, reason=bare, by=by, at=at, read_at=at
    )
    change.lexicon = lexicon
    return change


def write_entries(change: TermChange, entries: Iterable[Entry]) -> int:
    """The entries as rows of the change; raises `Refused` for one with a fault."""
    kind = ListKind(change.lexicon.kind)
    rows = iter([_checked(change, entry, kind) for entry in entries])
    written = 0
    while chunk := list(islice(rows, CHUNK)):
        written += len(Term.objects.bulk_create(chunk))
    return written


def row_of(change: TermChange, entry: Entry, kind: ListKind) -> Term:
    """An unsaved row."""
    return Term(
        lexicon_id=change.lexicon_id,
        change=change,
        key=entry.key(kind),
        word=entry.word,
        right=entry.right,
        severity=entry.severity.value,
        message=entry.message,
        source=entry.source,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        protects=list(entry.protects),
        office_unit=entry.unit,
        place=entry.order,
        line=entry.line,
    )


def _checked(change: TermChange, entry: Entry, kind: ListKind) -> Term:
    for fault in check_entry(entry, kind):
        raise Refused(f"{fault.column}「{fault.found}」{fault.message}")
    return row_of(change, entry, kind)


def copy_terms(change: TermChange, terms: Iterable[Term]) -> None:
    """The same entries once more, as rows of this change."""
    kind = ListKind(change.lexicon.kind)
    rows = (row_of(change, term.entry, kind) for term in terms)
    while chunk := list(islice(rows, CHUNK)):
        Term.objects.bulk_create(chunk)
