"""No file over 400 lines, no function over 60: what is longer hides two things."""

import ast

from tests.house.source import PACKAGE, python_files, short, tracked, tree


def test_no_file_is_over_400_lines():
    files = [*tracked("*.py", "*.js", "*.mjs", "*.html", "*.css")]
    assert files
    long = {
        short(path): lines
        for path in files
        if "migrations" not in path.parts
        and (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long


def test_no_function_is_over_60_lines():
    long = {
        f"{short(path)}:{node.name}": size
        for path in python_files(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or 0) - node.lineno + 1) > 60
    }
    assert not long
