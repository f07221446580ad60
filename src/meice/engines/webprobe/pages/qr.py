"""What QR codes in a picture say. Meant to run in the sandbox: pictures of others are hostile."""

import io
import warnings

import zxingcpp
from PIL import Image

_LARGEST_FILE = 8_000_000  # bytes
_MOST_PIXELS = 25_000_000  # before decoding; a bomb is refused by its header
_SIDE = 2000  # pixels; larger pictures are made smaller, the code on a poster survives that
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
_CODES = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode)
_MOST_CODES = 20
_LONGEST_TEXT = 2000


def read_qr(data: bytes) -> list[str]:
    """Return the texts of the QR codes in a picture; none for what is no picture or too large.

    At most 8 MB and 25 megapixels, by the picture's own header, before anything is unpacked.
    """
    image = _open(data)
    if image is None:
        return []
    found = zxingcpp.read_barcodes(image, formats=_CODES)  # type: ignore[arg-type]  # the stub lags behind
    texts = [code.text[:_LONGEST_TEXT] for code in found if code.text]
    return list(dict.fromkeys(texts))[:_MOST_CODES]


def _open(data: bytes) -> Image.Image | None:
    if not data or len(data) > _LARGEST_FILE:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.draft("L", (_SIDE, _SIDE))
            picture = _on_white(image)
            picture.thumbnail((_SIDE, _SIDE))
    except Exception:  # Pillow raises many kinds on broken pictures
        return None
    return picture


def _on_white(image: Image.Image) -> Image.Image:
    """Grey levels; what is transparent becomes white, as on a page."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("L")
    return image.convert("L")
