"""Only actions write, only a Flow assigns a status, nobody hides in signals."""

import ast

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
    files = [path for room in ROOMS for path in python_files(room)]
    assert files
    return files


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


def _may_write(path):
    return (
        _writers_name(path)
        or path.parent.name == "models"
        or path.name in {"models.py", "config.py"}
    )


def _writes(module):
    """Each call of the module that writes a record, and its line."""
    for node, function in _calls_on_objects(module):
        if function.attr in WRITES:
            yield node.lineno, f".{function.attr}()"


def _assigned_statuses(module):
    """The lines on which the module gives an object a status."""
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(each, ast.Attribute) and each.attr == "status" for each in targets):
                yield node.lineno


def test_only_actions_write():
    writes = [
        f"{short(path)}:{line} {call}"
        for path in _rooms_files()
        if not _may_write(path)
        for line, call in _writes(tree(path))
    ]
    assert writes == []


def test_only_a_flow_assigns_status():
    assigned = [
        f"{short(path)}:{line}"
        for path in _rooms_files()
        for line in _assigned_statuses(tree(path))
    ]
    assert assigned == []


def test_what_writes_or_assigns_is_found():
    module = ast.parse("Outlet.objects.create(name=name)\noutlet.status = 1\nbook.save(stream)")
    assert list(_writes(module)) == [(1, ".create()")]
    assert list(_assigned_statuses(module)) == [2]


def test_no_signals_no_thread_locals():
    hidden = ("django.dispatch", "django.db.models.signals", "threading.local")
    found = [
        f"{short(path)} {words}"
        for path in _rooms_files()
        for words in hidden
        if words in path.read_text("utf-8")
    ]
    assert found == []
