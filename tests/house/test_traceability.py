"""Every clause of the notice names what serves it, and every test it names exists."""

import ast
import re

import pytest

from tests.house.source import ROOT, tree

PAGE = ROOT / "docs" / "traceability.md"
THREATS = ROOT / "docs" / "threat-model.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
CLAUSES = (
    "一（一）",
    "一（二）",
    "一（三）",
    "二（一）",
    "二（二）",
    "二（三）",
    "二（四）",
    "二（五）",
    "三（一）",
    "三（二）",
    "三（三）",
    "三（四）",
    "三（五）",
    "三（六）",
    "附件1",
    "附件2",
    "附件3",
    "附件4",
)


def _rows():
    lines = PAGE.read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("|") and not line.startswith("|--")]


def test_every_clause_has_a_row():
    firsts = " ".join(row.split("|")[1] for row in _rows())
    assert [clause for clause in CLAUSES if clause not in firsts] == []


def test_every_row_names_a_test_or_says_not_yet():
    silent = [
        row
        for row in _rows()[1:]
        if not NAMED.search(row) and "not yet" not in row and "---" not in row
    ]
    assert silent == []


@pytest.mark.parametrize("page", [PAGE, THREATS], ids=lambda page: page.stem)
def test_every_named_test_exists(page):
    missing = []
    for file, function in NAMED.findall(page.read_text("utf-8")):
        path = ROOT / file
        names = (
            {n.name for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef)}
            if path.exists()
            else set()
        )
        if not path.exists() or (function and function not in names):
            missing.append(f"{file}::{function}")
    assert missing == []
