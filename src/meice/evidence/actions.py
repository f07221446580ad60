"""Keeping evidence: the file is there already, the row chains it to the case."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from meice.audit.actions import Detail, record
from meice.engines import marks
from meice.evidence.models import BEGINNING, CASE_SHAPE, Evidence, EvidenceKind
from meice.files.models import StoredFile

MACHINE = "系统"
TRIES = 20


@transaction.atomic
def keep_evidence(
    stored: StoredFile,
    *,
    case: str,
    kind: EvidenceKind,
    by: Any,
    at: datetime,
    source: str = "",
    note: str = "",
    headers: str = "",
) -> Evidence:
    """Put a kept file into a case (`impersonation:12`) as its next number.

    `by` is the user (None: the system itself), `at` when it was taken, `source` the address it was
    taken from, `headers` the answer's head. Only writers of the same case wait for each other.
    The act's audit entry carries the row's hash, so the chain of the log, with its anchors outside
    the database, also says where each case ended. Raises `ValueError` for a name that is no case.
    """
    if not CASE_SHAPE.match(case):
        raise ValueError(f"not the name of a case: {case!r}")
    facts = {
        "case": case,
        "kind": EvidenceKind(kind),
        "stored": stored,
        "name": stored.name,
        "sha256": stored.digest,
        "size": stored.size,
        "source": source[:2000],
        "headers": headers,
        "note": note.strip()[:500],
        "captured_at": at,
        "by_id": str(by.pk) if by else "",
        "by_name": by.name if by else MACHINE,
    }
    kept = _next_in_case(facts)
    detail: Detail = {
        "case": case,
        "number": kept.number,
        "kind": str(kept.kind),
        "seal": seal_of(kept),
    }
    record("evidence.keep", kept, by=by, detail=detail)
    return kept


def seal_of(evidence: Evidence) -> str:
    """The row's hash as the audit log spells it: what looks like a mobile in it is masked there."""
    return marks.mask_personal(evidence.own_hash)


def _next_in_case(facts: dict[str, Any]) -> Evidence:
    """A number is taken once: who comes second at the same moment takes the next."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _inserted(facts)
        except IntegrityError:
            continue
    return _inserted(facts)


def _inserted(facts: dict[str, Any]) -> Evidence:
    last: Evidence | None = Evidence.objects.of(facts["case"]).last()
    kept = Evidence(
        **facts,
        number=last.number + 1 if last else 1,
        previous=last.own_hash if last else BEGINNING,
    )
    kept.own_hash = kept.computed_hash()
    kept.save()
    return kept
