"""Names: of files, of packages, of sheets. Source: the notice's 报送方式 paragraph.

A package is called 实时发送日期（YYYYMMDD）+单位简称+新媒体（网站）统计; the ``+`` signs mean that
the parts are joined, but names that keep them are met and read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from meice.engines.annexes.columns import MARKS
from meice.engines.annexes.model import Annex

PACKAGE_TAIL = "新媒体（网站）统计"
MOST_SHEET_UNITS = 31  # UTF-16 units
_MOST_NAME_BYTES = 180  # leaves room for 附件1.xls in the 255 bytes of a file name
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED_SHEET = "history"
_PACKAGE = re.compile(
    r"""(?P<year>20\d\d)[-._年]?(?P<month>\d\d?)[-._月]?(?P<day>\d\d?)日?
        [\s+_\-—]*
        (?P<short>.*?)
        [\s+_\-—]*
        新媒体\(?网站\)?(?:情况)?统计表?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class PackageName:
    """What a package's name says: day of sending and the unit's short name."""

    sent_on: date
    short: str


def package_stem(sent_on: date, short: str, *, plus: bool = False) -> str:
    """``20210629数信学院新媒体（网站）统计``: the package's name without ``.zip`` and the mail
    subject; ``plus`` keeps the notice's signs."""
    return ("+" if plus else "").join((f"{sent_on:%Y%m%d}", safe_file_stem(short), PACKAGE_TAIL))


def parse_package_name(name: str) -> PackageName | None:
    """Read a package's name (a path's last part, with or without an ending): with or without
    ``+``, full or half width, with dashes in the date, with `` (1)`` from a browser. None when
    it is not of the notice's pattern or its date does not exist."""
    plain = unicodedata.normalize("NFKC", name)
    match = _PACKAGE.match(plain.strip())
    if not match:
        return None
    try:
        sent_on = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return PackageName(sent_on, match["short"].strip())


def annex_file_name(unit: str, annex: Annex) -> str:
    """``数学与信息学院附件1.xls``: files are named by the unit."""
    return f"{safe_file_stem(unit)}{MARKS[annex]}.xls"


def safe_file_stem(text: str) -> str:
    """``text`` as part of a file name that Windows, zip and Linux all take."""
    stem = _NOT_IN_FILE_NAMES.sub("_", text).strip(" .")
    return stem.encode()[:_MOST_NAME_BYTES].decode(errors="ignore").strip(" .") or "未命名"


class SheetNames:
    """Gives out sheet names: at most 31 units, without ``[]:*?/\\``, each once in any case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The nearest free name to ``wanted``."""
        base = _sheet_base(wanted)
        name, number = base, self._next.get(base, 2)
        while name.casefold() in self._taken:
            tail = f"（{number}）"
            name = _cut(base, MOST_SHEET_UNITS - len(tail)) + tail
            number += 1
        self._next[base] = number
        self._taken.add(name.casefold())
        return name


def _sheet_base(wanted: str) -> str:
    plain = " ".join(_NOT_IN_SHEET_NAMES.sub(" ", wanted).split())
    base = _cut(plain, MOST_SHEET_UNITS).strip(" '")
    if not base or base.casefold() == _RESERVED_SHEET:
        return "表"
    return base


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")
