"""QR codes in pictures, read in the sandbox."""

import io
import zlib

import pytest
import zxingcpp
from PIL import Image

from meice.engines.sandbox import Named, Pool
from meice.engines.webprobe.pages.qr import read_qr

URL = "https://weibo.com/u/1234567890"


def picture(text: str, form: str = "PNG", mode: str = "L") -> bytes:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    height, width = code.shape
    image = Image.frombytes("L", (width, height), bytes(memoryview(code).cast("B")))
    out = io.BytesIO()
    image.convert(mode).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG L", "PNG RGBA", "JPEG RGB", "GIF P", "BMP L"])
def test_the_text_of_a_code(kind: str):
    form, mode = kind.split()
    assert read_qr(picture(URL, form, mode)) == [URL]


def test_chinese_text():
    assert read_qr(picture("华园大学官方微信")) == ["华园大学官方微信"]


def test_the_sandbox_reads_it():
    reader: Named[bytes, list[str]] = Named("meice.engines.webprobe.pages.qr:read_qr")
    with Pool(1) as pool:
        assert pool.run(reader, picture(URL)).value == [URL]


def bomb() -> bytes:
    """A PNG whose header names 60,000 × 60,000 pixels."""
    header = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    chunk = (13).to_bytes(4, "big") + header + zlib.crc32(header).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk


NO_PICTURES = {
    "empty": b"",
    "text": b"x",
    "gif head": b"GIF89a",
    "png head": b"\x89PNG\r\n\x1a\n",
    "bomb": bomb(),
    "large": b"\x00" * 9_000_000,
}


@pytest.mark.parametrize("name", sorted(NO_PICTURES))
def test_what_is_no_picture_or_too_large_has_no_codes(name: str):
    assert read_qr(NO_PICTURES[name]) == []


def test_a_picture_without_a_code():
    out = io.BytesIO()
    Image.new("L", (300, 300), 255).save(out, "PNG")
    assert read_qr(out.getvalue()) == []
