"""The BIFF stream of a sound and plain ``.xls``, taken out of its OLE container quickly.

Source: [MS-CFB] 2.2 (header), 2.3 (FAT), 2.6 (directory). Nine files of ten are plain: 512-byte
sectors, one sector table, the stream in order. Whatever is not gets None, and olefile looks at it.
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
ENTRY = 128
SMALLEST = 4096  # bytes of a stream that lies in sectors of its own
FIRST_TABLES = 109  # places of the FAT's sectors in the header
END = 0xFFFF_FFFE
STREAM = 2
ENTRIES_READ = 64  # of the directory; a workbook has a handful
NAMES = {name: name.encode("utf-16-le") + b"\0\0" for name in ("Workbook", "EncryptedPackage")}
HEADER = struct.Struct("<26xH2xH12xII4xI").unpack_from  # version, sector shift, tables …


def plain_stream(data: bytes) -> bytes | None:
    """The stream ``Workbook`` of an OLE container, or None where it needs a closer look."""
    if len(data) < SECTOR or not data.startswith(MAGIC):
        return None
    major, shift, tables, directory, smallest = HEADER(data)
    if major != 3 or shift != 9 or smallest != SMALLEST or not 0 < tables <= FIRST_TABLES:
        return None
    try:
        table = _table(data, tables)
        entries = _chained(data, table, directory, ENTRIES_READ * ENTRY)
        found = _workbook(entries)
        if found is None:
            return None
        start, size = found
        stream = _chained(data, table, start, size)
    except (struct.error, IndexError):
        return None
    return stream[:size] if len(stream) >= size else None


def _table(data: bytes, count: int) -> list[int]:
    """The sector after each sector, as the FAT's sectors hold it."""
    places = struct.unpack_from(f"<{count}I", data, 76)
    table: list[int] = []
    for place in places:
        table += struct.unpack_from(f"<{SECTOR // 4}I", data, (place + 1) * SECTOR)
    return table


def _chained(data: bytes, table: list[int], start: int, most: int) -> bytes:
    """The bytes of a chain of sectors, up to ``most`` of them."""
    parts = []
    sector, left = start, -(-most // SECTOR)
    while sector < END and left > 0:
        first, following = sector, table[sector]
        left -= 1
        while following == sector + 1 and left > 0:  # a run that lies in order
            sector, following = following, table[following]
            left -= 1
        parts.append(data[(first + 1) * SECTOR : (sector + 2) * SECTOR])
        sector = following
    return b"".join(parts)


def _workbook(entries: bytes) -> tuple[int, int] | None:
    """First sector and size of the one stream ``Workbook``; None when encrypted or not alone."""
    found: list[tuple[int, int]] = []
    for at in range(0, len(entries) - ENTRY + 1, ENTRY):
        (length,) = struct.unpack_from("<H", entries, at + 64)
        name = entries[at : at + min(length, 64)]
        if name == NAMES["EncryptedPackage"]:
            return None
        if name == NAMES["Workbook"] and entries[at + 66] == STREAM:
            start, size = struct.unpack_from("<II", entries, at + 116)
            found.append((start, size))
    return found[0] if len(found) == 1 and found[0][1] >= SMALLEST else None
