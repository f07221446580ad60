"""``meice proof FILE…``: read copy from the command line.

Exit codes: 0 nothing that must be mended, 1 an issue that must be mended (`block`) or a file that
cannot be read, 2 wrong usage (3, stopped, is the program's). With ``--json`` one JSON document goes
to standard output and nothing else; why a file cannot be read goes to standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from meice.engines.documents import (
    Budget,
    Kind,
    RefusedZip,
    Text,
    Unread,
    kind_of,
    members_of,
    read_text,
)
from meice.engines.terminal import FOUND, OK, reason_of, say, say_json, warn, wrong
from meice.engines.zhcheck.checking import check, shipped
from meice.engines.zhcheck.faults import LexiconError
from meice.engines.zhcheck.lexicon import read_lexicon
from meice.engines.zhcheck.model import Lexicon
from meice.engines.zhcheck.proof import Proof, lines_of

STDIN = "-"
TOO_LONG = 30_000_001  # bytes: `documents` refuses more than 30 MB
CHINA = timezone(timedelta(hours=8))
# What is taken from a directory; a file that is named is read whatever it is called.
SUFFIXES = (
    *(".txt", ".md", ".markdown", ".docx", ".doc", ".rtf", ".odt", ".html", ".htm", ".mht"),
    *(".pdf", ".pptx", ".xls", ".xlsx", ".et", ".ods", ".csv"),
)

UNREAD = {
    Unread.UNSAFE: "文件名不安全，没有读；请重新打包",
    Unread.LINK: "是指向别处的链接，没有读；请重新打包",
    Unread.TOO_LARGE: "超过 20 MB，没有读",
    Unread.LOCKED: "在压缩包里设了密码，读不了；请不设密码重新打包",
    Unread.BROKEN: "已经损坏，解不开；请重新打包",
}
UNSAFE = (Unread.UNSAFE, Unread.LINK)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``meice proof``; ``run`` takes what was parsed."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="文件、目录或 .zip；- 读标准输入")
    parser.add_argument(
        "--lexicon", nargs="+", action="extend", default=[], type=_lexicon, metavar="FILE",
        help="学校自己的词库（TOML），与自带的一起用，可多个",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace) -> int:
    """``meice proof``."""
    try:
        sources = list(_sources(given.files))
    except OSError as error:
        return wrong(f"读不了 {error.filename}：{reason_of(error)}")
    if not sources:
        return wrong(f"没有可读的稿件：{'、'.join(given.files)}")
    lexicons = (*shipped(), *given.lexicon)
    today = datetime.now(CHINA).date()
    proofs = [
        Proof(path, text, tuple(check(text.text, lexicons, today=today)))
        for source in sources
        for path, text in _texts(source)
    ]
    if given.json:
        say_json({"files": [each.as_json() for each in proofs]})
    else:
        for line in lines_of(proofs):
            say(line)
    return OK if all(each.is_sound for each in proofs) else FOUND


def _sources(names: Sequence[str]) -> Iterator[str]:
    """The files meant; raises OSError for what is not there."""
    for name in names:
        path = Path(name)
        if name != STDIN and path.is_dir():
            yield from (str(each) for each in sorted(path.rglob("*")) if _is_copy(each))
            continue
        if name != STDIN:
            path.stat()
        yield name


def _is_copy(path: Path) -> bool:
    is_zip = path.suffix.lower() == ".zip" and not path.name.startswith(".")
    return (is_zip or _is_named_copy(path)) and path.is_file()


def _is_named_copy(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))
    return not hidden and path.suffix.lower() in SUFFIXES


def _texts(source: str) -> Iterator[tuple[str, Text]]:
    """The text of a file, or of each file in a zip, with where it stands."""
    try:
        data = _bytes(source)
    except OSError as error:
        found = iter([(source, Text(Kind.UNKNOWN, refusal=reason_of(error)))])
    else:
        found = _opened(data, source)
    for path, text in found:
        if text.refusal:
            warn(f"{path}：{text.refusal}")
        elif text.cut:
            warn(f"{path}：文字太长，只读了前 {len(text.text)} 字")
        yield path, text


def _opened(data: bytes, path: str) -> Iterator[tuple[str, Text]]:
    if kind_of(data) is not Kind.ZIP:
        yield path, _text(data, path)
        return
    read = 0
    for inside, text in _inside(data, path, Budget()):
        read += 1
        yield inside, text
    if not read:
        yield path, Text(Kind.ZIP, refusal="压缩包里没有可读的稿件")


def _inside(
    data: bytes, path: str, budget: Budget, *, is_inner: bool = False
) -> Iterator[tuple[str, Text]]:
    """The copy in a zip; a zip in it is opened, one in that is not (contracts.md, archives)."""
    try:
        for member in members_of(data, budget):
            inside = f"{path}!/{member.name}"
            if member.unread in UNSAFE:
                yield inside, Text(Kind.UNKNOWN, refusal=UNREAD[member.unread])
            elif kind_of(member.data) is Kind.ZIP and is_inner:
                yield (
                    inside,
                    Text(Kind.ZIP, refusal="套了多层的压缩包，没有打开；请直接放进一个 .zip"),
                )
            elif kind_of(member.data) is Kind.ZIP:
                yield from _inside(member.data, inside, budget, is_inner=True)
            elif member.unread and _is_named_copy(Path(member.name)):
                yield inside, Text(Kind.UNKNOWN, refusal=UNREAD[member.unread])
            elif _is_named_copy(Path(member.name)):
                yield inside, _text(member.data, member.name)
    except RefusedZip as refusal:
        yield path, Text(Kind.ZIP, refusal=f"压缩包{refusal.why or '已损坏，打不开'}，没有读")


def _bytes(source: str) -> bytes:
    """What is in a file, a pipe or standard input; of one too long, enough to be refused."""
    if source == STDIN:
        return sys.stdin.buffer.read(TOO_LONG)
    with Path(source).open("rb") as stream:
        return stream.read(TOO_LONG)


def _text(data: bytes, name: str) -> Text:
    """The text of a file; one with nothing but white space in it is a text, too."""
    return read_text(data, name) if data.strip() else Text(Kind.TEXT, data.decode("ascii"))


def _lexicon(name: str) -> Lexicon:
    try:
        return read_lexicon(Path(name))
    except LexiconError as error:
        raise argparse.ArgumentTypeError(f"词库不能用：\n{error}") from error
    except OSError as error:
        raise argparse.ArgumentTypeError(f"读不了词库 {name}：{reason_of(error)}") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m meice.engines.zhcheck …``."""
    parser = argparse.ArgumentParser(prog="meice proof", description="校对文字")
    add_arguments(parser)
    return run(parser.parse_args(arguments))
