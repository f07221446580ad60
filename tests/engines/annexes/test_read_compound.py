"""The quick way to a workbook's stream gives what olefile gives, or leaves it to olefile."""

import io
import struct

import olefile
import pytest
from tests.engines.annexes.sheets import basic, xls

from meice.engines.annexes.read.compound import plain_stream

LONG = xls(basic(*[{"name": f"账号{number}"} for number in range(900)]))
TABLES, DIRECTORY, FIRST_TABLE = 44, 48, 76  # offsets in the header, [MS-CFB] 2.2


@pytest.mark.parametrize("data", [xls(basic({})), LONG])
def test_the_stream_is_the_one_that_olefile_finds(data):
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        assert plain_stream(data) == ole.openstream("Workbook").read()


@pytest.mark.parametrize("at", [TABLES, DIRECTORY, FIRST_TABLE])
@pytest.mark.parametrize("number", [0xFFFF_FFF0, 0x7FFF_FFFF])
def test_a_header_that_points_nowhere_is_left_to_olefile(at, number):
    data = bytearray(LONG)
    struct.pack_into("<I", data, at, number)
    assert plain_stream(bytes(data)) is None


def test_a_chain_that_runs_in_a_circle_ends():
    data = bytearray(LONG)
    (table,) = struct.unpack_from("<I", data, FIRST_TABLE)
    struct.pack_into("<I", data, (table + 1) * 512 + 4, 0)  # sector 1 is followed by sector 0
    assert plain_stream(bytes(data)) is None or len(plain_stream(bytes(data))) < len(LONG)


@pytest.mark.parametrize("data", [b"", LONG[:500], LONG[: len(LONG) // 2], b"PK\x03\x04" * 400])
def test_what_is_cut_short_or_no_container_is_left_to_olefile(data):
    assert plain_stream(data) is None


def test_an_encrypted_package_is_left_to_olefile():
    name = "Workbook".encode("utf-16-le")
    other = "EncryptedPackage".encode("utf-16-le")
    at = LONG.rindex(name)
    entry = bytearray(LONG[at : at + 128])
    entry[:64] = other.ljust(64, b"\0")
    struct.pack_into("<H", entry, 64, len(other) + 2)
    assert plain_stream(LONG[:at] + bytes(entry) + LONG[at + 128 :]) is None
