"""The four `.xls` of one unit and the zip that the notice names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meice.engines.annexes.merge.package import zip_members
from meice.engines.annexes.model import Annex, CountRow, Form, Header, Row
from meice.engines.annexes.naming import annex_file_name, package_stem
from meice.engines.annexes.write import write_workbook
from meice.surveys.models import SubmissionRow
from meice.surveys.rows.counting import counts_of
from meice.surveys.rows.texts import engine_rows


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One workbook of the package; `rows` as the receipt counts them (annex 3: forms)."""

    name: str
    content: bytes
    annex: Annex
    rows: int


@dataclass(frozen=True, slots=True)
class Packed:
    """The package: its name by the rule, its bytes, what is in it."""

    name: str
    content: bytes
    files: tuple[PackedFile, ...]
    counts: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every form of the package besides rows."""

    header: Header
    unit_name: str
    short_name: str
    sent_on: date
    delivery: str = ""


def pack(
    rows: Sequence[SubmissionRow],
    annexes: Sequence[Annex],
    head: Letterhead,
    office_holders: dict[str, int],
) -> Packed:
    """Write the forms asked for; annex 2 is computed. No query, tens of milliseconds."""
    counts = counts_of(rows, office_holders)
    files = []
    for annex in sorted(annexes):
        found = _rows_of(annex, rows, counts)
        forms = [Form("", annex, header=head.header, rows=tuple(found))]
        content = write_workbook(forms, delivery=head.delivery)
        files.append(PackedFile(annex_file_name(head.unit_name, annex), content, annex, len(found)))
    archive = zip_members(((file.name, file.content) for file in files), head.sent_on)
    name = f"{package_stem(head.sent_on, head.short_name)}.zip"
    return Packed(name, archive, tuple(files), counts)


def one_form(
    rows: Sequence[SubmissionRow], annex: Annex, head: Letterhead, office_holders: dict[str, int]
) -> tuple[str, bytes]:
    """One workbook of the package: name and bytes."""
    file = pack(rows, [annex], head, office_holders).files[0]
    return file.name, file.content


def _rows_of(
    annex: Annex, rows: Sequence[SubmissionRow], counts: Sequence[CountRow]
) -> Sequence[Row]:
    if annex is Annex.COUNTS:
        return counts
    own = [row for row in rows if row.annex == annex and not row.removed]
    return engine_rows(annex, own)
