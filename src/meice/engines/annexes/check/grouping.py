"""Puts what was found together: forms into packages, packages and forms into the report."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from meice.engines.annexes.check.found import Attachment, Item, Opened, Rejected
from meice.engines.annexes.check.package import check_package
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    Code,
    Form,
    Issue,
    Package,
    Report,
    Severity,
)
from meice.engines.annexes.read.basic import row_key, same_unit
from meice.engines.annexes.read.ledger import base_name


@dataclass(slots=True)
class Findings:
    """Everything found, in order; the forms of a file are filled in when it has been read."""

    slots: list[tuple[int, list[Form]]] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    attachments: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    modified: dict[str, str] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)

    def add(self, item: Item, given: int) -> list[Form]:
        """Note one item; returns the place for its forms."""
        slot: list[Form] = []
        if isinstance(item, Opened):
            self.archives.append(item.path)
        elif isinstance(item, Attachment):
            self.attachments[item.package or ""].append(item.path)
        else:
            self.slots.append((given, slot))
            if isinstance(item, Rejected):
                slot.append(Form(item.issue.path, issues=(item.issue,), package=item.package))
            else:
                owner = item.package or item.path
                self.modified[owner] = max(self.modified.get(owner, ""), item.modified)
        return slot

    def forms(self) -> Iterator[Form]:
        """Every form in order; a given path under which nothing was found is one without."""
        found: dict[int, list[Form]] = defaultdict(list)
        for given, slot in self.slots:
            found[given].extend(slot)
        for number, path in enumerate(self.given):
            yield from map(self._dated, found.get(number) or [_nothing(path)])

    def _dated(self, form: Form) -> Form:
        """A form that came in no package bears its file's own time."""
        modified = "" if form.package else self.modified.get(form.path, "")
        return replace(form, modified=modified) if modified else form


def _nothing(path: str) -> Form:
    message = f"{base_name(path)} 里没有表格文件。请放入附件 1–4 的 .xls 文件。"
    issue = Issue(
        Code.UNKNOWN_FORM, Severity.ERROR, path, None, None, "没有表格文件", "附件 1–4", message
    )
    return Form(path, issues=(issue,))


def report_of(findings: Findings, today: dt.date) -> Report:
    """The report: forms with what repeats across units, packages with what does not fit."""
    repeated = list(_with_repeats(list(findings.forms())))
    forms = _by_folder(repeated, set(findings.archives))
    return Report(tuple(forms), tuple(_packages(forms, findings, today)))


def _with_repeats(forms: Sequence[Form]) -> Iterator[Form]:
    """Rows that another unit has reported too: a warning in the later form."""
    first: dict[tuple[str, str, str], tuple[int, Form]] = {}
    for number, form in enumerate(forms):
        issues = list(form.issues)
        for index, row in enumerate(form.rows):
            if not isinstance(row, BasicRow) or not row.name:
                continue
            at, earlier = first.setdefault(row_key(row), (number, form))
            own, other = form.header.unit, earlier.header.unit
            if at != number and own and other and not same_unit(own, other):
                issues.append(_repeat(form, index, row.name, earlier))
        yield form if len(issues) == len(form.issues) else replace(form, issues=tuple(issues))


def _repeat(form: Form, index: int, name: str, earlier: Form) -> Issue:
    cell = form.places.address("name", index)
    message = (
        f"{cell} 「{name}」在{earlier.header.unit}的 {base_name(earlier.path)} 里也报了。"
        "请核对归哪个单位。"
    )
    return Issue(
        Code.DUPLICATE_ROW,
        Severity.WARNING,
        form.path,
        form.sheet,
        cell,
        name,
        "只由一个单位报",
        message,
    )


def _by_folder(forms: list[Form], archives: set[str]) -> list[Form]:
    """An archive in which several folders each hold another unit's annex 1 is several packages."""
    units: dict[str, dict[str, str]] = defaultdict(dict)
    for form in forms:
        if form.annex is Annex.BASIC and form.package in archives and form.header.unit:
            units[str(form.package)].setdefault(posixpath.dirname(form.path), form.header.unit)
    split = {path for path, found in units.items() if len(set(found.values())) > 1}
    return [
        replace(form, package=_folder_of(form, units[str(form.package)]))
        if form.package in split
        else form
        for form in forms
    ]


def _folder_of(form: Form, folders: dict[str, str]) -> str:
    """The unit's folder that a form lies in, at whatever depth; else its own."""
    own = posixpath.dirname(form.path)
    above = [folder for folder in folders if own == folder or own.startswith(f"{folder}/")]
    return max(above, key=len, default=own)


def _packages(forms: Sequence[Form], findings: Findings, today: dt.date) -> Iterator[Package]:
    grouped: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        if form.package is not None:
            grouped[form.package].append(form)
    archives = set(findings.archives)
    for path, own in grouped.items():
        if path not in archives and not any(form.annex for form in own):
            continue  # a folder that holds no form is no package
        yield check_package(
            path,
            own,
            findings.attachments.get(path, []),
            archive=path in archives,
            modified=findings.modified.get(path, ""),
            today=today,
        )
