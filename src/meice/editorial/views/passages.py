"""A text cut into paragraphs and pieces, so that a page can mark issues, comments and changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from meice.editorial.comparison import Run
from meice.editorial.models import Comment, CopyIssue
from meice.engines.zhcheck import Severity

WEIGHT = {severity.value: place for place, severity in enumerate(Severity)}
LOOKS = (("# ", "heading"), ("> ", "quote"))
BREAK = "¶"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run under the same marks: `kind` same, ins or del; `severity` of the heaviest issue over it
    ("" for none); what ends here, to be numbered behind it."""

    text: str
    kind: str = "same"
    severity: str = ""
    issues: tuple[CopyIssue, ...] = ()
    is_commented: bool = False
    comments: tuple[Comment, ...] = ()


@dataclass(slots=True)
class Paragraph:
    """`look` title, heading, quote or plain."""

    look: str = ""
    pieces: list[Piece] = field(default_factory=list)


def paragraphs(
    runs: Iterable[Run], issues: Sequence[CopyIssue] = (), comments: Sequence[Comment] = ()
) -> list[Paragraph]:
    """The text of `runs` in paragraphs; the first is the title. Issues and comments stand at
    offsets of the new text (`same` and `ins` joined)."""
    found = [Paragraph("title")]
    for text, piece in _cut(runs, issues, comments):
        if text == "\n":
            found.append(Paragraph())
        elif piece is not None:
            found[-1].pieces.append(piece)
    for one in found[1:]:
        _look(one)
    return [one for one in found if one.pieces]


def _look(one: Paragraph) -> None:
    """A mark at the head of a line is no text: it says what the line is."""
    first = one.pieces[0].text if one.pieces else ""
    for mark, look in LOOKS:
        if first.startswith(mark) and one.pieces[0].kind != "del":
            one.look = look
            one.pieces[0] = _with_text(one.pieces[0], first[len(mark) :])


def _with_text(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.kind, piece.severity, piece.issues, piece.is_commented, piece.comments)


def _cut(
    runs: Iterable[Run], issues: Sequence[CopyIssue], comments: Sequence[Comment]
) -> Iterator[tuple[str, Piece | None]]:
    edges = {edge for one in issues for edge in (one.start, one.end)}
    edges |= {edge for one in comments for edge in (one.start, one.end)}
    at = 0
    for run in runs:
        if run.kind == "del":
            yield "", Piece(run.text.replace("\n", BREAK), "del")
            continue
        for start, end in _spans(run.text, at, edges):
            text = run.text[start - at : end - at]
            yield (
                text,
                None if text == "\n" else _piece(text, run.kind, start, end, issues, comments),
            )
        at += len(run.text)


def _spans(text: str, at: int, edges: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pieces of `text`, which begins at offset `at`: cut at edges; a line break stands alone."""
    end = at + len(text)
    cuts = {edge for edge in edges if at < edge < end} | {at, end}
    for place, sign in enumerate(text):
        if sign == "\n":
            cuts |= {at + place, at + place + 1}
    yield from pairwise(sorted(cuts))


def _piece(
    text: str,
    kind: str,
    start: int,
    end: int,
    issues: Sequence[CopyIssue],
    comments: Sequence[Comment],
) -> Piece:
    over = [one for one in issues if one.start <= start and end <= one.end]
    said = [one for one in comments if one.start <= start and end <= one.end]
    heaviest = min((one.severity for one in over), key=WEIGHT.__getitem__, default="")
    return Piece(
        text,
        kind,
        heaviest,
        tuple(one for one in over if one.end == end),
        bool(said),
        tuple(one for one in said if one.end == end),
    )
