"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from datetime import date

from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right, Role
from meice.rectification.models import (
    Circular,
    Extension,
    ExtensionStatus,
    ItemStatus,
    Order,
    OrderItem,
    OrderStatus,
    Outcome,
)

DEPARTMENT_ONLY = "这一步由宣传部办理。"
OPERATORS_ONLY = "这一步由责任单位的运维人员办理。"
LEADERS_ONLY = "这一步由责任单位的主管领导办理。"
OWN_REPLY = "这份答复是你{}的，不能自己{}。请由科室另一人办理。"


def may_draft_order(by: User, unit: Unit | None = None) -> Verdict:
    """Write an order to a unit: the department."""
    return when(by.has(Right.DECIDE_BUSINESS, unit), "整改单由宣传部开具。")


def may_edit_order(by: User, order: Order) -> Verdict:
    """While it is not issued."""
    return may_draft_order(by, order.unit) & when(
        order.status == OrderStatus.DRAFT, "已经签发，不能再改；有误请撤销后重开。"
    )


def may_issue_order(order: Order, by: User) -> Verdict:
    """The department; an order without an item orders nothing."""
    return _decides(order, by) & when(bool(order.items.all()), "还没有写问题。")


def may_acknowledge_order(order: Order, by: User) -> Verdict:
    """Anybody who works or leads in the unit."""
    held = by.has(Right.DRAFT_BUSINESS, order.unit) or by.has(Right.CONFIRM_BUSINESS, order.unit)
    return when(held, "由责任单位的运维人员或主管领导签收。")


def may_reply_to_order(order: Order, by: User) -> Verdict:
    """The unit's operators."""
    return when(by.has(Right.DRAFT_BUSINESS, order.unit), OPERATORS_ONLY)


def may_confirm_reply(order: Order, by: User) -> Verdict:
    """The unit's leader, who did not write it."""
    last = list(order.replies.all())[-1:]
    wrote = bool(last) and last[0].by_id == by.pk
    return when(by.has(Right.CONFIRM_BUSINESS, order.unit), LEADERS_ONLY) & when(
        not wrote, "这份答复是你写的，请由另一位主管领导确认。"
    )


def may_recheck_item(item: OrderItem, by: User) -> Verdict:
    """Say whether it is mended: the department, after the reply, and not who replied."""
    order = item.order
    return (
        _decides(order, by)
        & when(order.status == OrderStatus.REPLIED, "单位答复之后才能复查。")
        & when(item.status == ItemStatus.ANSWERED, "这一项不在复查中。")
        & _not_her_reply(order, by, "复查")
    )


def may_judge_reply(order: Order, by: User) -> Verdict:
    """Send the form with conclusions at all: the department."""
    return _decides(order, by)


def may_return_reply(order: Order, by: User) -> Verdict:
    """The department, not who replied; at least one problem must still be there."""
    return (
        _decides(order, by)
        & _not_her_reply(order, by, "退回")
        & when(_has(order, Outcome.STILL), "没有一项的复查结论是「未改」，不用退回。")
    )


def may_close_order(order: Order, by: User) -> Verdict:
    """The department; every problem found mended by a person; neither who replied (or confirmed
    the reply) nor who verified the problem, while somebody else could do it."""
    return (
        _decides(order, by)
        & _not_her_reply(order, by, "销号")
        & _all_fixed(order)
        & _not_her_finding(order, by)
    )


def may_withdraw_order(order: Order, by: User) -> Verdict:
    """The department."""
    return _decides(order, by)


def may_remind_order(by: User, order: Order) -> Verdict:
    """The department, while it is the unit's turn."""
    return _decides(order, by) & when(
        order.is_with_unit, f"现在是「{order.state.label}」，不用提醒单位。"
    )


def may_ask_extension(by: User, order: Order, today: date) -> Verdict:
    """The unit's operators, in time, one request at a time."""
    mending = (OrderStatus.ISSUED, OrderStatus.MENDING, OrderStatus.REOPENED)
    return (
        may_reply_to_order(order, by)
        & when(order.status in mending, f"现在是「{order.state.label}」，不能申请延期。")
        & when(not order.is_late(today), "期限已过，不能再申请延期；请尽快答复并说明原因。")
        & when(order.open_extension_id is None, "已有一份延期申请待批复。")
    )


def may_grant_extension(extension: Extension, by: User) -> Verdict:
    """The department, never who asked; while the order is the unit's."""
    return may_refuse_extension(extension, by) & when(
        extension.order.is_with_unit, f"整改单已是「{extension.order.state.label}」，不用延期。"
    )


def may_refuse_extension(extension: Extension, by: User) -> Verdict:
    """The department, never who asked."""
    return _decides(extension.order, by) & when(
        extension.by_id != by.pk, "这份申请是你提的，请由科室另一人批复。"
    )


def may_decide_extension(by: User, extension: Extension) -> Verdict:
    """Open, and hers to decide: what greys the form."""
    return may_refuse_extension(extension, by) & when(
        extension.status == ExtensionStatus.ASKED, "这份申请已经批复。"
    )


def may_print_order(by: User, order: Order) -> Verdict:
    """Paper for the seal: of an order that has a number, for those who see the unit's business."""
    return when(by.has(Right.SEE_BUSINESS, order.unit), "整改单由宣传部和责任单位打印。") & when(
        order.number is not None, "还没有签发，没有编号，不能打印。"
    )


def may_draft_circular(by: User, unit: Unit | None = None) -> Verdict:
    """The department."""
    return when(by.has(Right.DECIDE_BUSINESS, unit), "通报由宣传部拟稿。")


def may_publish_circular(circular: Circular, by: User) -> Verdict:
    """The department; something must have been looked at."""
    return may_draft_circular(by, circular.unit)


def may_recall_circular(circular: Circular, by: User) -> Verdict:
    """The department."""
    return may_draft_circular(by, circular.unit)


def may_set_terms(by: User) -> Verdict:
    """Deadlines hold for the whole deployment: the department of a root unit."""
    return when(by.decides_for_all, "整改期限和字号由宣传部设置。")


def may_export_orders(by: User) -> Verdict:
    """Whoever sees the list."""
    held = by.has(Right.SEE_BUSINESS) or by.has(Right.SEE_SECURITY)
    return when(held, "你现在的岗位不能导出整改单。")


def _decides(order: Order, by: User) -> Verdict:
    return when(by.has(Right.DECIDE_BUSINESS, order.unit), DEPARTMENT_ONLY)


def _not_her_reply(order: Order, by: User, verb: str) -> Verdict:
    """Nobody judges what she answered herself, in any round."""
    for reply in order.replies.all():
        if reply.by_id == by.pk:
            return refused(OWN_REPLY.format("写", verb))
        if reply.confirmed_by_id == by.pk:
            return refused(OWN_REPLY.format("确认", verb))
    return ALLOWED


def _has(order: Order, outcome: Outcome) -> bool:
    return any(item.person_outcome == outcome for item in order.items.all())


def _all_fixed(order: Order) -> Verdict:
    """Named by their places, so that the reader knows what is in the way."""
    standing = [item for item in order.items.all() if item.status != ItemStatus.DROPPED]
    still = [i.place for i in standing if i.person_outcome == Outcome.STILL]
    unseen = [
        i.place
        for i in standing
        if i.person_outcome != Outcome.STILL
        and not (i.person_outcome == Outcome.FIXED or i.status == ItemStatus.FIXED)
    ]
    if still:
        return refused(f"第 {_places(still)} 项复查结论是「未改」，请退回重改。")
    return when(not unseen, f"第 {_places(unseen)} 项还没有人工复查结论。")


def _places(places: list[int]) -> str:
    return "、".join(str(place) for place in places)


def _not_her_finding(order: Order, by: User) -> Verdict:
    """核实人以外的人销号, as long as the department has anybody else for it."""
    verifiers = {pk for item in order.items.all() for pk in item.verified_by}
    if by.pk not in verifiers or not _has_colleague(order, verifiers):
        return ALLOWED
    return refused("问题是你核实的，销号须由核实人以外的人办理。")


def _has_colleague(order: Order, verifiers: set[int]) -> bool:
    """Is there anybody in the department who did not verify it herself?"""
    paths = [
        order.unit_path[:end] for end in range(Unit.steplen, len(order.unit_path) + 1, Unit.steplen)
    ]
    posts = Post.objects.current().filter(
        role=Role.DEPARTMENT, unit__path__in=paths, user__is_active=True
    )
    return posts.exclude(user__in=verifiers).exists()
