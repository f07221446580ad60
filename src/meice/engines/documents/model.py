"""The text of a file, and where in the file each part of it stands."""

from bisect import bisect_right
from dataclasses import dataclass

from meice.engines.documents.kinds import Kind


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start:end]` stands at `where`: 第3段, Sheet1!B2, 第2页, 表格1第2行第3列 …"""

    start: int
    end: int
    where: str


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text with its segments in order; offsets count code points.

    `refusal` says in Chinese why there is no text (the text is then empty); `cut` that there was
    more than is kept.
    """

    kind: Kind
    text: str = ""
    segments: tuple[Segment, ...] = ()
    refusal: str = ""
    cut: bool = False

    def where_at(self, offset: int) -> str:
        """Where the character at `offset` stands; between two segments: the one before."""
        place = bisect_right(self.segments, offset, key=lambda segment: segment.start) - 1
        return self.segments[place].where if place >= 0 else ""


class Unreadable(Exception):
    """There is no text to be had; the message says why, in Chinese, for a person."""


class Collector:
    """Joins pieces into one text and notes where each came from; stops at a limit."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.cut = False
        self._parts: list[str] = []
        self._segments: list[Segment] = []

    def add(self, text: str, where: str, separator: str = "\n") -> bool:
        """Append a piece after `separator`; False when there is no more room."""
        if self._parts and separator:
            self._parts.append(separator)
            self.size += len(separator)
        if self.size + len(text) > self.most:
            text = text[: max(0, self.most - self.size)]
            self.cut = True
        if text:
            self._segments.append(Segment(self.size, self.size + len(text), where))
            self._parts.append(text)
            self.size += len(text)
        return not self.cut

    def result(self, kind: Kind) -> Text:
        """Everything collected."""
        return Text(kind, "".join(self._parts), tuple(self._segments), cut=self.cut)
