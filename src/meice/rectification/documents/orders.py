"""The list of orders as a workbook: one row an item."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from meice.rectification.documents.sheets import workbook_bytes
from meice.rectification.models import Order, OrderItem

HEAD = (
    "编号", "责任单位", "状态", "是否逾期", "轻重", "签发日期", "期限", "提醒次数", "退回次数",
    "序", "账号（网站）名称", "类型", "问题", "事实", "检查时更新日期", "事项状态", "是否整改", "核实人", "销号日期",
)  # fmt: skip


def orders_bytes(orders: Iterable[Order], today: date) -> bytes:
    """`.xlsx`, in the order given."""
    rows = (row for order in orders for row in _rows(order, today))
    return workbook_bytes({"整改单": (HEAD, rows)})


def _rows(order: Order, today: date) -> Iterator[tuple[str | int, ...]]:
    issued = timezone.localdate(order.issued_at).isoformat() if order.issued_at else ""
    closed = timezone.localdate(order.closed_at).isoformat() if order.closed_at else ""
    before = (
        order.number or "草稿", order.unit_name, order.state.label,
        "是" if order.is_late(today) else "否", order.get_severity_display(), issued,
        order.due_on.isoformat() if order.due_on else "", order.reminders_sent, order.rounds,
    )  # fmt: skip
    for item in order.items.all():
        yield (*before, *_item(item), closed)


def _item(item: OrderItem) -> tuple[str | int, ...]:
    return (
        item.place, item.outlet_name or "单位自身", item.platform_name, item.entry.label,
        item.text, item.updated_on.isoformat() if item.updated_on else "未知", item.state.label,
        "是" if item.fixed_at else "否", item.verified_names,
    )  # fmt: skip
