"""What the four annexes hold, as values: rows, forms, packages, issues.

The JSON of every class is the one of the command line's contract; its keys never change within a
major version. Values are immutable; a form read from a sheet carries its cell addresses beside
its rows (``Places``), so that a row is the same whether it was read, computed or typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from meice.engines.annexes import codec
from meice.engines.annexes.codec import JsonError
from meice.engines.annexes.rows import (
    ROW_TYPES,
    Annex,
    BasicRow,
    CountRow,
    FilingForm,
    FilingKind,
    FilingRow,
    Header,
    Json,
    Person,
    Rectified,
    Row,
)

__all__ = [
    "ROW_TYPES",
    "Annex",
    "BasicRow",
    "Code",
    "CountRow",
    "FilingForm",
    "FilingKind",
    "FilingRow",
    "Form",
    "Header",
    "Issue",
    "Json",
    "JsonError",
    "Package",
    "Person",
    "Places",
    "Rectified",
    "Report",
    "Row",
    "Severity",
]


class Severity(StrEnum):
    """An error keeps a file out of the merge; a warning goes in and is listed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    """Every kind of issue; the code is stable, the message is for people."""

    NOT_A_SPREADSHEET = "not-a-spreadsheet"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TOO_LARGE = "too-large"
    UNSAFE_ARCHIVE = "unsafe-archive"
    UNKNOWN_FORM = "unknown-form"
    MISSING_COLUMN = "missing-column"
    BAD_MOBILE = "bad-mobile"
    RECTIFIED_MISMATCH = "rectified-mismatch"
    BAD_VALUE = "bad-value"
    BAD_DATE = "bad-date"
    DUPLICATE_ROW = "duplicate-row"
    MISSING_VALUE = "missing-value"
    FORMULA_CELL = "formula-cell"
    MISSING_HEADER = "missing-header"
    BAD_URL = "bad-url"
    ONE_PER_PLATFORM = "one-per-platform"
    SUM_MISMATCH = "sum-mismatch"
    ANNEX4_MISMATCH = "annex4-mismatch"
    UNIT_MISMATCH = "unit-mismatch"
    MISSING_ANNEX = "missing-annex"
    BAD_PACKAGE_NAME = "bad-package-name"
    SAMPLE_ROW = "sample-row"


@codec.quick
@dataclass(frozen=True, slots=True)
class Issue:
    """One thing found wrong: where (file, sheet, cell), what was found, what was expected, and
    in ``message`` how to mend it, in Chinese."""

    code: Code
    severity: Severity
    path: str
    sheet: str | None = None
    cell: str | None = None
    found: str = ""
    expected: str = ""
    message: str = ""

    def to_json(self) -> Json:
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "path": self.path,
            "sheet": self.sheet,
            "cell": self.cell,
            "found": self.found,
            "expected": self.expected,
            "message": self.message,
        }

    @classmethod
    def from_json(cls, given: object) -> Self:
        return codec.build(cls, given, code=codec.choice(Code), severity=codec.choice(Severity))


@codec.quick
@dataclass(frozen=True, slots=True)
class Places:
    """Where the rows of one sheet stood; rows and columns count from 0.

    A table (annexes 1, 2, 4) needs the column of each field and the sheet row of each record:
    ``columns`` and ``lines``. An annex 3 needs a cell for each dotted key: ``cells``, which also
    holds the header's cells as ``header.unit`` … for all four forms.
    """

    columns: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    cells: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def address(self, key: str, index: int = 0) -> str | None:
        """``G7`` for field ``key`` of record ``index``, or None where it stood nowhere."""
        if key in self.cells:
            return cell_name(*self.cells[key])
        if key in self.columns and index < len(self.lines):
            return cell_name(self.lines[index], self.columns[key])
        return None


def cell_name(row: int, column: int) -> str:
    """``cell_name(6, 6)`` is ``G7``: row and column from 0, the name as a spreadsheet shows it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


NO_HEADER = Header()
NOWHERE = Places()


@codec.quick
@dataclass(frozen=True, slots=True)
class Form:
    """One form found in one workbook (or a path in which none was found: ``annex`` is None).

    ``sheets`` counts the sheets opened; ``package`` is the path of the package it came in;
    ``modified`` the time (ISO) of a file that came in none, "" if unknown. The form of annex 3
    has one row; ``meice annex read`` joins the forms of a workbook's sheets.
    """

    path: str
    annex: Annex | None = None
    sheet: str | None = None
    sheets: int = 0
    header: Header = NO_HEADER
    rows: tuple[Row, ...] = ()
    samples: tuple[Row, ...] = ()
    issues: tuple[Issue, ...] = ()
    places: Places = NOWHERE
    package: str | None = None
    modified: str = ""

    @property
    def accepted(self) -> bool:
        """Accepted when it holds no error; warnings go in and are listed."""
        return all(issue.severity is not Severity.ERROR for issue in self.issues)

    def to_json(self) -> Json:
        """The document of ``meice annex read`` and of ``meice annex write --data``."""
        return {
            "path": self.path,
            "annex": self.annex and int(self.annex),
            "sheet": self.sheet,
            "header": self.header.to_json(),
            "rows": [row.to_json() for row in self.rows],
            "samples": [row.to_json() for row in self.samples],
            "issues": [issue.to_json() for issue in self.issues],
        }

    @classmethod
    def from_json(cls, given: object, annex: Annex | None = None) -> Self:
        """Read such a document; ``annex`` overrides what it says. Raises JsonError."""
        data = codec.document(given)
        number = annex or codec.maybe(codec.choice(Annex))(data.get("annex"))
        read_rows: Callable[[object], tuple[Row, ...]]
        read_rows = codec.many(ROW_TYPES[number].from_json if number else codec.refuse_rows)
        return cls(
            path=codec.text(data.get("path", "")),
            annex=number,
            sheet=codec.maybe(codec.text)(data.get("sheet")),
            header=Header.from_json(data.get("header", {})),
            rows=read_rows(data.get("rows", [])),
            samples=read_rows(data.get("samples", [])),
            issues=codec.many(Issue.from_json)(data.get("issues", [])),
        )

    def to_file_json(self) -> Json:
        """The File entry of ``meice annex check``."""
        return {
            "path": self.path,
            "sheet": self.sheet,
            "sheets": self.sheets,
            "annex": self.annex and int(self.annex),
            "unit": self.header.unit,
            "rows": len(self.rows),
            "accepted": self.accepted,
            "issues": [issue.to_json() for issue in self.issues],
        }


@dataclass(frozen=True, slots=True)
class Package:
    """A zip, or a folder that itself holds forms. ``modified`` is the latest member's time (ISO,
    "" if unknown) and decides between two packages of one unit whose names bear no date."""

    path: str
    unit: str = ""
    date: str = ""
    accepted: bool = True
    attachments: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    modified: str = ""

    def to_json(self) -> Json:
        return {
            "path": self.path,
            "unit": self.unit,
            "date": self.date,
            "accepted": self.accepted,
            "attachments": list(self.attachments),
            "issues": [issue.to_json() for issue in self.issues],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one ``check`` found: the forms (with their rows) and the packages."""

    files: tuple[Form, ...] = ()
    packages: tuple[Package, ...] = ()

    def issues(self) -> tuple[Issue, ...]:
        """Every issue of every file and package, in order."""
        of_files = (issue for form in self.files for issue in form.issues)
        of_packages = (issue for package in self.packages for issue in package.issues)
        return (*of_files, *of_packages)

    @property
    def has_errors(self) -> bool:
        return any(issue.severity is Severity.ERROR for issue in self.issues())

    def to_json(self) -> Json:
        severities = [issue.severity for issue in self.issues()]
        accepted = sum(form.accepted for form in self.files)
        return {
            "files": [form.to_file_json() for form in self.files],
            "packages": [package.to_json() for package in self.packages],
            "summary": {
                "files": len(self.files),
                "accepted": accepted,
                "rejected": len(self.files) - accepted,
                "errors": severities.count(Severity.ERROR),
                "warnings": severities.count(Severity.WARNING),
            },
        }
