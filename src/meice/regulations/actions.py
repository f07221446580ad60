"""The deeds of the room: the shipped library, a school's own documents, their clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from meice.audit.actions import record
from meice.files.models import StoredFile
from meice.kernel.access import Refused, require
from meice.orgs.models import User, event_facts
from meice.regulations import policies
from meice.regulations.cutting import Cut, free_part
from meice.regulations.library import ShippedDocument, clause_key, shipped
from meice.regulations.models import Clause, Document, DocumentEvent, Reach, Trust


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is typed about a document."""

    title: str
    number: str = ""
    issuer: str = ""
    reach: str = Reach.OWN
    issued_on: date | None = None
    in_force_on: date | None = None
    valid_until: date | None = None
    link: str = ""
    note: str = ""


@transaction.atomic
def ship_library(at: datetime) -> int:
    """Bring the shipped documents up to date; gives how many rows changed. What a school has
    edited or taken out stays as it is; clauses that no longer ship stay, for they may be cited."""
    changed = sum(_ship_document(one, at) for one in shipped())
    if changed:
        record("regulation.ship", None, by=None, detail={"documents": changed})
    return changed


def _ship_document(given: ShippedDocument, at: datetime) -> int:
    facts = {
        "title": given.title, "number": given.number, "issuer": given.issuer, "note": given.note,
        "issued_on": given.issued_on, "in_force_on": given.in_force_on,
        "valid_until": given.valid_until, "trust": given.trust,
    }  # fmt: skip
    document, is_new = Document.objects.get_or_create(
        key=given.key, unit=None, defaults=facts | {"added_at": at}
    )
    changed = int(is_new)
    if not is_new and any(getattr(document, name) != value for name, value in facts.items()):
        Document.objects.filter(pk=document.pk).update(**facts)
        changed = 1
    return changed + _ship_clauses(document, given)


def _ship_clauses(document: Document, given: ShippedDocument) -> int:
    known = {row.key: row for row in document.clauses.all()}
    changed = 0
    for place, one in enumerate(given.clauses, 1):
        facts = {
            "number": one.number, "text": one.text, "trust": one.trust, "place": place,
            "cited_as": "\n".join(one.cited), "is_summary": True,
        }  # fmt: skip
        row = known.get(one.key)
        if row is None:
            Clause.objects.create(document=document, key=one.key, **facts)
            changed += 1
        elif not row.is_edited and any(getattr(row, name) != facts[name] for name in facts):
            Clause.objects.filter(pk=row.pk).update(**facts)
            changed += 1
    return changed


@transaction.atomic
def add_document(
    facts: DocumentFacts, *, by: User, at: datetime, file: StoredFile | None = None
) -> Document:
    """A document of the school, or one from above that the library lacks."""
    require(policies.may_add_document(by))
    if by.post is None:
        raise Refused(policies.DEPARTMENT_ONLY)
    unit = by.post.unit
    _check(facts)
    document = Document.objects.create(
        key=f"x{at:%y%m%d%H%M%S%f}", unit=unit, unit_path=unit.path, added_at=at, file=file,
        **_facts(facts),
    )  # fmt: skip
    document.key = f"doc-{document.pk}"
    document.save(update_fields=["key"])
    _note(document, "add", by=by, at=at)
    record("regulation.add", document, by=by, detail={"title": facts.title}, unit_path=unit.path)
    return document


@transaction.atomic
def edit_document(
    document: Document, facts: DocumentFacts, *, by: User, at: datetime,
    file: StoredFile | None = None,
) -> Document:  # fmt: skip
    """Its heading; `file` None keeps the one that is there."""
    document = _locked(document)
    require(policies.may_edit_document(by, document))
    _check(facts)
    former = f"{document.title} {document.number}".strip()
    for name, value in _facts(facts).items():
        setattr(document, name, value)
    document.file = file or document.file
    document.version += 1
    document.save()
    _note(document, "edit", by=by, at=at, note=former)
    record(
        "regulation.edit", document, by=by, detail={"title": facts.title},
        unit_path=document.unit_path,
    )  # fmt: skip
    return document


@transaction.atomic
def add_clauses(document: Document, cuts: Sequence[Cut], *, by: User, at: datetime) -> list[Clause]:
    """Clauses as they were cut and looked over, after those that are there. A number that stands
    already is not added twice."""
    document = _locked(document)
    require(policies.may_cut_document(by, document))
    standing = {row.number for row in document.clauses.all() if row.dropped_at is None}
    fresh = [cut for cut in cuts if cut.number not in standing]
    if not fresh:
        raise Refused("没有新的条款：条号都已在库里。要改内容请点那一条的「改」。")
    parts = {row.key.partition("/")[2] for row in document.clauses.all()}
    last = document.clauses.aggregate(last=Max("place"))["last"] or 0
    rows = []
    for place, cut in enumerate(fresh, last + 1):
        part = free_part(cut.part, parts)
        parts.add(part)
        key = clause_key(document.key, part)
        rows.append(
            Clause(document=document, key=key, place=place, number=cut.number, text=cut.text)
        )
    made = Clause.objects.bulk_create(rows)
    _note(document, "cut", by=by, at=at, note=f"{len(made)} 条")
    record(
        "regulation.cut", document, by=by, detail={"clauses": len(made)},
        unit_path=document.unit_path,
    )  # fmt: skip
    return made


@transaction.atomic
def edit_clause(clause: Clause, *, number: str, text: str, by: User, at: datetime) -> Clause:
    """Its words; the key stays. The former words stay in the history."""
    clause = _locked_clause(clause)
    require(policies.may_edit_clause(by, clause))
    if not number.strip() or not text.strip():
        raise Refused("条号和内容都要填。")
    former = f"{clause.number}：{clause.text}"
    clause.number, clause.text = number.strip()[:60], text.strip()
    clause.is_edited, clause.is_summary, clause.trust = True, False, Trust.SCHOOL
    clause.save()
    _note(clause.document, "edit_clause", by=by, at=at, note=former)
    detail, path = {"clause": clause.key}, clause.document.unit_path
    record("regulation.edit_clause", clause, by=by, detail=detail, unit_path=path)
    return clause


@transaction.atomic
def drop_clause(clause: Clause, *, by: User, at: datetime) -> Clause:
    """Taken out: no list shows it, its page says so, what cites it still finds it."""
    clause = _locked_clause(clause)
    require(policies.may_edit_clause(by, clause))
    clause.dropped_at, clause.is_edited = at, True
    clause.save(update_fields=["dropped_at", "is_edited"])
    _note(clause.document, "drop_clause", by=by, at=at, note=f"{clause.number}：{clause.text}")
    detail, path = {"clause": clause.key}, clause.document.unit_path
    record("regulation.drop_clause", clause, by=by, detail=detail, unit_path=path)
    return clause


@transaction.atomic
def follow_units() -> int:
    """Write the units' present paths on the documents; gives how many were behind."""
    rows = Document.objects.filter(unit__isnull=False).exclude(unit_path=F("unit__path"))
    return sum(
        Document.objects.filter(pk=pk).update(unit_path=path)
        for pk, path in rows.values_list("pk", "unit__path")
    )


def _locked(document: Document) -> Document:
    return (
        Document.objects.select_for_update(of=("self",)).select_related("unit").get(pk=document.pk)
    )


def _locked_clause(clause: Clause) -> Clause:
    rows = Clause.objects.select_for_update(of=("self",)).select_related("document__unit")
    return rows.get(pk=clause.pk)


def _facts(facts: DocumentFacts) -> dict[str, object]:
    return {
        "title": facts.title.strip(), "number": facts.number.strip(),
        "issuer": facts.issuer.strip(), "reach": facts.reach, "issued_on": facts.issued_on,
        "in_force_on": facts.in_force_on, "valid_until": facts.valid_until,
        "link": facts.link.strip(), "note": facts.note.strip(),
    }  # fmt: skip


def _check(facts: DocumentFacts) -> None:
    if not facts.title.strip():
        raise Refused("文件名称没有填。")
    if facts.link.strip() and not facts.link.strip().lower().startswith(("https://", "http://")):
        raise Refused("原文链接写成 https://… 的样子；没有就留空。")
    begins, ends = facts.in_force_on, facts.valid_until
    if begins and ends and ends < begins:
        raise Refused("有效期至早于施行日期，请改正。")


def _note(document: Document, act: str, *, by: User, at: datetime, note: str = "") -> None:
    DocumentEvent.objects.create(
        document=document, **event_facts(act, by=by, at=at, note=note[:4000])
    )
