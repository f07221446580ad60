"""``meice annex check | read`` (and, from ``cli_write``, ``merge | write | blank``).

Exit codes: 0 no error found, 1 at least one error found, 2 wrong usage. With ``--json`` one JSON
document goes to standard output and nothing else; progress goes to standard error.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from meice.engines.annexes import cli_write
from meice.engines.annexes.check import check, read_file
from meice.engines.annexes.model import Annex, Form, Issue, Package, Report, Severity
from meice.engines.terminal import FOUND, OK, Bar, reason_of, say, say_json, wrong

CHINA = timezone(timedelta(hours=8))
WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "说明"}


def add_parsers(commands: argparse._SubParsersAction[Any]) -> None:
    """Add every annex command; each sets ``run``, which gives the exit code."""
    checking = commands.add_parser("check", help="检查附件1–4：文件、目录或压缩包")
    checking.add_argument("paths", nargs="+", metavar="PATH", help="文件、目录或压缩包")
    checking.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="按哪一天检查，默认今天")
    checking.add_argument("--json", action="store_true", help="输出 JSON")
    checking.set_defaults(run=run_check)
    reading = commands.add_parser("read", help="读出一张表的内容")
    reading.add_argument("file", metavar="FILE", help="表格文件")
    reading.add_argument("--sheet", metavar="NAME", help="读哪个工作表，默认第一张找到的表")
    reading.add_argument(
        "--annex", type=int, choices=[int(annex) for annex in Annex], metavar="N",
        help="读附件几（1–4）",
    )  # fmt: skip
    reading.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="按哪一天检查，默认今天")
    reading.add_argument("--json", action="store_true", help="输出 JSON")
    reading.set_defaults(run=run_read)
    cli_write.add_parsers(commands)


def run_check(options: argparse.Namespace) -> int:
    """``meice annex check``."""
    try:
        report = check(options.paths, today=options.today or _today(), on_progress=Bar())
    except FileNotFoundError as error:
        return wrong(f"没有这个文件或目录：{error}")
    if options.json:
        _print_json(report.to_json())
    else:
        _print_report(report)
    return FOUND if report.has_errors else OK


def run_read(options: argparse.Namespace) -> int:
    """``meice annex read``."""
    path = Path(options.file)
    if not path.is_file():
        return wrong(f"没有这个文件：{path}")
    try:
        forms = read_file(path, today=options.today or _today())
    except OSError as error:
        return wrong(f"读不了 {path}：{reason_of(error)}")
    form = chosen(forms, options.sheet, options.annex)
    if form is None:
        return wrong(_not_there(forms, options))
    if options.json:
        _print_json(form.to_json())
    else:
        _print_form(form)
    return OK if form.accepted else FOUND


def chosen(forms: Sequence[Form], sheet: str | None, annex: int | None) -> Form | None:
    """The first form unless chosen; of annex 3 the forms of all its sheets as one."""
    if all(form.annex is None for form in forms):
        return forms[0]
    fitting = [
        form
        for form in forms
        if (sheet is None or form.sheet == sheet) and (annex is None or form.annex == annex)
    ]
    if not fitting:
        return None
    first = fitting[0]
    if first.annex is not Annex.FILING:
        return first
    return _joined([form for form in fitting if form.annex is Annex.FILING])


def _joined(forms: Sequence[Form]) -> Form:
    """The forms of annex 3 of one workbook as one document; the first one's header."""
    first = forms[0]
    return Form(
        path=first.path,
        annex=first.annex,
        sheet=first.sheet,
        sheets=first.sheets,
        header=first.header,
        rows=tuple(row for form in forms for row in form.rows),
        issues=tuple(issue for form in forms for issue in form.issues),
    )


def _not_there(forms: Sequence[Form], options: argparse.Namespace) -> str:
    found = "、".join(f"{form.sheet}（附件{int(form.annex)}）" for form in forms if form.annex)
    wanted = f"工作表 {options.sheet}" if options.sheet else f"附件{options.annex}"
    return f"{options.file} 里没有{wanted}。有：{found}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期应写作 YYYY-MM-DD，得到 {text}") from error


def _today() -> date:
    return datetime.now(CHINA).date()


def _print_report(report: Report) -> None:
    for form in report.files:
        say(_title(form))
        _print_issues(form.issues)
    for package in report.packages:
        _print_package(package)
    summary = report.to_json()["summary"]
    say(
        f"共 {summary['files']} 张表：通过 {summary['accepted']}，不通过 {summary['rejected']}；"
        f"错误 {summary['errors']} 处，提醒 {summary['warnings']} 处。"
    )


def _title(form: Form) -> str:
    verdict = "通过" if form.accepted else "不通过"
    if form.annex is None:
        return f"{form.path}：{verdict}"
    unit = f"，{form.header.unit}" if form.header.unit else ""
    return f"{form.path}［{form.sheet}］附件{int(form.annex)}{unit}，{len(form.rows)} 行：{verdict}"


def _print_package(package: Package) -> None:
    verdict = "通过" if package.accepted else "不通过"
    say(f"报送包 {package.path}（{package.unit or '单位未知'}）：{verdict}")
    _print_issues(package.issues)
    for attachment in package.attachments:
        say(f"  附带：{attachment}")


def _print_issues(issues: Sequence[Issue]) -> None:
    for issue in issues:
        say(f"  {WORDS[issue.severity]}：{issue.message}")


def _print_form(form: Form) -> None:
    say(_title(form))
    header = form.header
    say(f"  填报单位：{header.unit}  填表人：{header.filled_by}  日期：{header.date}")
    for row in form.rows:
        told = (f"{key}={_told(value)}" for key, value in row.to_json().items() if value)
        say("  " + "，".join(told))
    _print_issues(form.issues)


def _told(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _print_json(document: dict[str, Any]) -> None:
    say_json(document)


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m meice.engines.annexes …``: the annex commands alone."""
    parser = argparse.ArgumentParser(
        prog="meice annex", description="附件1–4 的检查、读取、合并、写出"
    )
    add_parsers(parser.add_subparsers(title="命令", metavar="命令", required=True))
    options = parser.parse_args(arguments)
    code: int = options.run(options)
    return code
