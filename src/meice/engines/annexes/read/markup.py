"""XML of office files, streamed: no entities, no document types, no more than so many bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from meice.engines.annexes.read.refusal import Cause, Refused

MOST_BYTES = 80 * 1024 * 1024  # of one XML part, unpacked
Attributes = Mapping[str, str]


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes, "" when there is none; raises Refused when it is too large."""
    member = archive.NameToInfo.get(name)
    if member is None:
        return b""
    if member.file_size > MOST_BYTES:
        raise Refused(Cause.TOO_MUCH_TEXT)
    with archive.open(member) as stream:
        return stream.read(MOST_BYTES)


def walk(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for each element with its local name; a document type ends as Refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(local(name), given)
    if end is not None:
        ending = end
        parser.EndElementHandler = lambda name: ending(local(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Refused(Cause.CORRUPT) from None


def local(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*_: Any) -> None:
    raise Refused(Cause.CORRUPT)
