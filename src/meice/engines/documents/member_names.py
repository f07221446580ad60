"""Names of archive members: decoded as the zip's maker meant them, refused when unsafe.

Chinese Windows writes GBK without the UTF-8 flag; Info-ZIP adds the name again in an extra field
(APPNOTE 4.6.9, 0x7075); macOS writes UTF-8 without the flag.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib

UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075
JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$)")
DRIVE = re.compile(r"[A-Za-z]:")


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name as its maker wrote it, with ``/`` between its parts."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_FLAG:
        name = _decoded(name.encode("cp437"), info.extra)
    return name.replace("\\", "/")


def _decoded(raw: bytes, extra: bytes) -> str:
    stated = _unicode_path(raw, extra)
    if stated is not None:
        return stated
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _unicode_path(raw: bytes, extra: bytes) -> str | None:
    """The name of the extra field 0x7075, valid while the CRC of the plain name still fits."""
    position = 0
    while position + 4 <= len(extra):
        identifier, size = struct.unpack_from("<HH", extra, position)
        body = extra[position + 4 : position + 4 + size]
        stated = identifier == UNICODE_PATH and len(body) > 5 and body[0] == 1
        if stated and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
        position += 4 + size
    return None


def is_unsafe(name: str) -> bool:
    """An absolute path, a way out of the folder, or a NUL."""
    if "\0" in name or name.startswith("/") or DRIVE.match(name):
        return True
    return ".." in name.split("/")


def is_link(info: zipfile.ZipInfo) -> bool:
    """A symbolic link or a device, as Unix tools store them."""
    mode = info.external_attr >> 16
    return bool(mode) and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)


def is_junk(name: str) -> bool:
    """What systems leave beside people's files."""
    return JUNK.search(name) is not None


def shown(name: str) -> str:
    """A name for a path in a message: control characters made visible."""
    return "".join(each if each.isprintable() else "�" for each in name)
