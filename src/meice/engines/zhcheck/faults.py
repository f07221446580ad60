"""What is wrong with a lexicon file: every fault in Chinese, with its entry and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

_Choice = TypeVar("_Choice", bound=StrEnum)
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'([^']*)'")
_PLACE = re.compile(r"line (\d+), column (\d+)")
_KINDS = {str: "文字", int: "整数", list: "列表 […]", dict: "表", date: "日期（2026-01-31）"}


class LexiconError(ValueError):
    """A lexicon that cannot be used; `faults` are lines for the person who wrote it."""

    def __init__(self, file: str, faults: Iterable[str]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{file}：{fault}" for fault in self.faults))


class Faults:
    """Collects the faults of one file while it is read."""

    def __init__(self, text: str) -> None:
        self.found: list[str] = []
        self._text = text

    def add(self, fault: str, *near: object) -> None:
        """Note a fault; `near` are values of the entry, of which one may tell the line."""
        line = next(filter(None, map(self._line, near)), None)
        self.found.append(f"第{line}行，{fault}" if line else fault)

    def add_double(self, fault: str, word: str) -> None:
        """Note a fault of a word that stands in the file more than once; the last place counts."""
        lines = self._lines.get(word)
        self.found.append(f"第{lines[-1]}行，{fault}" if lines else fault)

    def _line(self, near: object) -> int | None:
        """The line of a text that stands only once in the file, so that no wrong one is named."""
        lines = self._lines.get(near, ()) if isinstance(near, str) else ()
        return lines[0] if len(lines) == 1 else None

    @cached_property
    def _lines(self) -> dict[str, list[int]]:
        """On which lines each quoted text stands; one with escapes is not looked for."""
        lines: dict[str, list[int]] = {}
        for number, line in enumerate(self._text.split("\n"), 1):
            for match in _QUOTED.finditer(line):
                lines.setdefault(match[1] or match[2] or "", []).append(number)
        lines.pop("", None)
        return lines

    def place_of(self, error: tomllib.TOMLDecodeError) -> str:
        """Say where a file stops being TOML."""
        found = _PLACE.search(str(error))
        return f"第{found[1]}行第{found[2]}列" if found else "文件末尾"

    def check_fields(
        self,
        row: Mapping[str, Any],
        fields: Mapping[str, type],
        name: str,
        *,
        required: Collection[str] = (),
    ) -> bool:
        """Note missing, unknown and wrongly typed fields; tell whether there were none."""
        before = len(self.found)
        lead = f"{name}：" if name else ""
        for key in required:
            if key not in row or row[key] == "":
                self.add(f"{lead}缺少 {key}", *row.values())
        for key, value in row.items():
            if key not in fields:
                self.add(f"{lead}不认识的项 {key}", *row.values())
            elif not _is(value, fields[key]):
                self.add(f"{lead}{key} 应是{_KINDS[fields[key]]}", *row.values())
        return len(self.found) == before

    def one_of(
        self,
        kind: type[_Choice],
        value: str,
        name: str,
        allowed: Collection[_Choice] | None = None,
    ) -> _Choice | None:
        """Return the member of the enum, or note which there are."""
        choices = {str(member): member for member in kind if not allowed or member in allowed}
        if value not in choices:
            self.add(f"{name} 只能是 {'、'.join(choices)}，不是“{value}”", value)
        return choices.get(value)

    def words(self, values: object, name: str) -> tuple[str, ...]:
        """Return a list of words as a tuple; note what is none."""
        if not isinstance(values, list):
            return ()  # check_fields has said so
        for value in values:
            if not isinstance(value, str) or not value.strip():
                self.add(f"{name}：每一项都应是不空的文字，不是 {value!r}", value)
        return tuple(value for value in values if isinstance(value, str) and value.strip())


def _is(value: object, kind: type) -> bool:
    """Tell the kind of a value; a bool is no integer here, a moment is no day."""
    if isinstance(value, bool) or (kind is date and isinstance(value, datetime)):
        return False
    return isinstance(value, kind)
