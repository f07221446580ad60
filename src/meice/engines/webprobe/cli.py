"""``meice probe URL…``: probe websites from the command line.

Exit codes: 0 every site is fine, 1 a problem was found or a site could not be read, 2 wrong usage
(3, stopped, is the program's). With ``--json`` one JSON document goes to standard output and
nothing else; progress goes to standard error.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from ipaddress import ip_network
from pathlib import Path

from meice.engines.gate import Network, Policy
from meice.engines.terminal import FOUND, OK, Bar, reason_of, say, say_json, wrong
from meice.engines.webprobe.checks import Campus
from meice.engines.webprobe.checks.days import CHINA
from meice.engines.webprobe.crawl import CrawlOptions
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.probe import probe
from meice.engines.webprobe.report import SiteVerdict
from meice.engines.webprobe.rules import SHIPPED, RuleError, RuleSet, load_rules, shipped
from meice.engines.webprobe.screen import lines_of

MANY = 20  # sites from which on all cores are used
NOON = time(12)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``meice probe``; ``run`` takes what was parsed."""
    parser.add_argument("urls", nargs="+", metavar="URL", help="网站地址")
    parser.add_argument(
        "--max-pages", type=_count, default=50, metavar="N", help="每个网站最多读几页，默认 50"
    )
    parser.add_argument(
        "--rate", type=_rate, default=1.0, metavar="N",
        help="每秒对一个网站发几个请求，0 不限，默认 1",
    )  # fmt: skip
    parser.add_argument(
        "--allow", type=_network, action="append", default=[], metavar="CIDR",
        help="允许访问的网段（内网、本机），可重复",
    )  # fmt: skip
    parser.add_argument(
        "--campus-domain", action="append", default=[], metavar="D", help="学校域名，可重复"
    )
    parser.add_argument(
        "--campus-net", type=_network, action="append", default=[], metavar="CIDR",
        help="校园网网段，可重复",
    )  # fmt: skip
    parser.add_argument(
        "--now", type=_moment, metavar="ISO", help="按哪一天判断，如 2026-11-22，默认现在"
    )
    parser.add_argument(
        "--rules", type=_rules, default="school", metavar="FILE",
        help=f"规则集文件，或自带的 {'、'.join(SHIPPED)}，默认 school",
    )  # fmt: skip
    parser.add_argument(
        "--resume", type=Path, metavar="FILE", help="进度文件：中断后接着探测没做完的网站"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(given: argparse.Namespace) -> int:
    """``meice probe``."""
    options = options_of(given)
    bar = Bar()
    try:
        reports = probe(given.urls, options, on_progress=bar, resume=given.resume)
    except OSError as error:
        return wrong(f"写不了 {error.filename or given.resume}：{reason_of(error)}")
    if given.json:
        say_json({"sites": [report.as_json() for report in reports]})
    else:
        for report in reports:
            for line in lines_of(report):
                say(line)
    return OK if all(report.verdict is SiteVerdict.OK for report in reports) else FOUND


def options_of(given: argparse.Namespace) -> Options:
    """What the arguments ask for."""
    return Options(
        policy=Policy(campus_networks=tuple(given.campus_net), allow=tuple(given.allow)),
        crawl=CrawlOptions(max_pages=given.max_pages, rate=given.rate),
        rules=given.rules,
        now=given.now or datetime.now(UTC),
        campus=Campus(tuple(given.campus_domain), tuple(given.campus_net)),
        processes=(os.cpu_count() or 1) if len(given.urls) >= MANY else 1,
    )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"应为正整数，得到 {text}")
    return int(text)


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 1_000_000:
        raise argparse.ArgumentTypeError(f"应为不小于 0 的数，得到 {text}")
    return rate


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"不是网段：{text}，应如 10.0.0.0/8") from error


def _moment(text: str) -> datetime:
    """A day (then noon in China) or a moment; one without a zone is China's."""
    try:
        if len(text) <= len("YYYY-MM-DD"):
            return datetime.combine(date.fromisoformat(text), NOON, CHINA)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"不是日期：{text}，应如 2026-11-22") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _rules(text: str) -> RuleSet:
    try:
        return shipped(text) if text in SHIPPED else load_rules(Path(text))
    except RuleError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    except OSError as error:
        raise argparse.ArgumentTypeError(f"读不了规则集 {text}：{reason_of(error)}") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m meice.engines.webprobe …``."""
    parser = argparse.ArgumentParser(prog="meice probe", description="探测网站")
    add_arguments(parser)
    return run(parser.parse_args(arguments))
