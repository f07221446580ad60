"""The lists of units and people: what the address says, which rows, in which order, in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from meice.orgs.forms import holds_number
from meice.orgs.models import Post, Unit, UnitKind, User
from meice.orgs.models.user import UserQuerySet
from meice.orgs.roles import Right, Role
from meice.orgs.views.common import Signed

RESPONSIBLE = (Role.LEADER, Role.REVIEWER, Role.OPERATOR)
USER_SORTS = {"name": "pinyin_key", "username": "username", "seen": "last_login"}


def is_left_out(request: Signed) -> bool:
    """A long number stands in the address, where it has no business; it is not looked for."""
    return holds_number(request.GET.get("q", ""))


def term_of(request: Signed) -> str:
    """The search term: from the body, or from the address if it holds no long number."""
    term = request.POST.get("q", "") or request.GET.get("q", "")
    term = " ".join(term.split())[:60]
    return "" if is_left_out(request) and "q" not in request.POST else term


@dataclass(frozen=True, slots=True)
class UnitList:
    """Units by the conditions in the address."""

    rows: "list[Unit] | QuerySet[Unit]"
    term: str
    kind: str
    gap: str
    closed: bool
    left_out: bool = False

    @classmethod
    def of(cls, request: Signed) -> Self:
        """`q`, `kind`, `gap` (a role nobody holds), `closed`; as a tree without conditions."""
        term, kind = term_of(request), _one_of(request, "kind", UnitKind.values)
        gap = _one_of(request, "gap", [role.value for role in RESPONSIBLE])
        closed = request.GET.get("closed") == "1"
        units = Unit.objects.visible_to(request.user).filter(active=not closed)
        if not (term or kind or gap or closed):
            return cls(in_tree_order(units), term, kind, gap, closed, is_left_out(request))
        units = units.matching(term)
        if kind:
            units = units.filter(kind=kind)
        if gap:
            held = Post.objects.current().filter(unit=OuterRef("pk"), role=gap)
            units = units.filter(~Exists(held))
        return cls(units.order_by("pinyin_key", "pk"), term, kind, gap, closed)

    @property
    def filtered(self) -> bool:
        """A condition is set."""
        return bool(self.term or self.kind or self.gap or self.closed)

    @property
    def spoken(self) -> str:
        """The conditions in words, for the audit line and the file."""
        words = [
            f"查找「{self.term}」" if self.term and not holds_number(self.term) else "",
            f"类别 {UnitKind(self.kind).label}" if self.kind else "",
            f"缺{Role(self.gap).label}" if self.gap else "",
            "已停用" if self.closed else "",
        ]
        return "，".join(word for word in words if word) or "全部"

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return UnitKind(self.kind).label if self.kind else ""

    @property
    def gap_label(self) -> str:
        """The missing role in words."""
        return Role(self.gap).label if self.gap else ""


def _one_of(request: Signed, key: str, values: Sequence[str]) -> str:
    typed = request.GET.get(key, "")
    return typed if typed in values else ""


def in_tree_order(units: "QuerySet[Unit]") -> list[Unit]:
    """Depth first, siblings by pinyin; a node whose parent is not in the set stands on top."""
    rows = list(units)
    paths = {unit.path for unit in rows}
    below: dict[str, list[Unit]] = defaultdict(list)
    for unit in rows:
        parent = unit.path[: -Unit.steplen]
        below[parent if parent in paths else ""].append(unit)
    ordered: list[Unit] = []
    stack = sorted(below[""], key=_spelled, reverse=True)
    while stack:
        unit = stack.pop()
        ordered.append(unit)
        stack += sorted(below[unit.path], key=_spelled, reverse=True)
    return ordered


def _spelled(unit: Unit) -> tuple[str, int]:
    return unit.pinyin_key, unit.pk


def staffed(units: Sequence[Unit]) -> list[dict[str, Any]]:
    """Each unit with its parent's name, its people by role, their number and the missing roles."""
    by_unit: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    people: dict[int, set[int]] = defaultdict(set)
    posts = Post.objects.current().filter(unit__in=[unit.pk for unit in units])
    for unit_id, role, user_id, name in posts.values_list("unit", "role", "user", "user__name"):
        by_unit[unit_id][role].append(name)
        people[unit_id].add(user_id)
    parents = _names({unit.path[: -Unit.steplen] for unit in units} - {""})
    return [
        {
            "unit": unit,
            "parent": parents.get(unit.path[: -Unit.steplen], ""),
            "indent": "　" * (unit.depth - 1),
            "leaders": by_unit[unit.pk][Role.LEADER],
            "reviewers": by_unit[unit.pk][Role.REVIEWER],
            "operators": by_unit[unit.pk][Role.OPERATOR],
            "people": len(people[unit.pk]),
            "gaps": [role.label for role in RESPONSIBLE if not by_unit[unit.pk][role]],
        }
        for unit in units
    ]


def _names(paths: set[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(path__in=paths).values_list("path", "name"))


@dataclass(frozen=True, slots=True)
class UserList:
    """People by the conditions in the address."""

    rows: "QuerySet[User]"
    term: str
    unit: Unit | None
    role: str
    state: str
    left_out: bool

    STATES = {
        "active": "在用",
        "waiting": "还没有启用",
        "disabled": "已停用",
        "none": "没有岗位",
        "student": "学生",
    }

    @classmethod
    def of(cls, request: Signed) -> Self:
        """`q`, `unit` (with its subtree), `role`, `state`, `sort`."""
        by, term = request.user, term_of(request)
        role, state = (
            _one_of(request, "role", Role.values),
            _one_of(request, "state", list(cls.STATES)),
        )
        pk = request.GET.get("unit", "")
        here = Unit.objects.visible_to(by)
        unit = here.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 12 else None
        people = User.objects.visible_to(by).matching(term)
        held = Post.objects.current().filter(user=OuterRef("pk"))
        held = held.below(*by.reach(Right.SEE_PEOPLE)) if not unit else held.below(unit.path)
        held = held.filter(role=role) if role else held
        if unit or role:
            people = people.filter(Exists(held))
        people = _in_state(people, state).order_by(*_order(request))
        people = people.prefetch_related(current_posts(by))
        return cls(people, term, unit, role, state, is_left_out(request))

    @property
    def filtered(self) -> bool:
        """A condition is set."""
        return bool(self.term or self.unit or self.role or self.state)

    @property
    def role_label(self) -> str:
        """The role in words."""
        return Role(self.role).label if self.role else ""

    @property
    def state_label(self) -> str:
        """The state in words."""
        return self.STATES.get(self.state, "")

    @property
    def spoken(self) -> str:
        """The conditions in words; a number that was looked for is not repeated."""
        words = [
            f"查找「{self.term}」" if self.term and not holds_number(self.term) else "",
            "按号码查找" if holds_number(self.term) else "",
            str(self.unit) if self.unit else "",
            self.role_label,
            self.state_label,
        ]
        return "，".join(word for word in words if word) or "全部"


def current_posts(by: User) -> "Prefetch[Any]":
    """The current posts that the reader may see, as `seen_posts`; an admin sees all of them."""
    posts = Post.objects.current().select_related("unit", "supervised_by").order_by("pk")
    if not by.has(Right.MANAGE_USERS):
        posts = posts.below(*by.reach(Right.SEE_PEOPLE))
    return Prefetch("posts", queryset=posts, to_attr="seen_posts")


def _in_state(people: UserQuerySet, state: str) -> UserQuerySet:
    held = Post.objects.current().filter(user=OuterRef("pk"))
    if state == "active":
        return people.in_use()
    if state == "waiting":
        return people.waiting()
    if state == "disabled":
        return people.filter(is_active=False)
    if state == "none":
        return people.filter(~Exists(held))
    if state == "student":
        return people.filter(Exists(held.filter(is_student=True)))
    return people


def _order(request: Signed) -> list[str]:
    typed = request.GET.get("sort", "name")
    column = USER_SORTS.get(typed.lstrip("-"), "pinyin_key")
    return [f"-{column}" if typed.startswith("-") else column, "pk"]
