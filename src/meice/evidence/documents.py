"""A case as one zip with a hash list, written while it is read: no second copy on the disk.

Beside the files lies `SHA256SUMS`, which `sha256sum -c SHA256SUMS` checks on any machine.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from meice.evidence.models import Evidence
from meice.files.reading import open_file

CHUNK = 256 * 1024
SUMS = "SHA256SUMS"
Member = tuple[str, bytes]


def packed(
    folder: str, papers: Iterable[Member], evidence: Iterable[Evidence], moment: datetime
) -> Iterator[bytes]:
    """The bytes of the zip, piece by piece: `papers` (name, content), then every piece of evidence
    under `证据/`, then the list of hashes. The hashes are of what is really written here, so a file
    that was altered on the disk differs from the hash that the register keeps."""
    sink = _Sink()
    stamp = timezone.localtime(moment).timetuple()[:6]
    sums: list[str] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, pieces in (*_papers(papers), *_files(evidence)):
            digest = hashlib.sha256()
            entry = zipfile.ZipInfo(f"{folder}/{name}", stamp)
            with archive.open(entry, "w", force_zip64=True) as member:
                for piece in pieces:
                    digest.update(piece)
                    member.write(piece)
                    yield from sink.taken()
            sums.append(f"{digest.hexdigest()}  {name}\n")
        archive.writestr(zipfile.ZipInfo(f"{folder}/{SUMS}", stamp), "".join(sums))
    yield from sink.taken()


def file_name(row: Evidence) -> str:
    """`03-截图-首页.png`: the number in the case, the kind, the name it came with."""
    name = "".join("_" if sign in '<>:"/\\|?*\n\r' else sign for sign in row.name)
    return f"{row.number:02d}-{row.get_kind_display()}-{name[-120:]}"


def _papers(papers: Iterable[Member]) -> list[tuple[str, Iterator[bytes]]]:
    return [(name, iter([content])) for name, content in papers]


def _files(evidence: Iterable[Evidence]) -> list[tuple[str, Iterator[bytes]]]:
    return [(f"证据/{file_name(row)}", _read(row)) for row in evidence]


def _read(row: Evidence) -> Iterator[bytes]:
    """A file that the disk lost must not break the rest of the docket: it is empty there."""
    try:
        stream = open_file(row.stored)
    except FileNotFoundError:
        return
    with stream:
        while piece := stream.read(CHUNK):
            yield piece


class _Sink:
    """What a zip is written into: keeps the pieces until they are taken; it cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        """Keep a piece."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nothing to close."""

    def taken(self) -> list[bytes]:
        """The pieces so far, no longer kept."""
        pieces, self._pieces = self._pieces, []
        return pieces
