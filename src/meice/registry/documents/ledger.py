"""The ledger as a workbook: our own wide list, and annex 4."""

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO

import xlsxwriter
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from meice.engines.annexes.model import Annex, FilingRow, Form, Header
from meice.engines.annexes.write import write_workbook
from meice.registry.entry import written_date
from meice.registry.models import Contact, Filing, FilingKind, FilingStatus, Holder, Outlet

YES_NO = {True: "是", False: "否", None: ""}
WIDTH = 16
Column = tuple[str, Callable[[Outlet, dict[str, Contact]], str]]


def _contact(key: str, part: str = "name") -> Callable[[Outlet, dict[str, Contact]], str]:
    def read(_outlet: Outlet, people: dict[str, Contact]) -> str:
        return str(getattr(people[key], part)) if key in people else ""

    return read


def _lead(part: str) -> Callable[[Outlet, dict[str, Contact]], str]:
    """账号负责人, else operator 1 (annexes.md)."""

    def read(_outlet: Outlet, people: dict[str, Contact]) -> str:
        lead = people.get("responsible") or people.get("operators.1")
        return str(getattr(lead, part)) if lead else ""

    return read


COLUMNS: tuple[Column, ...] = (
    ("台账编号", lambda outlet, _: outlet.number),
    ("账号（网站）名称", lambda outlet, _: outlet.name),
    ("类型", lambda outlet, _: outlet.platform_name),
    ("账号ID", lambda outlet, _: outlet.account_id),
    ("网址", lambda outlet, _: outlet.url),
    ("平台永久ID", lambda outlet, _: outlet.permanent_id),
    ("网站ICP", lambda outlet, _: outlet.icp),
    ("开设单位", lambda outlet, _: outlet.unit.name),
    ("责任部门", lambda outlet, _: outlet.responsible_department),
    ("认证主体", lambda outlet, _: outlet.verified_as),
    ("开通时间", lambda outlet, _: written_date(outlet.opened_on, outlet.opened_precision) or ""),
    ("粉丝量（关注数）", lambda outlet, _: _number(outlet.followers)),
    ("发布频次", lambda outlet, _: outlet.frequency),
    ("用途", lambda outlet, _: outlet.purpose),
    ("状态", lambda outlet, _: outlet.state.label),
    ("持有性质", lambda outlet, _: str(Holder(outlet.holder).label)),
    ("职务账号持有人", lambda outlet, _: outlet.holder_person),
    ("是否具有互动功能", lambda outlet, _: YES_NO[outlet.interactive]),
    ("是否建立内容发布审核制度", lambda outlet, _: YES_NO[outlet.has_review_system]),
    ("是否委托其他单位运营", lambda outlet, _: YES_NO[outlet.outsourced]),
    ("受托单位", lambda outlet, _: outlet.outsourced_to),
    ("问题排查情况", lambda outlet, _: outlet.problems or "无问题"),
    ("是否整改", lambda outlet, _: outlet.rectified),
    ("账号负责人姓名", _lead("name")),
    ("账号负责人手机号", _lead("phone")),
    ("主管领导", _contact("leader")),
    ("主管领导电话", _contact("leader", "phone")),
    ("审核人", _contact("reviewer")),
    ("审核人电话", _contact("reviewer", "phone")),
    ("运维人员1", _contact("operators.1")),
    ("运维人员1电话", _contact("operators.1", "phone")),
    ("运维人员2", _contact("operators.2")),
    ("运维人员2电话", _contact("operators.2", "phone")),
    ("运维人员3", _contact("operators.3")),
    ("运维人员3电话", _contact("operators.3", "phone")),
    ("缺口", lambda outlet, _: "、".join(str(gap.label) for gap in outlet.gap_list)),
    ("备注", lambda outlet, _: outlet.note),
)


def ledger_rows(outlets: "QuerySet[Outlet]") -> "QuerySet[Outlet]":
    """The rows of an export: unit, contacts and the kind of the last accepted filing."""
    accepted = Filing.objects.filter(outlet=OuterRef("pk"), status=FilingStatus.ACCEPTED)
    last = accepted.order_by("-decided_at", "-pk").values("kind")[:1]
    return (
        outlets.select_related("unit")
        .prefetch_related(Prefetch("contacts", Contact.objects.order_by("kind", "place")))
        .annotate(last_kind=Subquery(last))
    )


def ledger_bytes(
    outlets: Iterable[Outlet], said: Callable[[int], None] = lambda done: None
) -> bytes:
    """`.xlsx`, text cells only: nothing that a spreadsheet would run. `said(rows written)`."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    sheet = book.add_worksheet("台账")
    head = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1})
    for at, (title, _) in enumerate(COLUMNS):
        sheet.write_string(0, at, title, head)
    sheet.set_column(0, len(COLUMNS) - 1, WIDTH)
    sheet.freeze_panes(1, 2)
    line = 0
    for line, outlet in enumerate(outlets, start=1):
        people = {contact.key: contact for contact in outlet.contacts.all()}
        for at, (_, read) in enumerate(COLUMNS):
            sheet.write_string(line, at, read(outlet, people))
        said(line)
    sheet.autofilter(0, 0, max(line, 1), len(COLUMNS) - 1)
    book.close()
    return stream.getvalue()


def annex4_bytes(
    outlets: Iterable[Outlet],
    *,
    unit: str,
    filled_by: str,
    today: date,
    said: Callable[[int], None] = lambda done: None,
) -> bytes:
    """附件4 as `.xls`, one row an outlet, with the kind of its last accepted filing."""
    rows: list[FilingRow] = []
    for number, outlet in enumerate(outlets, start=1):
        rows.append(annex4_row(number, outlet))
        said(number)
    header = Header(unit=unit, filled_by=filled_by, phone="", date=today.isoformat())
    return write_workbook([Form(path="", annex=Annex.FILINGS, header=header, rows=tuple(rows))])


def annex4_row(number: int, outlet: Outlet) -> FilingRow:
    """One line of annex 4 (annexes.md, "One datum, four forms")."""
    people = {contact.key: contact for contact in outlet.contacts.all()}
    operator = people.get("operators.1")
    return FilingRow(
        number=number,
        name=outlet.name,
        account_id=outlet.address,
        department=outlet.unit.name,
        verified_as=outlet.verified_as,
        kind=outlet.platform_name,
        opened_on=written_date(outlet.opened_on, outlet.opened_precision) or "",
        leader=_name(people, "leader"),
        reviewer=_name(people, "reviewer"),
        operator=operator.name if operator else "",
        operator_phone=operator.phone if operator else "",
        filing_kind=_kind(outlet),
    )


def _name(people: dict[str, Contact], key: str) -> str:
    return people[key].name if key in people else ""


def _kind(outlet: Outlet) -> str:
    """An account never filed before is filed as 开设 (annexes.md)."""
    last: str | None = getattr(outlet, "last_kind", None)
    return str(FilingKind(last).label) if last else str(FilingKind.OPEN.label)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
