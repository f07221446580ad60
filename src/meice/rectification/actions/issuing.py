"""Writing an order, issuing it with its number, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.rectification import policies
from meice.rectification.actions import events, terms
from meice.rectification.actions.ladder import set_ladder
from meice.rectification.catalogue import PROBLEMS, SECURITY_CODES, Severity
from meice.rectification.models import ItemStatus, Order, OrderItem, Source
from meice.rectification.workflow import ITEM
from meice.registry.actions.numbers import take_next
from meice.registry.actions.terms import workdays
from meice.registry.models import Outlet

BASIS = "《关于加强学校新媒体（网站）运维管理的通知》{}"
YARDSTICK = "；参照《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
LAST_DEMAND = "期限内在媒册系统答复并附证明材料。"
MOST_ITEMS = 50
TWICE = "所列问题里有的已在另一份整改单中，没有开具。"


UNHEARD = "和它的上级单位都没有运维人员和主管领导。请先安排岗位，再到通知单上点提醒。"


@dataclass(frozen=True, slots=True)
class NewItem:
    """One problem to be ordered. `problem` is a code of the catalogue; `severity` "" takes the
    catalogue's. `source_kind`, `source_id`, `source_url` name the finding (kept as plain fields);
    `verified_by` are those who confirmed it. `updated_on`: the last update that the check saw.
    """

    problem: str
    text: str
    outlet: Outlet | None = None
    severity: str = ""
    source_kind: str = Source.MANUAL
    source_id: int | None = None
    source_url: str = ""
    evidence_count: int = 0
    verified_by: tuple[User, ...] = ()
    verified_on: date | None = None
    updated_on: date | None = None

    @property
    def gravity(self) -> Severity:
        """Its own severity, else the catalogue's."""
        return Severity(self.severity) if self.severity else PROBLEMS[self.problem].severity


@transaction.atomic
def draft_order(
    unit: Unit,
    items: Sequence[NewItem],
    *,
    by: User,
    at: datetime,
    demands: str = "",
    basis: str = "",
) -> Order:
    """A draft that only the department sees. Raises `Refused` when a finding is ordered already,
    an outlet belongs to another unit, or the writer may not."""
    require(policies.may_draft_order(by, unit))
    _check_items(unit, items)
    order = Order(
        unit=unit, unit_path=unit.path, unit_name=unit.name, drafted_by=by, drafted_at=at,
        **_head(items, demands, basis),
    )  # fmt: skip
    order.save()
    _write_items(order, items)
    events.note_event(order, "draft", by=by, at=at)
    record("order.draft", order, by=by, detail={"items": len(items)}, unit_path=unit.path)
    return order


@transaction.atomic
def edit_order(
    order: Order, items: Sequence[NewItem], *, by: User, at: datetime, demands: str, basis: str
) -> Order:
    """The draft as it reads now: its items are written anew."""
    order = events.lock_order(order)
    require(policies.may_edit_order(by, order))
    _check_items(order.unit, items)
    for field, value in _head(items, demands, basis).items():
        setattr(order, field, value)
    order.items.all().delete()
    _write_items(order, items)
    events.finish(order, "edit", by=by, at=at, detail={"items": len(items)})
    return order


@transaction.atomic
def issue_draft(order: Order, *, by: User, at: datetime, deadline: date | None = None) -> Order:
    """签发: the number, the deadline, the word to the unit. `deadline` None: by the severity."""
    order = events.take(order, "issue", by)
    calendar = workdays()
    today = timezone.localdate(at)
    by_term = terms.days_for(item.severity for item in order.items.all())
    order.due_on = deadline or calendar.after(today, by_term)
    if order.due_on <= today:
        raise Refused("整改期限须在签发之日以后。")
    order.term_days = calendar.between(today, order.due_on)
    order.year = today.year
    order.serial = take_next(terms.ORDERS, order.year)
    order.number = terms.number_words(terms.ORDERS, order.year, order.serial)
    order.issued_by, order.issued_by_name, order.issued_at = by, by.name, at
    order.issued_by_unit = events.office_of(by)
    set_ladder(order, calendar)
    due = events.day_words(order.due_on)
    people = [*events.operators_of(order.unit), *events.leaders_of(order.unit)]
    note = "" if people else f"没有人收到：本单位{UNHEARD}"
    events.finish(order, "issue", by=by, at=at, note=note, detail={"due": str(order.due_on)})
    text = f"请签收整改通知单 {order.number}，{due}前答复"
    events.tell(people, order, text, besides=by)
    if not people:
        unheard = f"整改通知单 {order.number} 没有人收到：{order.unit_name}{UNHEARD}"
        events.tell(events.department_of(order.unit), order, unheard)
    return order


@transaction.atomic
def issue_order(
    unit: Unit,
    items: Sequence[NewItem],
    *,
    by: User,
    at: datetime,
    deadline: date | None = None,
    demands: str = "",
    basis: str = "",
) -> Order:
    """Draft and issue in one: what the inspections room calls for confirmed findings."""
    order = draft_order(unit, items, by=by, at=at, demands=demands, basis=basis)
    return issue_draft(order, by=by, at=at, deadline=deadline)


@transaction.atomic
def withdraw_order(order: Order, *, reason: str, by: User, at: datetime) -> Order:
    """撤销, with a reason; what was not mended is no longer demanded."""
    if not reason.strip():
        raise Refused("撤销须写明理由。")
    was_issued = order.number is not None
    order = events.take(order, "withdraw", by)
    for item in order.items.all():
        if item.status in (ItemStatus.OPEN, ItemStatus.ANSWERED):
            ITEM.take("drop", item, by)
            item.save(update_fields=["status"])
    order.ladder_on = None
    events.finish(order, "withdraw", by=by, at=at, note=reason.strip())
    if was_issued:
        events.tell(
            events.operators_of(order.unit), order, f"整改通知单 {order.number} 已撤销", besides=by
        )
    return order


def _head(items: Sequence[NewItem], demands: str, basis: str) -> dict[str, object]:
    order = list(Severity)
    return {
        "severity": min((item.gravity for item in items), key=order.index),
        "is_security": any(item.problem in SECURITY_CODES for item in items),
        "demands": demands.strip() or _demands(items),
        "basis": basis.strip() or _basis(items),
    }


def _demands(items: Sequence[NewItem]) -> str:
    """One line a class, numbered as they will be printed."""
    lines = list(dict.fromkeys(PROBLEMS[item.problem].demand for item in items))
    return "\n".join(f"{n}. {line}" for n, line in enumerate([*lines, LAST_DEMAND], 1))


def _basis(items: Sequence[NewItem]) -> str:
    clauses = dict.fromkeys(PROBLEMS[item.problem].clause.removeprefix("通知 ") for item in items)
    return BASIS.format("、".join(clauses)) + YARDSTICK + "。"


def _check_items(unit: Unit, items: Sequence[NewItem]) -> None:
    """Something is ordered, in known words, about the unit's own outlets."""
    if not items:
        raise Refused("整改单至少写一个问题。")
    if len(items) > MOST_ITEMS:
        raise Refused(f"一份整改单最多写 {MOST_ITEMS} 个问题，请分开开具。")
    for item in items:
        if item.problem not in PROBLEMS:
            raise Refused("问题目录里没有这一类问题。")
        if not item.text.strip():
            raise Refused("每个问题都须写明事实。")
        if item.outlet is not None and not item.outlet.unit_path.startswith(unit.path):
            raise Refused(f"「{item.outlet.name}」不是「{unit}」的账号。")


def _write_items(order: Order, items: Sequence[NewItem]) -> None:
    """The rows, with what the register says of the outlet now."""
    rows = [_row(order, place, item) for place, item in enumerate(items, 1)]
    try:
        with transaction.atomic():
            OrderItem.objects.bulk_create(rows)
    except IntegrityError:
        raise Refused(TWICE) from None


def _row(order: Order, place: int, item: NewItem) -> OrderItem:
    outlet = item.outlet
    return OrderItem(
        order=order,
        place=place,
        problem=item.problem,
        severity=item.gravity,
        text=item.text.strip(),
        outlet=outlet,
        outlet_name=outlet.name if outlet else "",
        platform_name=outlet.platform_name if outlet else "",
        address=outlet.address if outlet else "",
        outlet_number=outlet.number if outlet else "",
        updated_on=item.updated_on,
        source_kind=item.source_kind,
        source_id=item.source_id,
        source_url=events.shown_link(item.source_url),
        evidence_count=item.evidence_count,
        verified_by=[person.pk for person in item.verified_by],
        verified_names="、".join(person.name for person in item.verified_by)[:200],
        verified_on=item.verified_on,
    )
