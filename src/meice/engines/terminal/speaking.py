"""Lines for people and one JSON document for programs, on standard output as UTF-8."""

from __future__ import annotations

import json
import sys
from typing import Any

OK, FOUND, WRONG_USAGE = 0, 1, 2
"""Exit codes: nothing found, something found, wrong usage."""


def say(text: str) -> None:
    """A line; control characters of file names, cells and sites never reach the terminal."""
    _line(_shown(text))


def say_json(document: Any) -> None:
    """The one document of ``--json``, on one line."""
    _line(json.dumps(document, ensure_ascii=False))


def warn(message: str) -> None:
    """A line beside the answer, on standard error."""
    shown = "\n".join(map(_shown, message.split("\n")))
    print(shown.encode("utf-8", "replace").decode(), file=sys.stderr)  # noqa: T201


def wrong(message: str) -> int:
    """What is wrong with the call, on standard error; gives the exit code."""
    warn(message)
    return WRONG_USAGE


def _shown(text: str) -> str:
    return "".join(each if each.isprintable() or each == "\u3000" else "�" for each in text)


def _line(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
