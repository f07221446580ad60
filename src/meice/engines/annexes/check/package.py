"""One package: whose it is, what it lacks, what its forms say of each other."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from meice.engines.annexes.check.cross import compare_forms
from meice.engines.annexes.columns import MARKS, TITLES
from meice.engines.annexes.model import Annex, Code, Form, Issue, Package, Severity
from meice.engines.annexes.naming import PackageName, parse_package_name
from meice.engines.annexes.read.ledger import base_name
from meice.engines.annexes.read.values import fold

EXPECTED_NAME = "YYYYMMDD+单位简称+新媒体（网站）统计.zip"
FIRST_YEAR = 2000
SHARED = 0.5  # of a short name's characters stand in the unit's name


def check_package(
    path: str,
    forms: Sequence[Form],
    attachments: Sequence[str],
    *,
    archive: bool,
    modified: str,
    today: dt.date,
) -> Package:
    """The package at ``path`` with the issues between its forms."""
    unit = unit_of(forms)
    name = parse_package_name(base_name(path))
    issues = [
        *(_name_issues(path, name, unit, today) if archive else ()),
        *_missing(path, forms),
        *compare_forms(forms, unit),
    ]
    return Package(
        path=path,
        unit=unit,
        date=name.sent_on.isoformat() if name else "",
        accepted=all(form.accepted for form in forms),
        attachments=tuple(attachments),
        issues=tuple(issues),
        modified=modified,
    )


def unit_of(forms: Sequence[Form]) -> str:
    """The 填报单位 that most of the forms name; the first of equals."""
    units = Counter(form.header.unit for form in forms if form.header.unit)
    return units.most_common(1)[0][0] if units else ""


def _name_issues(path: str, name: PackageName | None, unit: str, today: dt.date) -> Iterator[Issue]:
    shown = base_name(path)
    if name is None:
        message = f"压缩包名「{shown}」不合通知的规则。请改成 20210629数信学院新媒体（网站）统计.zip 的样子。"
        yield _warning(Code.BAD_PACKAGE_NAME, path, shown, EXPECTED_NAME, message)
        return
    if name.sent_on > today or name.sent_on.year < FIRST_YEAR:
        written = f"{name.sent_on:%Y%m%d}"
        message = f"压缩包名里的日期 {written} 不像发送日期（今天是 {today:%Y%m%d}）。请改成发送当天的日期。"
        yield _warning(Code.BAD_PACKAGE_NAME, path, written, "发送当天的日期", message)
    if not name.short or (unit and not is_short_of(name.short, unit)):
        message = f"压缩包名里的单位「{name.short}」与填报单位「{unit}」对不上。请核对单位简称。"
        yield _warning(Code.BAD_PACKAGE_NAME, path, name.short, unit or "单位简称", message)


def is_short_of(short: str, unit: str) -> bool:
    """Whether a short name may stand for the unit: it shares half of its characters."""
    own, full = fold(short), set(fold(unit))
    return sum(character in full for character in own) >= SHARED * len(own)


def _missing(path: str, forms: Sequence[Form]) -> Iterator[Issue]:
    there = {form.annex for form in forms}
    for annex in Annex:
        if annex not in there:
            message = f"包里没有{MARKS[annex]}《{TITLES[annex]}》。请补上；没有内容也要交空表。"
            yield _warning(Code.MISSING_ANNEX, path, "", MARKS[annex], message)


def _warning(code: Code, path: str, found: str, expected: str, message: str) -> Issue:
    return Issue(code, Severity.WARNING, path, None, None, found, expected, message)
