"""Word 97 documents made by hand: an OLE container with a piece table ([MS-CFB], [MS-DOC])."""

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with these streams, each padded to 4,096 bytes so that none is mini."""
    padded = {name: data + bytes(-len(data) % SECTOR) for name, data in streams.items()}
    padded = {name: data + bytes(max(0, 4096 - len(data))) for name, data in padded.items()}
    fat: list[int] = [FAT, END]  # sector 0 is the FAT, sector 1 the directory
    starts = {}
    for name, data in padded.items():
        count = len(data) // SECTOR
        starts[name] = len(fat)
        fat += [*range(len(fat) + 1, len(fat) + count), END]
    assert len(fat) <= SECTOR // 4
    fat += [FREE] * (SECTOR // 4 - len(fat))
    entries = [entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, data) in enumerate(padded.items(), 1):
        after = number + 1 if number < len(padded) else FREE
        entries.append(entry(name, 2, starts[name], len(data), right=after))
    directory = b"".join(entries).ljust(SECTOR, b"\x00")
    body = struct.pack(f"<{len(fat)}I", *fat) + directory + b"".join(padded.values())
    return header() + body


def header() -> bytes:
    """The first sector: one FAT sector at 0, the directory at 1, no mini stream."""
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    fixed = struct.pack("<16xHHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    numbers = struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return (magic + fixed + numbers + struct.pack("<109I", 0, *[FREE] * 108)).ljust(SECTOR, b"\0")


def entry(
    name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE
) -> bytes:
    """One directory entry of 128 bytes."""
    coded = (name + "\0").encode("utf-16-le")
    head = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded), kind, 1)
    links = struct.pack("<III", FREE, right, child)
    return head + links + bytes(36) + struct.pack("<IQ", start, size)


def word(
    pieces: Sequence[tuple[str, bool]], *, counts: Sequence[int] = (), flags: int = 0x0200
) -> bytes:
    """A document of these pieces (text, one byte a character?), its parts so many characters long.

    Without `counts` all is main text. Before the piece table stands a property list, as in files
    that were saved fast.
    """
    text = bytearray()
    places = []
    ends = [0]
    for words, narrow in pieces:
        at = 0x800 + len(text)
        places.append(at * 2 | 0x40000000 if narrow else at)
        text += words.encode("cp1252" if narrow else "utf-16-le")
        text += bytes(len(text) % 2)
        ends.append(ends[-1] + len(words))
    table = struct.pack(f"<{len(ends)}I", *ends)
    table += b"".join(struct.pack("<HIH", 0, place, 0) for place in places)
    clx = b"\x01" + struct.pack("<H", 4) + b"\x00" * 4 + b"\x02" + struct.pack("<I", len(table))
    clx += table
    fib = bytearray(0x800)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", fib, 0x0A, flags)
    struct.pack_into("<8i", fib, 0x4C, *([*counts] or [ends[-1]]), *[0] * (8 - max(1, len(counts))))
    struct.pack_into("<II", fib, 0x01A2, 16, len(clx))
    name = "1Table" if flags & 0x0200 else "0Table"
    return compound({"WordDocument": bytes(fib + text), name: bytes(16) + clx})
