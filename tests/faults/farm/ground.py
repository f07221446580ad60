"""The farm as a test sees it: a process of its own, addresses, and what visitors did there."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Ground:
    """A farm that is up."""

    origins: Mapping[str, str]
    control: str
    root: str  # PEM file of the authority that sound certificates come from
    today: date = TODAY

    @property
    def exact(self) -> frozenset[tuple[str, int]]:
        """Every host and port of the farm, the one where nobody listens too."""
        parts = (origin.rpartition("/")[2].rpartition(":") for origin in self.origins.values())
        return frozenset((host, int(port)) for host, _, port in parts)

    def url(self, name: str) -> str:
        """The home page of a site."""
        return f"{self.origins[name]}/"

    def visits(self, name: str) -> list[dict[str, Any]]:
        """The requests that a site got: method, target, agent, at (seconds of a steady clock)."""
        return self._ask(f"/visits?site={name}")

    def turn(self, name: str, phase: int) -> None:
        """Let a site be another one from now on, where it knows phases."""
        self._ask(f"/phase?site={name}&to={phase}")

    def _ask(self, target: str) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.control + target, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def farm(today: date = TODAY) -> Iterator[Ground]:
    """Bring the farm up, and down again."""
    command = [sys.executable, "-m", "tests.faults.farm", "--today", str(today)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    with tempfile.TemporaryDirectory(prefix="farm-") as folder:
        try:
            told = json.loads(process.stdout.readline())
            roots = Path(folder) / "root.pem"
            roots.write_text(told["root"])
            yield Ground(told["origins"], told["control"], str(roots), today)
        finally:
            process.stdin.close()
            process.stdout.close()
            process.wait(timeout=30)
