"""Plain values in and out of the dataclasses of ``model``; each reader raises JsonError."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum, IntEnum
from operator import attrgetter
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Read = Callable[[object], T]


def quick(kind: type[T]) -> type[T]:
    """Make a frozen slotted dataclass quick to pickle: made anew from its values in order (a
    batch of files crosses from the reading children as some ten thousand of them)."""
    values = attrgetter(*(each.name for each in fields(kind)))  # type: ignore[arg-type]

    def reduce(self: T) -> tuple[type[T], tuple[Any, ...]]:
        return kind, values(self)

    setattr(kind, "__reduce__", reduce)  # noqa: B010  a plain assignment is no typed method
    return kind


class JsonError(ValueError):
    """The JSON given is not of the contract's shape; the message says where, in Chinese."""


def plain(value: Any) -> Any:
    """Dataclasses, tuples and enums as dictionaries, lists and scalars."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, IntEnum):
        return int(value)
    return value.value if isinstance(value, Enum) else value


def json_of(value: object) -> dict[str, Any]:
    """A dataclass as a JSON object."""
    result: dict[str, Any] = plain(value)
    return result


def build(kind: type[T], given: object, **readers: Read[Any]) -> T:
    """Make a ``kind`` of a JSON object: fields without a reader are text, missing ones keep
    their default, unknown ones are refused (a mistyped key would lose what it holds)."""
    data = document(given)
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(data) - known):
        raise JsonError(f"不认识的键：{'、'.join(unknown)}。可用的键：{'、'.join(sorted(known))}。")
    values = {key: _read(key, readers.get(key, text), value) for key, value in data.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise JsonError(f"缺少必填的键：{error}。") from error


def _read(key: str, reader: Read[Any], value: object) -> Any:
    try:
        return reader(value)
    except JsonError as error:
        raise JsonError(f"{key}：{error}") from error


def document(given: object) -> Mapping[str, object]:
    """A JSON object."""
    if isinstance(given, Mapping):
        return given
    raise JsonError(f"应为 JSON 对象，得到 {given!r}。")


def text(given: object) -> str:
    """A string; null is blank."""
    if given is None:
        return ""
    if isinstance(given, str):
        return given
    raise JsonError(f"应为文本，得到 {given!r}。")


def whole(given: object) -> int | None:
    """A whole number or null."""
    if given is None or (isinstance(given, int) and not isinstance(given, bool)):
        return given
    raise JsonError(f"应为整数或 null，得到 {given!r}。")


def truth(given: object) -> bool | None:
    """true, false or null."""
    if given is None or isinstance(given, bool):
        return given
    raise JsonError(f"应为 true、false 或 null，得到 {given!r}。")


def maybe(reader: Read[T]) -> Read[T | None]:
    """``reader``'s value, or null."""
    return lambda given: None if given is None else reader(given)


def many(reader: Read[T]) -> Read[tuple[T, ...]]:
    """A list of ``reader``'s values."""

    def read(given: object) -> tuple[T, ...]:
        if not isinstance(given, list | tuple):
            raise JsonError(f"应为列表，得到 {given!r}。")
        return tuple(reader(each) for each in given)

    return read


def mapping(reader: Read[T]) -> Read[dict[str, T]]:
    """A JSON object whose values are ``reader``'s."""
    return lambda given: {key: _read(key, reader, each) for key, each in document(given).items()}


def choice(kind: type[E]) -> Read[E]:
    """A value of an enumeration."""

    def read(given: object) -> E:
        try:
            return kind(given)
        except ValueError as error:
            allowed = "、".join(str(each.value) for each in kind)
            raise JsonError(f"应为 {allowed} 之一，得到 {given!r}。") from error

    return read


def texts(given: object) -> tuple[str, ...]:
    """A list of strings."""
    return many(text)(given)


def refuse_rows(given: object) -> NoReturn:
    """Rows of a form whose number is not known."""
    raise JsonError("缺少 annex：要写明是附件几（1–4）。")
