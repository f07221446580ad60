"""巡查记录 as `.xlsx`: one row an outlet, written row by row."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.utils import timezone

from meice.patrols.documents.book import BY_PERSON, Line, clock_words, outcome_words

HEAD = (
    "日期", "班次", "巡查", "事由", "巡查单位", "值班（巡查）人", "带班领导", "序",
    "巡查对象（账号/网站）", "类型", "所属单位", "巡查方式", "结果", "发现问题", "看不到的",
    "截图数", "处置措施", "处置人", "是否上报", "看完人", "看完时间", "本轮结果", "本轮完成时间",
    "交班事项", "漏巡说明",
)  # fmt: skip
WIDTHS = {8: 28, 13: 40, 14: 30, 16: 30, 18: 36, 23: 30}
WIDTH = 14


def workbook_of(lines: Iterable[Line]) -> BytesIO:
    """From its beginning, rows spooled to the disk while it is written. Text cells run nothing."""
    stream = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1})
        page = book.add_worksheet("巡查记录")
        page.freeze_panes(1, 0)
        for at, title in enumerate(HEAD):
            page.set_column(at, at, WIDTHS.get(at, WIDTH))
            page.write_string(0, at, title, bold)
        for row, line in enumerate(lines, 1):
            for at, value in enumerate(_cells(line)):
                if isinstance(value, int):
                    page.write_number(row, at, value)
                else:
                    page.write_string(row, at, value)
    stream.seek(0)
    return stream


def _cells(line: Line) -> tuple[str | int, ...]:
    round, visit = line.round, line.visit
    return (
        round.day.isoformat(), clock_words(round), round.name, round.occasion, round.unit_name,
        round.people_names, round.leader_names, visit.place, visit.name, visit.platform_name,
        visit.unit_name, BY_PERSON, line.result, line.problems, line.unseen, line.photos,
        line.measures, line.handlers, line.told or ("否" if line.problems else ""), visit.done_by_name,
        _moment(visit.done_at), outcome_words(round), _moment(round.finished_at), round.handover,
        round.excuse,
    )  # fmt: skip


def _moment(at: datetime | None) -> str:
    local = timezone.localtime(at) if at else None
    return f"{local:%Y-%m-%d %H:%M}" if local else ""
