"""`python -m benchmarks.pages --daily 10000 [--rounds 9]`: the lists of the daily rooms, long.

One thing of each state is made through the rooms' own actions, then its row and the rows that
belong to it are copied until there are N: what a list has to sort, filter and count. Prints for
each list the median and worst milliseconds inside the server, its queries, and the ratio of the
median to the aim of 200 ms (issue 6, item 4).
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import UniqueConstraint

AIM = 200  # milliseconds of server time
BATCH = 500


@dataclass(frozen=True)
class Room:
    """How its things are made, by state, and the pages that list them."""

    makers: Mapping[str, Callable[[Any], Any]]
    pages: tuple[str, ...]
    readers: tuple[str, ...] = ("liang", "he")


def run(number: int, rounds: int) -> None:
    """Build, copy, ask each list, print a line each."""
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    connection.settings_dict["TEST"]["MIGRATE"] = False  # the tables of the models do
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        _measure(number, rounds)
    finally:
        teardown_databases(databases, verbosity=0)


def _rooms() -> dict[str, Room]:
    from tests.meice.whole import things_compliance as compliance
    from tests.meice.whole import things_editorial as editorial
    from tests.meice.whole import things_impersonations as impersonations
    from tests.meice.whole import things_incidents as incidents
    from tests.meice.whole import things_patrols as patrols

    return {
        "manuscripts": Room(editorial.MANUSCRIPTS, ("manuscript-list", "review-ledger")),
        "rounds": Room(patrols.ROUNDS, ("round-list",)),
        "incidents": Room(incidents.PLAIN, ("incident-list",)),
        "fakes": Room(impersonations.NEAR, ("impersonation-list",)),
        "devices": Room(compliance.DEVICES, ("device-list",)),
        "custodies": Room(compliance.CUSTODIES, ("custody-list",)),
    }


def _measure(number: int, rounds: int) -> None:
    from django.db import connection
    from django.urls import reverse
    from tests.conftest import make_cast
    from tests.meice.whole.conftest import make_world

    world = make_world(make_cast())
    pages: list[tuple[str, str, int]] = []
    for name, room in _rooms().items():
        made = [world.thing(f"{name} {at}", make) for at, make in room.makers.items()]
        rows = _copied(made, number)
        pages += [(who, reverse(page), rows) for page in room.pages for who in room.readers]
        sys.stderr.write(f"{name}: {rows}\n")
    pages.append(("liang", "/", 0))
    sys.stdout.write(f"{connection.vendor} · aim {AIM} ms\n")
    heads = f"{'rows':>8}{'median ms':>11}{'worst ms':>10}{'queries':>9}{'of aim':>8}\n"
    sys.stdout.write(f"{'who':8}{'page':28}{heads}")
    for who, address, rows in pages:
        sys.stdout.write(_line(getattr(world.cast, who), who, address, rows, rounds))


def _copied(made: Iterable[Any], number: int) -> int:
    """How many rows of the things' model there are when each has been copied often enough."""
    things = {(type(thing), thing.pk): thing for thing in made}.values()
    model = type(next(iter(things)))
    things = [model._default_manager.get(pk=thing.pk) for thing in things]
    each = -(-number // len(things))
    for thing in things:
        copies = model._default_manager.bulk_create(_copies(thing, each), batch_size=BATCH)
        for relation in model._meta.related_objects:
            if not relation.many_to_many and relation.related_model is not model:
                _copy_children(relation, thing, copies)
    return model._default_manager.count()


def _copies(thing: Any, number: int, **other: Any) -> Iterator[Any]:
    """Rows like this one, each older by a minute, unlike where the model wants it unlike."""
    fields = thing._meta.concrete_fields
    rules = [rule for rule in thing._meta.constraints if isinstance(rule, UniqueConstraint)]
    unlike = {name for rule in rules for name in rule.fields}
    for at in range(1, number + 1):
        values = {field.attname: getattr(thing, field.attname) for field in fields}
        values.pop(thing._meta.pk.attname)
        for field in fields:
            own = field.unique or (
                field.name in unlike and field.get_internal_type() == "CharField"
            )
            if own and not (field.primary_key or field.remote_field or field.choices):
                values[field.attname] = _other(values[field.attname])
            elif field.get_internal_type() == "DateTimeField" and values[field.attname]:
                values[field.attname] -= timedelta(minutes=at)
            elif field.get_internal_type() == "DateField" and field.name in unlike:
                values[field.attname] -= timedelta(days=at)
        yield type(thing)(**(values | other))


def _other(value: Any) -> Any:
    """A value that no other row has."""
    if isinstance(value, UUID):
        return uuid4()
    return f"{value[:5]}-{uuid4().hex[:12]}" if isinstance(value, str) else value


def _copy_children(relation: Any, thing: Any, copies: Iterable[Any]) -> None:
    """What hangs on the thing hangs on each copy as well."""
    model, key = relation.related_model, relation.field.attname
    rows = list(model._default_manager.filter(**{key: thing.pk}))
    model._default_manager.bulk_create(
        (one for copy in copies for row in rows for one in _copies(row, 1, **{key: copy.pk})),
        batch_size=BATCH,
    )


def _line(person: Any, who: str, address: str, rows: int, rounds: int) -> str:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from tests.conftest import BACKEND

    browser = Client()
    browser.force_login(person, backend=BACKEND)
    if browser.get(address).status_code != 200:
        return f"{who:8}{address:28} not hers\n"
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        browser.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as seen:
        browser.get(address)
    median = statistics.median(times)
    return (
        f"{who:8}{address:28}{rows:8}{median:11.0f}{max(times):10.0f}{len(seen):9}"
        f"{median / AIM:7.2f}×\n"
    )
