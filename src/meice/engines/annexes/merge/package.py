"""The merged package: four ``.xls`` (and, for many annex 3, a folder), in one zip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from meice.engines.annexes.columns import MARKS
from meice.engines.annexes.merge.choose import Merged, Taken, unit_of
from meice.engines.annexes.model import NO_HEADER, Annex, FilingForm, Form, Header, Row
from meice.engines.annexes.naming import annex_file_name, safe_file_stem
from meice.engines.annexes.write import write_filing_list, write_workbook

MOST_FILING_SHEETS = 200
FILINGS_FOLDER = "附件3"
_FILE_MODE = 0o644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the package: its name, and the forms in it or the entries of the list."""

    name: str
    forms: tuple[Form, ...] = ()
    header: Header = NO_HEADER
    entries: tuple[tuple[str, int, str], ...] = ()


def write_member(member: Member) -> bytes:
    """The file's bytes."""
    if member.entries:
        return write_filing_list(member.header, member.entries)
    return write_workbook(member.forms)


def package_members(merged: Merged) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file of the package, in their fixed order."""
    for member in plan_members(merged):
        yield member.name, write_member(member)


def plan_members(merged: Merged) -> tuple[Member, ...]:
    """The files of the package in their fixed order: annexes 1 to 4, then the folder's."""
    request = merged.request
    filing, *folder = _filing_members(merged)
    rows: Mapping[Annex, Iterable[Row]] = {
        Annex.BASIC: (replace(t.row, number=n) for n, t in enumerate(merged.basic, 1)),
        Annex.COUNTS: merged.counts,
        Annex.FILINGS: (replace(t.row, number=n) for n, t in enumerate(merged.filing_rows, 1)),
    }
    one, two, four = (
        Member(
            annex_file_name(request.unit, annex),
            (Form("", annex, header=request.header, rows=tuple(each)),),
        )
        for annex, each in rows.items()
    )
    return (one, two, filing, four, *folder)


def _filing_members(merged: Merged) -> Iterator[Member]:
    header = merged.request.header
    name = annex_file_name(merged.request.unit, Annex.FILING)
    forms = tuple(_single(taken) for taken in merged.filings)
    if len(forms) <= MOST_FILING_SHEETS:
        yield Member(name, forms or (Form("", Annex.FILING, header=header),))
        return
    by_unit = _by_unit(merged.filings)
    names = _member_names(by_unit)
    entries = tuple((unit, len(by_unit[unit]), names[unit]) for unit in by_unit)
    yield Member(name, header=header, entries=entries)
    for unit, taken in by_unit.items():
        yield Member(names[unit], tuple(_single(each) for each in taken))


def _single(taken: Taken[FilingForm]) -> Form:
    return Form("", Annex.FILING, header=taken.form.header, rows=(taken.row,))


def _by_unit(filings: Sequence[Taken[FilingForm]]) -> Mapping[str, list[Taken[FilingForm]]]:
    groups: dict[str, list[Taken[FilingForm]]] = {}
    for taken in filings:
        unit = taken.form.header.unit or unit_of(taken.row, taken.form)
        groups.setdefault(unit, []).append(taken)
    return groups


def _member_names(units: Mapping[str, object]) -> Mapping[str, str]:
    """A path in the folder for each unit; two units may share a safe name, no path is shared."""
    used: set[str] = set()
    names: dict[str, str] = {}
    for unit in units:
        stem, number = safe_file_stem(unit), 1
        while (name := _member_name(stem, number)).casefold() in used:
            number += 1
        used.add(name.casefold())
        names[unit] = name
    return names


def _member_name(stem: str, number: int) -> str:
    tail = f"（{number}）" if number > 1 else ""
    return f"{FILINGS_FOLDER}/{stem}{tail}{MARKS[Annex.FILING]}.xls"


def zip_members(members: Iterable[tuple[str, bytes]], day: date) -> bytes:
    """The zip: UTF-8 flagged names, the given order, every time stamp ``day`` at midnight."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in members:
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, _UNIX
            entry.external_attr = _FILE_MODE
            archive.writestr(entry, content)
    return stream.getvalue()
