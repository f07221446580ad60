"""事件记录: the record book, one row an incident, on paper and as `.xlsx`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from meice.incidents.models import Incident, IncidentEvent, Letter
from meice.rectification.documents.sheets import workbook_bytes

MEASURES = ("measure", "clear")
HEAD = (
    "编号", "演练", "报告时间", "来源", "报告人", "涉事单位", "账号（网站）", "类别", "等级", "标题", "状态",
    "处置人", "认领时间", "开始处置", "有害内容清除", "处置措施", "转送", "办结时间", "办结人", "办结意见",
    "教训和改进",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookLine:
    """One incident with what was done and where it was passed to."""

    incident: Incident
    measures: tuple[str, ...]
    letters: tuple[str, ...]


def book_lines(incidents: Iterable[Incident]) -> list[BookLine]:
    """In the order given; two queries whatever their number."""
    rows = list(incidents)
    keys = [row.pk for row in rows]
    measures = _gathered(
        IncidentEvent.objects.filter(incident__in=keys, act__in=MEASURES).order_by("pk")
    )
    letters: dict[int, list[str]] = {}
    for letter in Letter.objects.filter(incident__in=keys):
        letters.setdefault(letter.incident_id, []).append(_letter(letter))
    return [
        BookLine(row, tuple(measures.get(row.pk, ())), tuple(letters.get(row.pk, ())))
        for row in rows
    ]


def _gathered(events: "QuerySet[IncidentEvent]") -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for event in events:
        found.setdefault(event.incident_id, []).append(f"{_clock(event.at)} {event.note}")
    return found


def _letter(letter: Letter) -> str:
    signed = f"{letter.received_by} {_clock(letter.received_at)}签收"
    return f"{letter.number} 送{letter.addressee}，{signed if letter.received_at else '待签收'}"


def _clock(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def incidents_bytes(lines: Iterable[BookLine]) -> bytes:
    """`.xlsx`; every cell is text."""
    return workbook_bytes({"事件记录": (HEAD, _cells(lines))})


def _cells(lines: Iterable[BookLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        one = line.incident
        yield (
            one.number, "演练" if one.is_drill else "", _clock(one.reported_at),
            str(one.get_source_display()), one.reporter_name, one.unit_name, one.outlet_name,
            str(one.get_kind_display()), str(one.get_severity_display()), one.shown_title,
            one.state.label, one.handler_name, _clock(one.claimed_at), _clock(one.acted_at),
            _clock(one.cleared_at) if one.clear_by else "不适用", "\n".join(line.measures),
            "\n".join(line.letters), _clock(one.ended_at), one.ended_by_name, one.conclusion,
            one.lessons,
        )  # fmt: skip
