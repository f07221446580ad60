"""What the room shows in the frame of every page, on the work page and in the search."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse

from meice.audit.phrases import name_acts, name_details
from meice.kernel import slots
from meice.kernel.slots import NavGroup, NavItem, Panel, SearchHit, Todo
from meice.orgs import actions
from meice.orgs.lists import current_posts, in_tree_order
from meice.orgs.models import Intake, IntakeState, Invitation, Post, Unit, User
from meice.orgs.roles import Right, Role
from meice.orgs.signin import passwords
from meice.web.topbar import Account, AccountSource, MenuLink, account

SOON = timedelta(days=7)
NEEDED = (Role.LEADER, Role.REVIEWER, Role.OPERATOR)
NO_PASSWORD = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
OWN_UNIT = {
    NavGroup.REGISTER.value: "本单位",
    NavGroup.REPORTING.value: "要我办的",
}
AT_UNITS = {Role.OPERATOR, Role.REVIEWER, Role.LEADER}

ACTS = {
    "unit.create": "新设单位",
    "unit.edit": "修改单位",
    "unit.rename": "单位改名",
    "unit.move": "移动单位",
    "unit.close": "停用单位",
    "unit.reopen": "恢复单位",
    "user.create": "新建用户",
    "user.edit": "修改用户",
    "user.leave": "办理离岗交接",
    "user.disable": "停用用户",
    "user.enable": "恢复用户",
    "user.invite": "开邀请条",
    "user.reset": "重置口令",
    "post.give": "给岗位",
    "post.take": "免去岗位",
    "post.teacher": "换指导教师",
    "post.choose": "换岗位",
    "number.show": "查看手机号",
    "people.export": "导出名单",
    "session.begin": "登录",
    "session.fail": "登录失败",
    "session.lock": "登录锁定",
    "session.end": "结束登录",
    "password.change": "修改口令",
    "invitation.accept": "接受邀请",
    "invitation.fail": "邀请码不对",
    "intake.create": "上传导入表",
    "intake.apply": "导入",
    "intake.drop": "放弃导入",
}

DETAILS = {
    "lines": "项数",
    "changed": "改了",
    "former": "原名",
    "from": "从",
    "how": "方式",
    "known": "有此用户",
    "name": "名称",
    "role": "角色",
    "teacher": "指导教师",
    "to": "到",
    "unit": "单位",
    "username": "工号",
    "why": "原因",
}


def register() -> None:
    """Called once by `OrgsConfig.ready()`."""
    for item in NAVIGATION:
        slots.navigation.register(item)
    name_acts(ACTS)
    name_details(DETAILS)
    account.register(AccountSource(find=account_of))
    slots.todos.register(slots.TodoSource("口令", _password_todos))
    slots.todos.register(slots.TodoSource("邀请", _invitation_todos))
    slots.todos.register(slots.TodoSource("导入", _intake_todos))
    slots.home_panels.register(Panel("家底", "orgs/_home_people.html", _people_panel, order=90))
    slots.search.register(slots.SearchSource("单位", _find_units, order=80))
    slots.search.register(slots.SearchSource("人员", _find_people, order=90))
    slots.unit_choices.register(slots.UnitChoices(find=_choices))
    slots.holdings.register(
        slots.HoldingSource("指导的学生运维", _students_of, _student_named, _move_student)
    )


NAVIGATION = (
    NavItem(
        group=NavGroup.HOME,
        label="工作台",
        icon="home",
        url_name="home",
        order=10,
        visible=lambda user: True,
    ),
    NavItem(
        group=NavGroup.REGISTER,
        label="单位人员",
        icon="building-community",
        url_name="unit-list",
        order=30,
        visible=lambda user: user.has(Right.SEE_PEOPLE) and not user.has(Right.MANAGE_USERS),
    ),
    NavItem(
        group=NavGroup.REGISTER,
        label="单位",
        icon="building-community",
        url_name="unit-list",
        order=30,
        visible=lambda user: user.has(Right.MANAGE_UNITS),
    ),
    NavItem(
        group=NavGroup.REGISTER,
        label="用户与岗位",
        icon="users",
        url_name="user-list",
        order=40,
        visible=lambda user: user.has(Right.MANAGE_USERS),
    ),
    NavItem(
        group=NavGroup.REGISTER,
        label="导入",
        icon="file-import",
        url_name="intake-list",
        order=50,
        visible=lambda user: user.has(Right.MANAGE_USERS),
    ),
)


def account_of(request: HttpRequest) -> Account | None:
    """Name, unit and post of the reader; her menu."""
    user = request.user
    if not isinstance(user, User):
        return None
    post = user.post
    links = [MenuLink("我的资料", reverse("me"))]
    if len(getattr(request, "posts_held", ())) > 1:
        links.insert(0, MenuLink("换岗位", reverse("post-choose")))
    links.append(MenuLink("退出", reverse("sign-out"), post=True))
    return Account(
        name=user.name,
        line=f"{post.unit.called} · {post.get_role_display()}" if post else "还没有岗位",
        links=tuple(links),
        headings=OWN_UNIT if post and post.role in AT_UNITS else {},
        single_keys=user.uses_single_keys,
        is_admin=user.has(Right.RUN_SYSTEM),
    )


def _password_todos(user: User, moment: datetime) -> Iterable[Todo]:
    due = passwords.policy().due(user)
    if due is not None and due - moment <= SOON:
        yield Todo(
            "口令快到期，先换好", "每 90 天更换一次", "更换", reverse("password-change"), due=due
        )


def _invitation_todos(user: User, moment: datetime) -> Iterable[Todo]:
    """People whose slip ran out unused: one line, to exactly those rows."""
    if not user.has(Right.MANAGE_USERS):
        return
    here = User.objects.visible_to(user).waiting()
    open_ones = Invitation.objects.filter(
        user=OuterRef("pk"), accepted_at=None, withdrawn_at=None, expires_at__gt=moment
    )
    number = here.exclude(Exists(open_ones)).count()
    if number:
        url = f"{reverse('user-list')}?state=waiting"
        yield Todo(
            f"{number} 人还不能登录，没有有效的邀请条", "选中他们，打印邀请条", "开邀请条", url
        )


def _intake_todos(user: User, _moment: datetime) -> Iterable[Todo]:
    if not user.has(Right.MANAGE_USERS):
        return
    waiting = Intake.objects.filter(made_by=user, status=IntakeState.PREVIEW, queued_at=None).defer(
        "grid"
    )
    for intake in waiting[:20]:
        what = f"导入待核对：{intake.file_name}"
        url = reverse("intake", args=[intake.pk])
        yield Todo(what, f"{intake.get_subject_display()}，还没有写入", "核对", url)


def _people_panel(_record: Any, user: User) -> dict[str, Any] | None:
    """Units, people, and the units where somebody is missing; each number is a link."""
    if not user.has(Right.SEE_PEOPLE):
        return None
    units, people = _stock(user)
    return {
        "units": units[0],
        "people": people[0],
        "gaps": list(zip(NEEDED, units[1:], strict=True)),
        "waiting": people[1],
        "managing": user.has(Right.MANAGE_USERS),
    }


def _stock(user: User) -> tuple[list[int], list[int]]:
    """Units and those without each of `NEEDED`; people and those without a password: one query."""
    units = Unit.objects.visible_to(user).active().order_by().annotate(of=Value(0)).values("of")
    missing = {role.value: Count("pk", filter=~Exists(_held(role))) for role in NEEDED}
    people = User.objects.visible_to(user).filter(is_active=True).order_by()
    people = people.annotate(of=Value(1)).values("of")
    one = units.annotate(number=Count("pk"), **missing)
    two = people.annotate(
        number=Count("pk"), waiting=Count("pk", filter=NO_PASSWORD), blank=Value(0), empty=Value(0)
    )
    counted = one.values_list("of", "number", *missing).union(
        two.values_list("of", "number", "waiting", "blank", "empty"), all=True
    )
    found = {of: numbers for of, *numbers in counted}
    return found.get(0, [0] * (len(NEEDED) + 1)), found.get(1, [0, 0])


def _held(role: Role) -> QuerySet[Post]:
    """Posts of this role in the unit of the outer query."""
    return Post.objects.current().filter(unit=OuterRef("pk"), role=role)


def _find_units(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    found = Unit.objects.visible_to(user).matching(words).order_by("-active", "pinyin_key")
    return [
        SearchHit(unit.name, unit.get_kind_display(), reverse("unit", args=[unit.pk]))
        for unit in found[:limit]
    ]


def _find_people(user: User, words: str, limit: int) -> Sequence[SearchHit]:
    if not (user.has(Right.SEE_PEOPLE) or user.has(Right.MANAGE_USERS)):
        return []
    found = User.objects.visible_to(user).matching(words).order_by("pinyin_key")
    people = found.prefetch_related(current_posts(user))[:limit]
    return [SearchHit(one.name, _where(one), reverse("user", args=[one.pk])) for one in people]


def _where(person: Any) -> str:
    return "，".join(str(post) for post in person.seen_posts) or "没有岗位"


def _choices(user: User) -> Iterable[tuple[str, str]]:
    units = in_tree_order(Unit.objects.visible_to(user))
    top = min((unit.depth for unit in units), default=1)
    return [(unit.path, f"{'　' * (unit.depth - top)}{unit.name}") for unit in units]


def _students_of(person: User) -> Iterable[Post]:
    return Post.objects.current().filter(supervised_by=person).select_related("user", "unit")


def _student_named(post: Post) -> str:
    return f"{post.user.name}（{post.unit.called}）"


def _move_student(post: Post, to: User, by: User) -> None:
    actions.change_teacher(post, to, by=by)
