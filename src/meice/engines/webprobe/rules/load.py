"""Rule sets from TOML: those that ship with the product by key, a school's own by file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from meice.engines.webprobe.findings import Code, Severity
from meice.engines.webprobe.rules.facts import Facts
from meice.engines.webprobe.rules.model import (
    Clause,
    Condition,
    Kind,
    RuleSet,
    Scope,
    Test,
    Thresholds,
    Trust,
)

SHIPPED = ("gov-2019-19", "school")
DEFAULT = "school"
_FACTS = frozenset({"", *(field.name for field in fields(Facts))})
_THRESHOLDS = frozenset(field.name for field in fields(Thresholds))


class RuleError(ValueError):
    """A rule set that cannot be read; the message is Chinese and names the place."""


@cache
def shipped(key: str = DEFAULT) -> RuleSet:
    """A rule set of the product by its key. Raises RuleError for an unknown key."""
    if key not in SHIPPED:
        raise RuleError(f"没有名为 {key} 的规则集，可用：{'、'.join(SHIPPED)}")
    return _rule_set(_shipped_table(key))


def load_rules(path: Path) -> RuleSet:
    """A rule set of a file; ``extends`` names the shipped one that it changes.

    Raises RuleError for what is not TOML or holds an unknown word, OSError for an unreadable file.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{path} 不是 TOML：{error}") from error
    return _rule_set(table)


def _shipped_table(key: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{key}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _rule_set(table: Mapping[str, Any]) -> RuleSet:
    try:
        return _read(_extended(table))
    except KeyError as error:
        raise RuleError(f"规则集缺少 {error.args[0]}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise RuleError(f"规则集里有不认识的内容：{error}") from error


def _extended(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table laid over the one it extends; a section is merged, ``clause`` is replaced."""
    base_key = table.get("extends")
    if base_key is None:
        return table
    if base_key not in SHIPPED:
        raise RuleError(f"extends = {base_key}：没有这个规则集，可用：{'、'.join(SHIPPED)}")
    merged: dict[str, Any] = dict(_extended(_shipped_table(base_key)))
    for key, value in table.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = {**merged[key], **value} if both else value
    return merged


def _read(table: Mapping[str, Any]) -> RuleSet:
    checks: Mapping[str, Mapping[str, str]] = table["check"]
    off = {Code(code) for code in table.get("off", ())}
    asked = {Code(code): row for code, row in checks.items() if Code(code) not in off}
    return RuleSet(
        key=table["key"],
        version=str(table["version"]),
        name=table["name"],
        source=table.get("source", ""),
        reference=bool(table.get("reference", False)),
        thresholds=_thresholds(table.get("thresholds", {})),
        column_days={kind: int(days) for kind, days in table["columns"].items()},
        severities={code: Severity(row["severity"]) for code, row in asked.items()},
        sources={code: row["rule"] for code, row in asked.items()},
        clauses=tuple(_clause(row) for row in table.get("clause", ()) if row.get("enabled", True)),
    )


def _thresholds(row: Mapping[str, Any]) -> Thresholds:
    unknown = sorted(row.keys() - _THRESHOLDS)
    if unknown:
        raise RuleError(f"[thresholds] 里不认识：{'、'.join(unknown)}")
    return Thresholds(**{key: _threshold(key, value) for key, value in row.items()})


def _threshold(key: str, value: Any) -> Any:
    """A value of the kind that the default has; whole numbers will do for broken ones."""
    usual = getattr(Thresholds(), key)
    if isinstance(usual, tuple):
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
    elif isinstance(usual, bool) or isinstance(value, bool):
        if isinstance(usual, bool) and isinstance(value, bool):
            return value
    elif isinstance(value, int | float) and value >= 0:
        return type(usual)(value)
    raise RuleError(f"[thresholds] {key} 的值不合要求：{value}")


def _clause(row: Mapping[str, Any]) -> Clause:
    return Clause(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        kind=Kind(row.get("kind", Kind.VETO)),
        scope=Scope(row.get("scope", Scope.WEBSITE)),
        trust=Trust[row["trust"]],
        conditions=tuple(_condition(each) for each in row.get("any", ())),
        human=tuple(row.get("human", ())),
        cap=float(row.get("cap", 0)),
    )


def _condition(row: Mapping[str, Any]) -> Condition:
    if row.get("fact", "") not in _FACTS:
        raise RuleError(f"没有名为 {row['fact']} 的事实，可用：{'、'.join(sorted(_FACTS - {''}))}")
    return Condition(
        test=Test(row["test"]),
        codes=tuple(Code(code) for code in row.get("codes", ())),
        kinds=tuple(row.get("kinds", ())),
        at_least=int(row.get("at_least", 1)),
        days=int(row.get("days", 0)),
        fact=row.get("fact", ""),
        bad=bool(row.get("bad", True)),
        points=float(row.get("points", 0)),
    )
