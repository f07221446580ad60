"""What a role may do: the one table of grants. A right over a unit reaches its subtree.

三员分立: system (`admin`), security and audit administration are separate people, and the
system administrator reads no business content by virtue of that role.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """A person's office in a unit; `Post` = user × unit × role."""

    OPERATOR = "operator", "运维"
    REVIEWER = "reviewer", "审核人"
    LEADER = "leader", "主管领导"
    DEPARTMENT = "department", "宣传部"
    SECURITY = "security", "保卫/信息化"
    AUDITOR = "auditor", "审计"
    ADMIN = "admin", "系统管理"


class Right(StrEnum):
    """One thing that may be done over a unit and everything below it."""

    SEE_PEOPLE = "people.see"
    SEE_NUMBERS = "numbers.see"
    EXPORT_PEOPLE = "people.export"
    MANAGE_UNITS = "units.manage"
    MANAGE_USERS = "users.manage"
    READ_AUDIT = "audit.read"
    VERIFY_AUDIT = "audit.verify"
    SEE_BUSINESS = "business.see"
    DRAFT_BUSINESS = "business.draft"
    REVIEW_BUSINESS = "business.review"
    CONFIRM_BUSINESS = "business.confirm"
    DECIDE_BUSINESS = "business.decide"
    SEE_SECURITY = "security.see"
    VERIFY_SECURITY = "security.verify"
    RUN_PROBES = "probes.run"
    RUN_SYSTEM = "system.run"


_MEMBER = {Right.SEE_PEOPLE, Right.SEE_NUMBERS, Right.SEE_BUSINESS}

GRANTS: Mapping[Role, frozenset[Right]] = {
    Role.OPERATOR: frozenset(_MEMBER | {Right.DRAFT_BUSINESS}),
    Role.REVIEWER: frozenset(_MEMBER | {Right.REVIEW_BUSINESS}),
    Role.LEADER: frozenset(_MEMBER | {Right.CONFIRM_BUSINESS, Right.EXPORT_PEOPLE}),
    Role.DEPARTMENT: frozenset(
        _MEMBER | {Right.DECIDE_BUSINESS, Right.EXPORT_PEOPLE, Right.RUN_PROBES}
    ),
    Role.SECURITY: frozenset({Right.SEE_SECURITY, Right.VERIFY_SECURITY, Right.RUN_PROBES}),
    Role.AUDITOR: frozenset(
        {Right.SEE_PEOPLE, Right.SEE_BUSINESS, Right.READ_AUDIT, Right.VERIFY_AUDIT}
    ),
    Role.ADMIN: frozenset(
        {
            Right.SEE_PEOPLE,
            Right.SEE_NUMBERS,
            Right.EXPORT_PEOPLE,
            Right.MANAGE_UNITS,
            Right.MANAGE_USERS,
            Right.RUN_SYSTEM,
        }
    ),
}

APART = frozenset({Role.ADMIN, Role.SECURITY, Role.AUDITOR})
"""No person holds two of these (三员分立, GB/T 22239-2019 8.1.5)."""
