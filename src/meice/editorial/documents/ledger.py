"""三审三校记录清单 as a workbook: one row a manuscript, text cells only, written row by row."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

import xlsxwriter

from meice.editorial.documents.sheet import NONE, moment_words
from meice.editorial.models import Manuscript, Review

WIDTH = 16
THREE = 3


def _signed(review: Review | None) -> str:
    if review is None or not review.is_decided:
        return ""
    return f"{review.signed} {review.state.label} {moment_words(review.decided_at)}"


def stage_of(place: int) -> Callable[[Manuscript], str]:
    """The signature of the place-th stage of the present round."""

    def read(row: Manuscript) -> str:
        return _signed(next(iter(row.present[place - 1 : place]), None))

    return read


def _more(row: Manuscript) -> str:
    return "；".join(filter(None, (_signed(review) for review in row.present[THREE:])))


def _mistakes(row: Manuscript) -> str:
    return str(sum(review.mistakes for review in row.reviews.all()))


def _outlets(row: Manuscript) -> str:
    return "、".join(one.outlet_name for one in row.publications.all())


def _links(row: Manuscript) -> str:
    return "\n".join(one.url for one in row.publications.all() if one.url)


def _checks(row: Manuscript) -> str:
    states = [one.state for one in row.publications.all()]
    return "、".join(str(state.label) if state else "还没有核对" for state in states)


def _author_note(row: Manuscript) -> str:
    return "是" if any(review.is_author for review in row.present) else "否"


def _digest(row: Manuscript) -> str:
    revision = row.approved or row.revision
    return revision.digest if revision else ""


COLUMNS: Sequence[tuple[str, Callable[[Manuscript], str]]] = (
    ("编号", lambda row: row.number),
    ("标题", lambda row: row.title),
    ("单位", lambda row: row.unit_name),
    ("作者", lambda row: row.author_name),
    ("内容形式", lambda row: str(row.get_form_display())),
    ("稿件类别", lambda row: str(row.get_content_class_display())),
    ("原创或转载", lambda row: str(row.get_origin_display())),
    ("缓急", lambda row: str(row.get_lane_display())),
    ("状态", lambda row: row.state.label),
    ("首次送审", lambda row: moment_words(row.submitted_at)),
    ("一审一校", stage_of(1)),
    ("二审二校", stage_of(2)),
    ("三审三校", stage_of(3)),
    ("加审", _more),
    ("作者兼一审", _author_note),
    ("送审次数", lambda row: str(row.round)),
    ("退回次数", lambda row: str(row.returns)),
    ("校对差错数", _mistakes),
    ("终审通过", lambda row: moment_words(row.approved_at)),
    ("发布时间", lambda row: moment_words(row.published_at)),
    ("发布账号", lambda row: _outlets(row) or NONE),
    ("链接", _links),
    ("页面核对", lambda row: _checks(row) or NONE),
    ("审定稿指纹", _digest),
)


def ledger_bytes(rows: Iterable[Manuscript]) -> bytes:
    """`.xlsx`; nothing in it is run by a spreadsheet. One row is in memory at a time."""
    stream = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    sheet = book.add_worksheet("三审三校记录清单")
    head = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1})
    sheet.set_column(0, len(COLUMNS) - 1, WIDTH)
    sheet.freeze_panes(1, 2)
    for at, (title, _) in enumerate(COLUMNS):
        sheet.write_string(0, at, title, head)
    line = 0
    for line, row in enumerate(rows, start=1):
        for at, (_, read) in enumerate(COLUMNS):
            sheet.write_string(line, at, read(row))
    sheet.autofilter(0, 0, max(line, 1), len(COLUMNS) - 1)
    book.close()
    return stream.getvalue()
