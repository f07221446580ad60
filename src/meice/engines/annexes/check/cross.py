"""Checks between the forms of one package. Source: annexes.md, cross checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from meice.engines.annexes import columns
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    Code,
    CountRow,
    FilingForm,
    FilingRow,
    Form,
    Issue,
    Severity,
)
from meice.engines.annexes.read.basic import platform_of, same_unit
from meice.engines.annexes.read.values import fold
from meice.engines.annexes.tally import differences, tally


@dataclass(frozen=True, slots=True)
class Spot:
    """A record of a form: the form and the record's index in it."""

    form: Form
    index: int = 0

    def warning(self, code: Code, key: str, found: str, expected: str, message: str) -> Issue:
        cell = self.form.places.address(key, self.index)
        where = f"{cell} " if cell else ""
        form = self.form
        return Issue(
            code, Severity.WARNING, form.path, form.sheet, cell, found, expected, where + message
        )


def compare_forms(forms: Sequence[Form], unit: str) -> Iterator[Issue]:
    """Every difference between the forms of one package whose unit is ``unit``."""
    yield from _compare_units(forms, unit)
    yield from _compare_counts(forms)
    yield from _compare_filings(forms)


def _of(forms: Iterable[Form], annex: Annex) -> list[Form]:
    return [form for form in forms if form.annex is annex]


def _compare_units(forms: Sequence[Form], unit: str) -> Iterator[Issue]:
    for form in forms:
        own = form.header.unit
        if own and unit and not same_unit(own, unit):
            message = f"填报单位「{own}」与同一包里其他表的「{unit}」不一致。请统一单位名称。"
            yield Spot(form).warning(Code.UNIT_MISMATCH, "header.unit", own, unit, message)


def _compare_counts(forms: Sequence[Form]) -> Iterator[Issue]:
    basic = _of(forms, Annex.BASIC)
    if not basic:
        return
    computed = tally(row for form in basic for row in form.rows if isinstance(row, BasicRow))
    for form in _of(forms, Annex.COUNTS):
        own = {row.item: index for index, row in enumerate(form.rows) if isinstance(row, CountRow)}
        told = {issue.cell for issue in form.issues if issue.code is Code.SUM_MISMATCH}
        ordered = [form.rows[own[row.item]] if row.item in own else row for row in computed]
        rows = [row for row in ordered if isinstance(row, CountRow)]
        for each in differences(rows, computed):
            key = "total" if each.column == columns.COUNT_TOTAL.title else each.column
            spot = Spot(form, own.get(each.item, 0))
            if each.item not in own or form.places.address(key, spot.index) in told:
                continue
            found = "" if each.own is None else str(each.own)
            message = (
                f"附件2「{each.item}」的「{each.column}」填 {found or '空'}，"
                f"按附件1 应为 {each.computed or 0}。请核对后改正其中一张。"
            )
            yield spot.warning(Code.SUM_MISMATCH, key, found, str(each.computed or 0), message)


COMPARED: tuple[tuple[str, str, str], ...] = (
    ("name", "name", "账号名称"),
    ("account_id", "account_id", "账号ID（网址）"),
    ("department", "department", "开设部门"),
    ("verified_as", "verified_as", "认证主体"),
    ("opened_on", "opened_on", "开通时间"),
    ("leader", "leader.name", "主管领导"),
    ("reviewer", "reviewer.name", "审核人"),
    ("operator", "operators.1.name", "运维负责人"),
    ("operator_phone", "operators.1.phone", "运维负责人联系电话"),
    ("filing_kind", "filing_kind", "备案类型"),
)


def _compare_filings(forms: Sequence[Form]) -> Iterator[Issue]:
    papers, lists = _of(forms, Annex.FILING), _of(forms, Annex.FILINGS)
    if not papers or not lists:
        return
    filed = [
        (Spot(form, index), row)
        for form in papers
        for index, row in enumerate(form.rows)
        if isinstance(row, FilingForm)
    ]
    listed = [
        (Spot(form, index), row)
        for form in lists
        for index, row in enumerate(form.rows)
        if isinstance(row, FilingRow)
    ]
    pairs, lone_papers, lone_rows = _pair([row for _, row in filed], [row for _, row in listed])
    for paper, row in pairs:
        yield from _compare_pair(listed[row][0], listed[row][1], filed[paper][1])
    for row in lone_rows:
        spot, own = listed[row]
        message = (
            f"「{own.name}」在附件4 里有，却没有它的附件3 备案登记表。请补一张，或删掉这一行。"
        )
        yield spot.warning(Code.ANNEX4_MISMATCH, "name", own.name, "有对应的附件3", message)
    for paper in lone_papers:
        spot, form = filed[paper]
        message = f"「{form.name}」有附件3，附件4 备案汇总表里却没有这一行。请补上。"
        yield spot.warning(Code.ANNEX4_MISMATCH, "name", form.name, "列入附件4", message)


def _pair(
    papers: Sequence[FilingForm], rows: Sequence[FilingRow]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Forms and rows of the same accounts, likest first; then the forms and rows left over."""
    scored = sorted(
        (
            (-score, paper, row)
            for paper, form in enumerate(papers)
            for row, own in enumerate(rows)
            if (score := _likeness(form, own)) >= ENOUGH
        ),
    )
    pairs: list[tuple[int, int]] = []
    used_papers: set[int] = set()
    used_rows: set[int] = set()
    for _, paper, row in scored:
        if paper not in used_papers and row not in used_rows:
            pairs.append((paper, row))
            used_papers.add(paper)
            used_rows.add(row)
    left_papers = [paper for paper in range(len(papers)) if paper not in used_papers]
    left_rows = [row for row in range(len(rows)) if row not in used_rows]
    return sorted(pairs, key=lambda pair: pair[1]), left_papers, left_rows


ENOUGH = 4


def _likeness(form: FilingForm, row: FilingRow) -> int:
    same_id = bool(fold(form.account_id)) and fold(form.account_id) == fold(row.account_id)
    same_name = bool(fold(form.name)) and fold(form.name) == fold(row.name)
    same_platform = _same_kind(form, row)
    same_filing = form.filing_kind == row.filing_kind
    return 4 * (same_id + same_name) + 2 * same_platform + same_filing


def _same_kind(form: FilingForm, row: FilingRow) -> bool:
    one, other = platform_of(form.platform_or_icp), platform_of(row.kind)
    if one is None and other is None:
        return fold(form.platform_or_icp) == fold(row.kind)
    return one is other


def _compare_pair(spot: Spot, row: FilingRow, form: FilingForm) -> Iterator[Issue]:
    for key, paper_key, title in COMPARED:
        own, filed = str(getattr(row, key)), _of_paper(form, paper_key)
        if not _alike(key, own, filed):
            yield _difference(spot, key, title, own, filed)
    platform = platform_of(row.kind)
    is_site = platform is not None and platform.key == "website"
    if (row.kind or form.platform_or_icp) and not is_site and not _same_kind(form, row):
        yield _difference(spot, "kind", "类型", row.kind, form.platform_or_icp)


def _difference(spot: Spot, key: str, title: str, own: str, filed: str) -> Issue:
    message = f"附件4 的「{title}」是「{own}」，附件3 里是「{filed}」。请核对后统一。"
    return spot.warning(Code.ANNEX4_MISMATCH, key, own, filed, message)


def _of_paper(form: FilingForm, key: str) -> str:
    if key.startswith("operators."):
        return str(getattr(form.operators[0], key.rpartition(".")[2])) if form.operators else ""
    holder, _, part = key.partition(".")
    value = getattr(form, holder)
    return str(getattr(value, part) if part else value)


def _alike(key: str, own: str, filed: str) -> bool:
    one, other = fold(own), fold(filed)
    if key == "opened_on" and one and other:
        return one.startswith(other) or other.startswith(one)
    if key == "department":
        return one == other or bool(one and other and same_unit(one, other))
    if key == "account_id":
        return one.rstrip("/").lower() == other.rstrip("/").lower()
    return one == other
