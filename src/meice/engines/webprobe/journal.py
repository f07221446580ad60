"""The journal of a run: a line for each site that is done, so that a killed run goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from meice.engines.webprobe.report import SiteReport


class Journal:
    """A file of JSON lines. A site that was under way when the run died has no line: it is not
    finished, and is probed again from its start."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Mapping[str, SiteReport]:
        """The sites that are done, by start address; a torn last line is no site."""
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return {}
        found: dict[str, SiteReport] = {}
        for line in lines:
            try:
                report = SiteReport.from_kept(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
            found[report.url] = report
        return found

    def write(self, report: SiteReport) -> None:
        """Add a site, on the disk before this returns. Raises OSError when it cannot be."""
        line = json.dumps(report.kept(), ensure_ascii=False).encode("utf-8", "replace")
        with self.path.open("ab") as stream:
            torn = stream.tell() and not self._ends_whole()
            stream.write((b"\n" if torn else b"") + line + b"\n")
            stream.flush()
            os.fsync(stream.fileno())

    def _ends_whole(self) -> bool:
        with self.path.open("rb") as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) == b"\n"
