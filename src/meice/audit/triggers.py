"""The database itself refuses to change or remove entries and links (and evidence).

A migration that rebuilds one of these tables must call `install` again at its end.
"""

from typing import Any

TABLES = ("audit_entry", "audit_chainlink")
REFUSAL = "audit is append-only"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION meice_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$
"""


def install(cursor: Any, vendor: str, tables: tuple[str, ...] = TABLES) -> None:
    """Create the triggers (`vendor`: sqlite or postgresql); other rooms guard their own tables."""
    if vendor == "postgresql":
        cursor.execute(_POSTGRES_FUNCTION)
    for table in tables:
        for statement in _CREATE[vendor]:
            cursor.execute(statement.format(table=table, refusal=REFUSAL))


def remove(cursor: Any, vendor: str, tables: tuple[str, ...] = TABLES) -> None:
    """Drop the triggers, as somebody with the database in his hands could."""
    for table in tables:
        for statement in _DROP[vendor]:
            cursor.execute(statement.format(table=table))


_SQLITE_CREATE = """
CREATE TRIGGER {{table}}_{event} BEFORE {event} ON {{table}}
BEGIN SELECT RAISE(ABORT, '{{refusal}}'); END
"""
_CREATE = {
    "sqlite": tuple(_SQLITE_CREATE.format(event=event) for event in ("UPDATE", "DELETE")),
    "postgresql": (
        "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION meice_append_only()",
    ),
}
_DROP = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS {{table}}_{event}" for event in ("UPDATE", "DELETE")),
    "postgresql": ("DROP TRIGGER IF EXISTS {table}_append_only ON {table}",),
}
