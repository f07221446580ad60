"""Every act and every detail that is recorded has a Chinese name on the log page."""

import ast

from meice.audit.phrases import named_acts, named_details
from tests.house.source import python_files, short, tree
from tests.house.states import flows


def _recordings():
    """Calls of `record("room.act", …)` and `audit.record(…)` in the house."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and _callee(node.func) == "record":
                yield path, node


def _callee(function):
    return getattr(function, "id", None) or getattr(function, "attr", None)


def _literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_every_act_has_a_phrase():
    acts = {
        act: short(path)
        for path, call in _recordings()
        if (act := _literal(call.args[0])) and "." in act
    }
    assert len(acts) > 20
    assert {act: path for act, path in acts.items() if act not in named_acts()} == {}


def test_every_step_of_a_flow_has_a_phrase():
    lacking = {
        f"{name}: {step}"
        for name, flow in flows().items()
        for step in flow.steps
        if not any(act.split(".")[1] == step for act in named_acts() if "." in act)
    }
    assert lacking == set()


def test_every_detail_has_a_label():
    keys = {
        key: short(path)
        for path, call in _recordings()
        for word in call.keywords
        if word.arg == "detail" and isinstance(word.value, ast.Dict)
        for key in map(_literal, filter(None, word.value.keys))
        if key
    }
    assert len(keys) > 10
    assert {key: path for key, path in keys.items() if key not in named_details()} == {}
