"""A unit's package: opened, mended or spoiled as a unit would in a spreadsheet, and zipped again."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from meice.engines.annexes.check import check, read_bytes
from meice.engines.annexes.model import Annex, Rectified
from meice.engines.annexes.write import write_workbook

TODAY = dt.date(2026, 11, 23)
SPOILED = {
    0: {"responsible_mobile": "1380000001"},
    1: {"rectified": Rectified.YES},
    2: {"responsible_name": ""},
}
"""By row: a mobile of ten digits, mended though nothing was wrong, nobody responsible."""
FAULTY_CELLS = ("L5", "G6", "K7")


def _basic(data):
    return next(form for form in read_bytes(data, today=TODAY) if form.annex is Annex.BASIC)


def rewritten(package, target, spoil=()):
    """`package` with annex 1 filled in to the end, and the rows of `spoil` spoiled."""
    answer = BytesIO()
    with ZipFile(package) as given, ZipFile(answer, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, _filled(data, spoil) if "附件1" in name else data)
    target.write_bytes(answer.getvalue())
    return target


def _filled(data, spoil):
    form = _basic(data)
    sound = {"problems": ("无问题",), "rectified": Rectified.NOT_NEEDED}
    rows = [
        replace(row, **(sound | (SPOILED[at] if at in spoil else {})))
        for at, row in enumerate(form.rows)
    ]
    return write_workbook([replace(form, rows=tuple(rows))])


def forms_of(package):
    """Every form of a package, by annex."""
    found = {}
    for form in check([package], today=TODAY).files:
        found.setdefault(form.annex, []).append(form)
    return found
