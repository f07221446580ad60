"""One verb everywhere: step, action, address, audit phrase; and the diagrams are the tables."""

import importlib
import re

import pytest
from django.urls import get_resolver

from tests.house.source import PACKAGE, ROOMS, ROOT, python_files
from tests.house.states import FOLDER, flows, pages


def test_state_diagrams_equal_the_tables():
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == {
        path.name: text for path, text in pages().items()
    }


def _steps():
    return [(name, step) for name, flow in flows().items() for step in flow.steps]


def _sources(file):
    """The text of every module called `file` (or a package of that name) in all rooms."""
    texts = []
    for room in ROOMS:
        for path in python_files(room):
            if path.stem == file or path.parent.name == file:
                texts.append(path.read_text("utf-8"))
    return "\n".join(texts)


@pytest.mark.django_db
def test_every_step_has_an_action_and_an_audit_phrase():
    actions = _sources("actions")
    looked_up = {name for name in flows() if f"{name.split('-')[1].upper()}_STEP" in actions}
    lacking = [
        f"{flow}.{step}"
        for flow, step in _steps()
        if flow not in looked_up and f'"{step}"' not in actions and f".{step}" not in actions
    ]
    assert lacking == []


def test_every_word_of_a_flow_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    lacking = [
        f"{name}: {word}"
        for name, flow in flows().items()
        for word in [step.label for step in flow.steps.values()]
        + [state.label for state in flow.states]
        if word not in glossary
    ]
    assert lacking == []


def test_every_address_has_a_name_without_a_namespace():
    nameless = [str(pattern.pattern) for pattern in _patterns(get_resolver()) if not pattern.name]
    assert nameless == []


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern)
        else:
            yield pattern


def test_every_room_names_its_modules_as_the_house_does():
    usual = {
        "apps", "models", "policies", "workflow", "actions", "forms", "views", "urls", "tasks",
        "slots", "documents", "templates", "migrations", "static", "templatetags",
    }  # fmt: skip
    assert usual
    for room in ROOMS:
        importlib.import_module(f"meice.{room.relative_to(PACKAGE)}")
        assert not [
            p for p in room.rglob("*.py") if re.search(r"(utils?|helpers?|managers?)\.py$", p.name)
        ]
