"""Attachments with and without what must not be there, and the personal numbers of the farm.

The numbers are invented; their check digits are computed here, not by the code under test.
"""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import xlwt

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"  # GB 11643-1999: by the sum modulo 11


def identity(first: str) -> str:
    """The identity number that begins with 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + CHECKS[total % 11]


def card(first: str) -> str:
    """The card number that begins so, with its Luhn digit."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(first))]
    return first + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def spoilt(number: str) -> str:
    """The same with a check digit that is not right."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


IDENTITY = identity("44010619990307001")
OTHER_IDENTITY = identity("44010619981215232")
CARD = card("622202123456789012")
MOBILES = ("13800000001", "13900000002", "15800000003", "18600000004", "13700000005", "15900000006")
SECRET = "机密★10年"


def word(*lines: str) -> bytes:
    """A .docx with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def old_sheet(*rows: tuple[str, ...]) -> bytes:
    """An .xls with these rows as text."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(at, column, text)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def new_sheet(*rows: tuple[str, ...]) -> bytes:
    """The same as .xlsx."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def pdf(line: str) -> bytes:
    """A one-page PDF with one line of ASCII."""
    drawn = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def archive() -> bytes:
    """A backup as it is left lying about."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("wwwroot/config.php", "<?php $password = 'x';" * 50)
    return kept.getvalue()
