"""Whole tables at once: `python -m tests.house.migrations` (`make migrations`) folds first migrations.

`makemigrations` leaves most constraints and indexes behind as operations of their own, and SQLite
then lays the same table again and again. A new installation pays for that, and each test that starts
one: ten times the processor time.
"""

import sys
from pathlib import Path

from django.apps import apps
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from meice.kernel.tables import Tables

FIRST = "0001_initial"
BASE = "from meice.kernel.tables import Tables"
KNOWN = (CreateModel, AddField, AddIndex, AddConstraint)
LATER = {"indexes": AddIndex, "constraints": AddConstraint}


def first_migrations():
    """The first migration of each room, by label."""
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("meice.")}
    return {
        label: migration
        for (label, name), migration in sorted(loader.disk_migrations.items())
        if label in ours and name == FIRST
    }


def folded(migration):
    """The operations that make the same tables, each with all that belongs to it."""
    if not all(isinstance(each, KNOWN) for each in migration.operations):
        return migration.operations
    state = ProjectState()
    for each in migration.operations:
        each.state_forwards(migration.app_label, state)
    waiting = {name: model for (_, name), model in state.models.items()}
    made, later = [], []
    while waiting:
        name = min(waiting, key=lambda each: _cost(waiting, each))
        apart = _needs(waiting, name)
        create, rest = _laid(waiting.pop(name), apart)
        made.append(create)
        later += rest
    return made + later


def _needs(waiting, name):
    """The fields of a model that point at another one of the room that is not made yet."""
    model = waiting[name]
    return [
        field
        for field, kind in model.fields.items()
        if any(other in waiting and other != name for other in _targets(kind, model.app_label))
    ]


def _cost(waiting, name):
    """What it takes to make a model now: a field that may be empty is added to a table easily."""
    apart = [waiting[name].fields[field] for field in _needs(waiting, name)]
    return sum(not kind.null for kind in apart), len(apart)


def _targets(kind, label):
    """The models of the room that a field refers to, in small letters."""
    named = (getattr(kind.remote_field, each, None) for each in ("model", "through"))
    places = (each.lower().rpartition(".") for each in named if isinstance(each, str))
    return [name for room, _, name in places if room in ("", label)]


def _laid(model, apart):
    """The model without the fields `apart`, and what is added when all others are made."""
    options, later = dict(model.options), []
    for kind, operation in LATER.items():
        held = options.pop(kind, [])
        early = [each for each in held if not any(f"'{field}" in repr(each) for field in apart)]
        later += [operation(model.name, each) for each in held if each not in early]
        if early:
            options[kind] = early
    fields = [(name, field) for name, field in model.fields.items() if name not in apart]
    added = [AddField(model.name, name, model.fields[name]) for name in apart]
    return CreateModel(model.name, fields, options, model.bases, model.managers), added + later


def is_whole(migration):
    """True when it lays whole tables, all in one go."""
    return isinstance(migration, Tables) and len(folded(migration)) == len(migration.operations)


def rewrite(label, migration):
    """Write the folded migration in the place of the one there."""
    fresh = type("Migration", (Migration,), {"initial": True})(FIRST, label)
    fresh.dependencies, fresh.operations = migration.dependencies, folded(migration)
    path = Path(sys.modules[type(migration).__module__].__file__)
    text = MigrationWriter(fresh, include_header=False).as_string()
    text = text.replace("Migration(migrations.Migration)", "Migration(Tables)", 1)
    path.write_text(text.replace("\n\n\n", f"\n\n{BASE}\n\n\n", 1), "utf-8")


def main():
    """Fold those that can be folded."""
    for label, migration in first_migrations().items():
        if not is_whole(migration):
            rewrite(label, migration)
            sys.stdout.write(f"{label}: {len(migration.operations)} → {len(folded(migration))}\n")


if __name__ == "__main__":
    import django

    django.setup()
    main()
