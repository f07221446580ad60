"""An independent walk over the BIFF records of an .xls: olefile and struct, nothing of ours."""

from collections.abc import Iterator
from io import BytesIO
from struct import unpack_from

import olefile

FORMULA, NAME, FOOTER, SETUP, FORMAT, LABELSST = 0x0006, 0x0018, 0x0015, 0x00A1, 0x041E, 0x00FD
LEFT, RIGHT, TOP, BOTTOM, HCENTER, WSBOOL = 0x26, 0x27, 0x28, 0x29, 0x83, 0x81


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Record number and body of each record of the workbook stream."""
    with olefile.OleFileIO(BytesIO(content)) as ole:
        stream = ole.openstream("Workbook").read()
    position = 0
    while position + 4 <= len(stream):
        number, length = unpack_from("<2H", stream, position)
        if number == 0 and length == 0:
            break
        yield number, stream[position + 4 : position + 4 + length]
        position += 4 + length


def bodies(content: bytes, number: int) -> list[bytes]:
    """The bodies of all records of one kind."""
    return [body for found, body in records(content) if found == number]
