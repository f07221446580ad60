"""``meice annex merge | write | blank``: the commands that write files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

from meice.engines.annexes.check import check
from meice.engines.annexes.merge import Merged, Request, Written, merge, write_merged
from meice.engines.annexes.merge.output import write_all
from meice.engines.annexes.model import Annex, Form, JsonError
from meice.engines.annexes.write import blank_workbooks, write_workbook
from meice.engines.terminal import FOUND, OK, WRONG_USAGE, Bar, reason_of, say, say_json, wrong

T = TypeVar("T")
CHINA = timezone(timedelta(hours=8))


def add_parsers(commands: argparse._SubParsersAction[Any]) -> None:
    """Add ``merge``, ``write`` and ``blank``; each sets ``run``, which gives the exit code."""
    _add_merge(commands)
    _add_write(commands)
    _add_blank(commands)


def _add_merge(commands: argparse._SubParsersAction[Any]) -> None:
    parser = commands.add_parser("merge", help="把各单位的压缩包合并成本部门的一份")
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="文件、目录或压缩包")
    parser.add_argument("--unit", required=True, metavar="NAME", help="汇总单位全称")
    parser.add_argument("--short", required=True, metavar="NAME", help="汇总单位简称（压缩包名）")
    parser.add_argument(
        "--date", required=True, type=_day, metavar="YYYY-MM-DD", help="报送日期（压缩包名）"
    )
    parser.add_argument(
        "-o", dest="directory", required=True, type=Path, metavar="DIR", help="写到这个目录"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=_run_merge)


def _add_write(commands: argparse._SubParsersAction[Any]) -> None:
    parser = commands.add_parser("write", help="把 JSON（read 的输出）写成 .xls")
    parser.add_argument(
        "--annex", required=True, type=int, choices=[int(a) for a in Annex], metavar="N",
        help="附件几（1–4）",
    )  # fmt: skip
    parser.add_argument("--data", required=True, type=Path, metavar="FILE.json", help="数据")
    parser.add_argument("--delivery", default="", metavar="TEXT", help="表下的“报送方式”一段")
    parser.add_argument(
        "-o", dest="file", required=True, type=Path, metavar="FILE.xls", help="写到这个文件"
    )
    parser.set_defaults(run=_run_write)


def _add_blank(commands: argparse._SubParsersAction[Any]) -> None:
    parser = commands.add_parser("blank", help="写出四张空白表")
    parser.add_argument("--delivery", default="", metavar="TEXT", help="表下的“报送方式”一段")
    parser.add_argument(
        "-o", dest="directory", required=True, type=Path, metavar="DIR", help="写到这个目录"
    )
    parser.set_defaults(run=_run_blank)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期应写作 YYYY-MM-DD，得到 {text}") from error


def _run_merge(options: argparse.Namespace) -> int:
    try:
        report = check(options.inputs, today=datetime.now(CHINA).date(), on_progress=Bar())
    except FileNotFoundError as error:
        return wrong(f"没有这个文件或目录：{error}")
    merged = merge(report, Request(options.unit, options.short, options.date))
    written = _writing(lambda: write_merged(merged, options.directory))
    if written is None:
        return WRONG_USAGE
    if options.json:
        say_json(_merge_json(merged, written))
    else:
        _print_merge(merged, written)
    return FOUND if report.has_errors else OK


def _merge_json(merged: Merged, written: Written) -> dict[str, Any]:
    paths = {"package": str(written.package), "report": str(written.report)}
    return {**merged.report.to_json(), "written": paths}


def _print_merge(merged: Merged, written: Written) -> None:
    say(f"已汇入 {len(merged.forms)} 份表，账号 {len(merged.basic)} 个。")
    for left in merged.left_out:
        say(f"未汇入：{left.path}：{left.reason}")
    if merged.differences:
        say(f"附件2 与附件1 不一致：{len(merged.differences)} 格，见报告。")
    say(f"压缩包：{written.package}")
    say(f"报告：{written.report}")


def _run_write(options: argparse.Namespace) -> int:
    try:
        data = json.loads(options.data.read_text(encoding="utf-8-sig"))
        form = Form.from_json(data, Annex(options.annex))
    except OSError as error:
        return wrong(f"读不了 {options.data}：{reason_of(error)}")
    except UnicodeDecodeError:
        return wrong(f"{options.data} 不是 UTF-8 编码。")
    except json.JSONDecodeError as error:
        return wrong(f"{options.data} 不是 JSON：第 {error.lineno} 行第 {error.colno} 列。")
    except JsonError as error:
        return wrong(f"{options.data}：{error}")
    content = write_workbook([form], delivery=options.delivery)
    return _write_files({options.file: content})


def _run_blank(options: argparse.Namespace) -> int:
    blanks = blank_workbooks(delivery=options.delivery)
    return _write_files({options.directory / name: content for name, content in blanks.items()})


def _write_files(files: dict[Path, bytes]) -> int:
    def write() -> bool:
        write_all(files.items())
        return True

    if not _writing(write):
        return WRONG_USAGE
    for path in files:
        say(f"已写出：{path}")
    return OK


def _writing(write: Callable[[], T]) -> T | None:
    try:
        return write()
    except OSError as error:
        wrong(f"写不了 {error.filename or ''}：{reason_of(error)}")
        return None
