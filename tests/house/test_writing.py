"""Only actions write, only a Flow assigns a status, nobody hides in signals."""

import ast

import pytest

from tests.house.source import ROOMS, python_files, short, tree

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
}
# These modules are the writing itself: engines of a table of their own, below every action.
WRITERS = {"actions.py", "backend.py", "worker.py", "chain.py", "queue.py"}


def _rooms_files():
    return [path for room in ROOMS for path in python_files(room)]


def _writers_name(path):
    return path.name in WRITERS or path.parent.name == "actions"


def _calls_on_objects(module):
    """Calls such as `Outlet.objects.create(…)` or `record.save(…)`, by attribute.

    `document.save(stream)` is a file's: a record's `save` takes its fields by name.
    """
    for node in ast.walk(module):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if called and not (node.func.attr == "save" and node.args):
            yield node, node.func


@pytest.mark.parametrize("path", _rooms_files(), ids=short)
def test_only_actions_write(path):
    if (
        _writers_name(path)
        or path.parent.name == "models"
        or path.name in {"models.py", "config.py"}
    ):
        return
    writes = [
        f"{short(path)}:{node.lineno} .{function.attr}()"
        for node, function in _calls_on_objects(tree(path))
        if function.attr in WRITES
    ]
    assert not writes


@pytest.mark.parametrize("path", _rooms_files(), ids=short)
def test_only_a_flow_assigns_status(path):
    assigned = [
        f"{short(path)}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "status"
    ]
    assert not assigned


@pytest.mark.parametrize("path", _rooms_files(), ids=short)
def test_no_signals_no_thread_locals(path):
    text = path.read_text("utf-8")
    assert "django.dispatch" not in text
    assert "django.db.models.signals" not in text
    assert "threading.local" not in text
