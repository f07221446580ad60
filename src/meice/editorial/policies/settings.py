"""Chains, terms, stand-ins."""

from meice.editorial.models import StandIn
from meice.kernel.access import Verdict, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right


def may_see_settings(by: User) -> Verdict:
    """The department and the leaders, who name stand-ins."""
    held = by.has(Right.DECIDE_BUSINESS) or by.has(Right.CONFIRM_BUSINESS)
    return when(held, "审校设置由宣传部管理，主管领导可以查看和安排代审。")


def may_set_chain(by: User, unit: Unit | None = None) -> Verdict:
    """The department: for the whole school at its root, for a unit over that unit."""
    if unit is not None:
        return when(by.has(Right.DECIDE_BUSINESS, unit), "审校链由宣传部设置。")
    return may_set_terms(by)


def may_set_terms(by: User) -> Verdict:
    """They hold for the whole deployment: the department of a root unit."""
    return when(by.decides_for_all, "审校设置由宣传部管理。")


def may_set_stand_in(by: User, unit: Unit) -> Verdict:
    """The unit's leader, or the department."""
    held = by.has(Right.CONFIRM_BUSINESS, unit) or by.has(Right.DECIDE_BUSINESS, unit)
    return when(held, "代审由单位的主管领导或宣传部安排。")


def may_end_stand_in(by: User, stand_in: StandIn) -> Verdict:
    """Whoever may set one there."""
    return may_set_stand_in(by, stand_in.unit)
