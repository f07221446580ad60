"""The lists as workbooks: text cells only. No telephone number leaves the house in them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from meice.compliance.models import CHECKLIST, Custody, Device
from meice.compliance.models.shown import Line
from meice.rectification.documents.sheets import workbook_bytes
from meice.registry.models import Outlet

FILE_HEAD = (
    "台账编号", "账号（网站）名称", "类型", "开设单位", "事项", "状态", "编号", "等保级别",
    "机关或单位", "有效期至", "来源", "取得时间", "说明",
)  # fmt: skip
DEVICE_HEAD = (
    "资产编号", "设备", "类型", "使用单位", "保管人", "用途", "放置地点", "状态", "最近检查",
    "检查结果", "下次检查", "备注",
)  # fmt: skip
CUSTODY_HEAD = (
    "账号（网站）名称", "类型", "开设单位", "登录", "保管人", "学生", "指导教师", "二次验证",
    "最近轮换", "应在此前轮换", "状态",
)  # fmt: skip


def files_bytes(files: Iterable[tuple[Outlet, Sequence[Line]]]) -> bytes:
    """One row an item that is asked of an outlet."""
    rows = (_line(outlet, line) for outlet, lines in files for line in lines)
    return workbook_bytes({"合规档案": (FILE_HEAD, rows)})


def _line(outlet: Outlet, line: Line) -> tuple[str, ...]:
    head = (outlet.number, outlet.name, outlet.platform_name, outlet.unit.name)
    item = line.item
    if item is None:
        return (*head, str(line.kind.label), line.look.label, "", "", "", "", "", "", "")
    end = "长期" if item.is_permanent else _day(item.valid_until)
    return (
        *head, str(line.kind.label), line.look.label, item.number,
        str(item.get_grade_display()) if item.grade else "", item.issuer, end,
        str(item.get_source_display()), item.seen_at.date().isoformat(), item.note,
    )  # fmt: skip


def devices_bytes(devices: Iterable[Device]) -> bytes:
    """One row a device; the second sheet says what a check asks."""
    rows = (_device(device) for device in devices)
    questions = ((words,) for words in CHECKLIST.values())
    return workbook_bytes(
        {"专用设备": (DEVICE_HEAD, rows), "检查内容": (("每次检查逐项回答",), questions)}
    )


def _device(one: Device) -> tuple[str, ...]:
    return (
        one.asset_number, one.name, str(one.get_kind_display()), one.unit.name, one.custodian_name,
        one.purpose, one.place, one.state.label, _day(one.checked_on), one.checked.label,
        _day(one.check_due_on), one.note,
    )  # fmt: skip


def custodies_bytes(custodies: Iterable[Custody]) -> bytes:
    """One row a login; without the telephone of whom to ask."""
    return workbook_bytes({"账号保管": (CUSTODY_HEAD, _custodies(custodies))})


def _custodies(custodies: Iterable[Custody]) -> Iterator[tuple[str, ...]]:
    for one in custodies:
        yield (
            one.outlet.name, one.outlet.platform_name, one.outlet.unit.name, one.what,
            one.holder_name, "是" if one.is_student else "否", one.teacher,
            one.factor_look.label, _day(one.rotated_on) or "未知", _day(one.rotate_by) or "未知",
            one.state.label,
        )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
