"""What looking through paths and archives finds, in order."""

from __future__ import annotations

from dataclasses import dataclass

from meice.engines.annexes.model import Code, Issue, Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be read; ``modified`` is its own time (ISO, "" if unknown)."""

    path: str
    data: bytes
    package: str | None = None
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that neither is nor is named a spreadsheet: kept in sight, not read."""

    path: str
    package: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A path refused without being read."""

    issue: Issue
    package: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive or a folder was opened; its forms follow."""

    path: str
    archive: bool


Item = Entry | Attachment | Rejected | Opened


def rejected(
    code: Code, path: str, found: str, expected: str, message: str, package: str | None = None
) -> Rejected:
    """A refusal with its issue."""
    issue = Issue(code, Severity.ERROR, path, None, None, found, expected, message)
    return Rejected(issue, package)
