"""States that many tests begin from: made once, rolled back to, handed to each test as a copy.

`@base_state` makes a fixture of a function as `@pytest.fixture` does; its parameters are other base
states:

    @base_state
    def school():
        return make_school()

    @base_state
    def outlet(school):
        return accepted(school, opening(school)).outlet

A process of pytest keeps the states that the running test asks for open, each in a savepoint within
the one that it builds on, and the test's own transaction within the innermost. A test that asks for
none of them, or for real transactions, sees none: what is open is rolled back before it. So a test
finds what it would find if its fixtures ran for it alone. The copies of one test belong together
(`outlet.unit` is `school.maths` where it was so when they were made), and the files that a base
state keeps lie in the test's own folder.
"""

import inspect
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

__all__ = [
    "_django_db_helper",
    "base_stack",
    "open_base_states",
    "pytest_fixture_setup",
    "pytest_runtest_teardown",
]
FOLLOWING, STACK = pytest.StashKey(), pytest.StashKey()
KEYWORD = inspect.Parameter.POSITIONAL_OR_KEYWORD
REAL = {"transactional_db", "live_server", "django_db_reset_sequences"}


@dataclass(frozen=True)
class BaseState:
    """How a base state is made, and the names of those that it builds on."""

    make: Callable
    needs: tuple[str, ...]


@dataclass
class Level:
    """One open state: what stood when it had been made, and how to take it back."""

    state: BaseState
    values: dict
    files: Path
    block: transaction.Atomic


@dataclass
class Stack:
    """The states that are open, outermost first, and the copies of the running test."""

    folders: Callable
    levels: list[Level] = field(default_factory=list)
    copies: dict = field(default_factory=dict)
    within: int = 0
    """So many transactions of other fixtures were open before the outermost state."""

    def open(self, states):
        """Exactly these: what is open already stays."""
        self.close(self.shared(states))
        for name, state in states[len(self.levels) :]:
            self._push(name, state)
        self.copies = deepcopy(self.levels[-1].values) if self.levels else {}

    def shared(self, states):
        """How many of the open levels `states` begin with."""
        for number, level in enumerate(self.levels):
            if number >= len(states) or states[number][1] is not level.state:
                return number
        return len(self.levels)

    def close(self, keep=0):
        """Roll back to the first `keep` levels."""
        while len(self.levels) > keep:
            level = self.levels.pop()
            assert connection.atomic_blocks[-1] is level.block, "closed out of turn"
            transaction.set_rollback(True)
            level.block.__exit__(None, None, None)

    def wanted_after(self, item, following):
        """How many levels the next test goes on with; none outlives the transaction it is in."""
        if following is None or (self.within and following.parent is not item.parent):
            return 0
        return self.shared(states_of(following))

    def _push(self, name, state):
        values = deepcopy(self.levels[-1].values) if self.levels else {}
        files = self.folders(f"base-{name}") / "files"
        if self.levels:
            lay_files(self.levels[-1].files, files)
        else:
            self.within = len(connection.atomic_blocks)
        block = transaction.atomic()
        block._from_testcase = True  # as Django's own: a durable block may stand within
        block.__enter__()
        self.levels.append(Level(state, values, files, block))
        try:
            with override_settings(FILES_DIR=files):
                values[name] = state.make(**{need: values[need] for need in state.needs})
        except BaseException:
            self.close(len(self.levels) - 1)
            raise
        self.levels[-1].values = deepcopy(values)


def lay_files(kept, folder):
    """Copies of what a base state has kept."""
    if kept.exists():
        shutil.copytree(kept, folder, dirs_exist_ok=True)


def base_state(make):
    """A fixture with what `make` gives, made once for the tests that follow one another."""
    name, needs = make.__name__, tuple(inspect.signature(make).parameters)

    def fixture(db, base_stack, **needed):
        copies = base_stack.copies
        return copies[name] if name in copies else make(**needed)

    asked = [inspect.Parameter(each, KEYWORD) for each in ("db", "base_stack", *needs)]
    fixture.__signature__ = inspect.Signature(asked)
    fixture.__doc__, fixture.base_state = make.__doc__, BaseState(make, needs)
    return pytest.fixture(fixture, name=name)


def states_of(item):
    """The base states that a test asks for by name, each after those that it builds on."""
    found = {}
    definitions = item._fixtureinfo.name2fixturedefs

    def add(name):
        if name in found:
            return True
        function = definitions[name][-1].func if definitions.get(name) else None
        state = getattr(function, "base_state", None)
        if state is None or not all(map(add, state.needs)):
            return False
        found[name] = state
        return True

    if not wants_real_transactions(item):
        for name in item.fixturenames:
            add(name)
    return list(found.items())


def wants_real_transactions(item):
    """Whether pytest-django gives it a database that is emptied afterwards."""
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and (
        marker.args[:1] == (True,)
        or bool({"transaction", "reset_sequences"} & {k for k, v in marker.kwargs.items() if v})
    )
    return asked or bool(REAL & set(item.fixturenames))


def in_order(items):
    """Within a module the tests of one base state follow one another."""
    places = {}
    for item in items:
        places.setdefault(item.parent, len(places))
    return sorted(items, key=lambda item: (places[item.parent], [n for n, _ in states_of(item)]))


@pytest.fixture(scope="session")
def base_stack(request, tmp_path_factory):
    """What is open in this process."""
    request.session.stash[STACK] = Stack(tmp_path_factory.mktemp)
    return request.session.stash[STACK]


@pytest.fixture
def open_base_states(request, django_db_setup, django_db_blocker, base_stack, kept_files, settings):
    """Opened before the test's transaction begins; what the next test does not need is closed."""
    with django_db_blocker.unblock():
        base_stack.open(states_of(request.node))
    if base_stack.levels:
        lay_files(base_stack.levels[-1].files, Path(settings.FILES_DIR))
    yield
    base_stack.copies = {}
    with django_db_blocker.unblock():
        base_stack.close(base_stack.wanted_after(request.node, request.session.stash[FOLLOWING]))


@pytest.fixture
def _django_db_helper(open_base_states, _django_db_helper):
    """pytest-django's transaction of the test, within the base states."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """Keeps in mind which test is next."""
    item.session.stash[FOLLOWING] = nextitem


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """A fixture of a module or a package that opens the database begins on an empty one."""
    stack = request.session.stash.get(STACK, None)
    opens = fixturedef.scope != "function" and "django_db_blocker" in fixturedef.argnames
    if stack and opens and not fixturedef.func.__module__.startswith("pytest_django"):
        with request.getfixturevalue("django_db_blocker").unblock():
            stack.close()
