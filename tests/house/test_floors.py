"""The floors hold, and they would notice if they did not."""

import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")


def test_the_floors_hold():
    outcome = subprocess.run(
        [LINTER, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout


def test_an_import_upwards_is_noticed(tmp_path):
    package = tmp_path / "upside"
    for floor in ("low", "high"):
        (package / floor).mkdir(parents=True)
        (package / floor / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "low" / "__init__.py").write_text("import upside.high\n")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = upside\n"
        "[importlinter:contract:1]\nname = floors\ntype = layers\n"
        "layers =\n    upside.high\n    upside.low\n"
    )
    outcome = subprocess.run(
        [LINTER, "--no-logo"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert outcome.returncode == 1
