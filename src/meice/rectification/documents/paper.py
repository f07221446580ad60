"""The order as it is printed for the seal (picture 06b), and the same as `.docx`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from meice.rectification.documents import writing
from meice.rectification.models import Order, OrderItem

TITLE = "{}新媒体（网站）整改通知单"
NOTE = "注：本单一式两份，签发单位、责任单位各存一份。证据清单及快照见系统内本编号。"
SEAL_DAY = "年　　月　　日"
SHOWN_ITEMS = 8
"""More than these would not fit on one sheet: the rest is named by its number."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on the sheet."""

    title: str
    issued: str
    due: str
    outlet: str
    platform: str
    address: str
    number: str
    problems: tuple[str, ...]
    demands: tuple[str, ...]
    verifiers: str
    code: str


def paper_of(order: Order) -> Paper:
    """The sheet of an issued order. Items of several outlets name theirs in the problem."""
    items = list(order.items.all())
    outlets = {item.outlet_id: item for item in items}
    one = items[0] if len(outlets) == 1 and items else None
    names = dict.fromkeys(item.outlet_name for item in items if item.outlet_name)
    return Paper(
        title=TITLE.format(settings.INSTITUTION),
        issued=day_words(timezone.localdate(order.issued_at)) if order.issued_at else "",
        due=f"{day_words(order.due_on)}前（自签发之日起{order.term_days}个工作日）",
        outlet=_joined(names) or "—",
        platform=(one.platform_name or "—") if one else "见存在问题",
        address=(one.address or "—") if one else "见存在问题",
        number=(one.outlet_number or "—") if one else "见存在问题",
        problems=_problems(items, named=one is None),
        demands=tuple(order.demands.splitlines()),
        verifiers=_verifiers(items),
        code=check_code(order, items),
    )


def _joined(names: dict[str, None]) -> str:
    first = list(names)[:3]
    return "、".join(first) + (f" 等 {len(names)} 个" if len(names) > 3 else "")


def _problems(items: Sequence[OrderItem], *, named: bool) -> tuple[str, ...]:
    lines = [
        f"{item.place}. {f'{item.outlet_name}（{item.platform_name}）' if named and item.outlet_name else ''}"
        f"{item.entry.label}：{item.text}"
        for item in items[:SHOWN_ITEMS]
    ]
    more = len(items) - SHOWN_ITEMS
    return (*lines, f"另有 {more} 项，见系统内本编号。") if more > 0 else tuple(lines)


def _verifiers(items: Sequence[OrderItem]) -> str:
    names = [name for item in items for name in item.verified_names.split("、") if name]
    return "　".join(dict.fromkeys(names)) or "—"


def day_words(day: date | None) -> str:
    """`2026年11月16日`; — without a day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def check_code(order: Order, items: Sequence[OrderItem]) -> str:
    """Eight signs that change with anything on the paper: `C1D8-02E7`."""
    parts = [f"{item.place}|{item.problem}|{item.text}|{item.outlet_name}" for item in items]
    text = "|".join([str(order.number), order.unit_name, str(order.due_on), order.demands, *parts])
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def order_docx(order: Order) -> bytes:
    """The sheet as a Word document."""
    paper = paper_of(order)
    document = writing.new_document()
    writing.heading(document, paper.title)
    writing.paragraph(document, f"编号：{order.number}　　　　签发日期：{paper.issued}")
    writing.facts(
        document,
        [
            ("责任单位", order.unit_name),
            ("账号（网站）名称", paper.outlet, "类型", paper.platform),
            ("账号ID（网址）", paper.address, "台账编号", paper.number),
            ("整改期限", paper.due),
            ("存在问题", "\n".join(paper.problems)),
            ("认定依据", order.basis),
            ("整改要求", "\n".join(paper.demands)),
            ("核实人", paper.verifiers, "签发人", order.issued_by_name),
            ("签发单位\n（盖章）", f"\n\n　　　　　　　　{order.issued_by_unit}\n　　　　　　　　{SEAL_DAY}"),
            ("责任单位\n签收", f"\n签收人：　　　　　　　　（盖章）\n　　　　　　　　{SEAL_DAY}"),
        ],
    )  # fmt: skip
    writing.paragraph(document, NOTE)
    writing.paragraph(document, f"校验码 {paper.code}")
    return writing.document_bytes(document)
