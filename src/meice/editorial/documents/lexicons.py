"""A lexicon as a file: the sheet to fill in, a version as .toml."""

from io import BytesIO

import xlsxwriter

from meice.editorial.models.lexicon import Lexicon, LexiconVersion
from meice.engines.zhcheck import COLUMNS, WORDS, Entry, ListKind
from meice.engines.zhcheck.entries import EXAMPLES

WIDTH = 18
CHUNK = 2000
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def lexicon_sheet(kind: ListKind) -> bytes:
    """`.xlsx`: the headings that an import knows, and one example."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("词条")
        head = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1})
        for at, column in enumerate(COLUMNS[kind]):
            sheet.write_string(0, at, column.label + ("*" if column.required else ""), head)
        for at, text in enumerate(EXAMPLES[kind]):
            sheet.write_string(1, at, text)
        sheet.set_column(0, len(COLUMNS[kind]) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()


def lexicon_toml(lexicon: Lexicon, version: LexiconVersion) -> bytes:
    """A version as the engine's file: `meice proof --lexicon` reads it, an import, too."""
    terms = lexicon.terms.at_version(version.number).order_by("pk").iterator(CHUNK)
    entries = [term.entry for term in terms]
    kind = ListKind(lexicon.kind)
    lines = [
        f"name = {_text(lexicon.name)}",
        f"version = {_text(str(version.number))}",
    ]
    if kind is ListKind.PROTECT:
        lines.append(f"exceptions = [{_list(entries)}]")
    elif kind is ListKind.SOURCE:
        day = version.dated or version.made_at.date()
        lines += ["", "[white_list]", f"dated = {day.isoformat()}"]
        lines += [f"source = {_text(lexicon.name)}", f"subjects = [{_list(entries)}]"]
    else:
        lines += [line for entry in entries for line in _table(kind, entry)]
    return ("\n".join(lines) + "\n").encode()


def _table(kind: ListKind, entry: Entry) -> list[str]:
    """One entry. A group of one keeps each entry's own severity and source."""
    days = [
        f"{key} = {day.isoformat()}"
        for key, day in (("from", entry.valid_from), ("until", entry.valid_until))
        if day
    ]
    if kind in WORDS:
        return ["", "[[group]]", f"rule = {_text(kind.value)}",
                f"severity = {_text(entry.severity.value)}", f"entries = [{{ {_word(entry, days)} }}]"]  # fmt: skip
    if kind is ListKind.OFFICE:
        unit = [f"unit = {_text(entry.unit)}"] if entry.unit else []
        return ["", "[[office]]", f"person = {_text(entry.word)}", f"title = {_text(entry.right)}",
                *unit, f"order = {entry.order}", f"source = {_text(entry.source)}", *days]  # fmt: skip
    return ["", "[[number]]", f"label = {_text(entry.word)}", f"pattern = {_text(entry.right)}",
            f"source = {_text(entry.source)}"]  # fmt: skip


def _word(entry: Entry, days: list[str]) -> str:
    parts = [f"wrong = {_text(entry.word)}", f"source = {_text(entry.source)}", *days]
    if entry.right:
        parts.append(f"right = {_text(entry.right)}")
    if entry.message:
        parts.append(f"message = {_text(entry.message)}")
    if entry.protects:
        parts.append(f"unless = [{', '.join(map(_text, entry.protects))}]")
    return ", ".join(parts)


def _list(entries: list[Entry]) -> str:
    return ", ".join(_text(entry.word) for entry in entries)


def _text(text: str) -> str:
    """A TOML string; control characters, which no entry needs, are left out."""
    escaped = text.translate(_ESCAPES)
    return '"' + "".join(sign for sign in escaped if sign >= " " and sign != "\x7f") + '"'
