"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from meice.kernel import slots
from meice.kernel.access import ALLOWED, Verdict, refused, when
from meice.orgs.models import Intake, Invitation, Post, Unit, User
from meice.orgs.roles import APART, Right, Role

ADMIN_ONLY = "这是系统管理员的工作，你现在的岗位没有这项权限。"
NOT_YOURS = "「{}」不在你管的范围内，请由管它的系统管理员办理。"


def may_create_unit(by: User, parent: Unit) -> Verdict:
    """A new unit below `parent`."""
    return _manages_units(by, parent) & when(
        parent.active, f"「{parent}」已停用，不能在下面新设单位。"
    )


def may_edit_unit(by: User, unit: Unit) -> Verdict:
    """Names, kind, telephone."""
    return _manages_units(by, unit)


def may_move_unit(by: User, unit: Unit, target: Unit | None = None) -> Verdict:
    """Under another parent; without `target`: whether it may be moved at all."""
    verdict = _manages_units(by, unit) & when(not unit.is_root(), "最上级单位不能移动。")
    if target is None or not verdict:
        return verdict
    return (
        may_create_unit(by, target)
        & when(not unit.covers(target), "不能移到自己或自己的下级里面。")
        & when(not unit.is_child_of(target), f"「{unit}」现在就在「{target}」下面。")
        & when(
            not _children(target).filter(name=unit.name).exists(),
            f"「{target}」下面已有同名单位，请先改名。",
        )
    )


def may_close_unit(by: User, unit: Unit) -> Verdict:
    """Out of use: only without units, people, or what upper rooms keep there."""
    verdict = _manages_units(by, unit) & when(unit.active, "已经停用。")
    if not verdict:
        return verdict
    below = Unit.objects.active().below(unit.path).exclude(pk=unit.pk).count()
    people = Post.objects.current().filter(unit=unit).count()
    return (
        when(not unit.is_root(), "最上级单位不能停用。")
        & when(not below, f"下面还有 {below} 个在用单位，先移走或停用它们。")
        & when(not people, f"还有 {people} 个岗位在这里，先交接并免去这些岗位。")
        & _is_untied(unit)
    )


def _is_untied(unit: Unit) -> Verdict:
    """Nothing that an upper room knows keeps the unit in use."""
    reasons = [reason for tie in slots.unit_ties if (reason := tie(unit))]
    return refused(reasons[0]) if reasons else ALLOWED


def may_reopen_unit(by: User, unit: Unit) -> Verdict:
    """Back into use, unless an active sibling took the name or the parent is closed."""
    verdict = _manages_units(by, unit) & when(not unit.active, "正在使用。")
    parent = unit.parent
    if not verdict or parent is None:
        return verdict
    taken = _children(parent).filter(name=unit.name).exists()
    return when(parent.active, f"上级「{parent}」已停用。") & when(
        not taken, "已有同名的在用单位，请先给其中一个改名。"
    )


def _manages_units(by: User, unit: Unit) -> Verdict:
    return when(by.has(Right.MANAGE_UNITS), ADMIN_ONLY) & when(
        by.has(Right.MANAGE_UNITS, unit), NOT_YOURS.format(unit)
    )


def _children(parent: Unit):  # type: ignore[no-untyped-def]
    return Unit.objects.active().below(parent.path).filter(depth=parent.depth + 1)


def may_create_user(by: User, unit: Unit | None = None) -> Verdict:
    """A new account (in `unit`)."""
    return when(by.has(Right.MANAGE_USERS), ADMIN_ONLY) & when(
        by.has(Right.MANAGE_USERS, unit), NOT_YOURS.format(unit)
    )


def may_manage_user(by: User, person: User) -> Verdict:
    """Edit, disable, invite: only when every unit she belongs to is in reach.

    Otherwise the admin of one university could reset, and so become, a person of another.
    """
    if not by.has(Right.MANAGE_USERS):
        return refused(ADMIN_ONLY)
    for unit in home_units(person):
        if not by.has(Right.MANAGE_USERS, unit):
            return refused(NOT_YOURS.format(unit))
    return ALLOWED


def home_units(person: User) -> list[Unit]:
    """Units of her current posts, else those of her former ones."""
    current = [post.unit for post in person.current_posts()]
    return current or list(Unit.objects.filter(posts__user=person).distinct())


def may_edit_user(by: User, person: User) -> Verdict:
    """Name, mobile, e-mail."""
    return may_manage_user(by, person)


def may_disable_user(by: User, person: User) -> Verdict:
    """No sign-in any more; never herself, the last admin, or a teacher of student operators."""
    return (
        may_manage_user(by, person)
        & when(person.is_active, "已经停用。")
        & when(by.pk != person.pk, "不能停用自己。请由另一位系统管理员办理。")
        & _leaves_an_admin(person, None)
        & _leaves_no_student(person)
    )


def may_leave(by: User, person: User) -> Verdict:
    """离岗: posts and account end, after everything is handed over (students too)."""
    return (
        may_manage_user(by, person)
        & when(person.is_active, "账号已经停用。")
        & when(by.pk != person.pk, "不能办自己的离岗。请由另一位系统管理员办理。")
        & _leaves_an_admin(person, None)
    )


def may_take_over(taker: User, person: User) -> Verdict:
    """Receive what a leaver holds: somebody else, who is at work."""
    return (
        when(taker.pk != person.pk, "不能交给离岗的人自己。")
        & when(taker.is_active, f"{taker}的账号已停用，不能接手。")
        & when(taker.current_posts().exists(), f"{taker}现在没有岗位，不能接手。")
    )


def may_enable_user(by: User, person: User) -> Verdict:
    """Sign-in again, by a fresh invitation."""
    return may_manage_user(by, person) & when(not person.is_active, "账号正在使用。")


def may_invite(by: User, person: User) -> Verdict:
    """A slip with a one-time code; the present password ends with it."""
    return (
        may_manage_user(by, person)
        & when(person.is_active, "账号已停用，先恢复使用。")
        & when(by.pk != person.pk, "自己的口令在「我的资料」里改。")
    )


def may_give_post(
    by: User,
    person: User,
    unit: Unit,
    role: str,
    *,
    student: bool = False,
    teacher: User | None = None,
) -> Verdict:
    """`role` in `unit` for `person`; a student only as operator under a teacher of the subtree."""
    return (
        may_create_user(by, unit)
        & may_manage_user(by, person)
        & when(by.pk != person.pk, "不能给自己岗位。请由另一位系统管理员办理。")
        & when(unit.active, f"「{unit}」已停用。")
        & when(
            not person.current_posts().filter(unit=unit, role=role).exists(),
            "已经有这个岗位。",
        )
        & stays_apart(person, role)
        & _student_is_led(person, unit, role, student=student, teacher=teacher)
    )


def may_create_with_post(
    by: User, unit: Unit, role: str, *, student: bool, teacher: User | None
) -> Verdict:
    """A new account whose first post is `role` in `unit`."""
    return (
        may_create_user(by, unit)
        & when(unit.active, f"「{unit}」已停用。")
        & _student_is_led(None, unit, role, student=student, teacher=teacher)
    )


def stays_apart(person: User, role: str) -> Verdict:
    """三员分立: system, security and audit administration are three different people."""
    held = {post.role for post in person.current_posts()} & APART
    if role not in APART or held <= {role}:
        return ALLOWED
    other = Role(min(held - {role})).label
    return refused(f"三员分立：{person}已有「{other}」岗位，不能再有「{Role(role).label}」岗位。")


def _student_is_led(
    person: User | None, unit: Unit, role: str, *, student: bool, teacher: User | None
) -> Verdict:
    if not student:
        return when(teacher is None, "只有学生运维才填指导教师。")
    if teacher is None:
        return refused("学生只能在一位具名教师指导下运维，请填指导教师。")
    return (
        when(role == Role.OPERATOR, "学生只能担任运维。")
        & when(teacher != person, "指导教师不能是本人。")
        & when(leads_in(teacher, unit), f"指导教师{teacher}不在「{unit}」或它的上下级单位任职。")
    )


def leads_in(teacher: User, unit: Unit) -> bool:
    """True when she holds a post, not as a student, in `unit`, above it or below it."""
    if not teacher.is_active:
        return False
    posts = teacher.current_posts().filter(is_student=False).exclude(role__in=APART)
    return any(post.unit.covers(unit) or unit.covers(post.unit) for post in posts)


def may_take_post(by: User, post: Post) -> Verdict:
    """End a post; never her own, the last admin's, or that of a teacher with students."""
    verdict = (
        may_create_user(by, post.unit)
        & when(post.ended_at is None, "这个岗位已经免去。")
        & when(by.pk != post.user_id, "不能免去自己的岗位。请由另一位系统管理员办理。")
    )
    if not verdict:
        return verdict
    last = post.user.current_posts().exclude(pk=post.pk).filter(is_student=False).exists()
    return _leaves_an_admin(post.user, post) & (ALLOWED if last else _leaves_no_student(post.user))


def may_change_teacher(by: User, post: Post, teacher: User) -> Verdict:
    """Another teacher for a student's post."""
    return (
        may_create_user(by, post.unit)
        & when(post.is_student and post.ended_at is None, "这不是在岗的学生运维。")
        & when(teacher.pk != post.user_id, "指导教师不能是本人。")
        & when(
            leads_in(teacher, post.unit),
            f"指导教师{teacher}不在「{post.unit}」或它的上下级单位任职。",
        )
    )


def _leaves_an_admin(person: User, post: Post | None) -> Verdict:
    admins = Post.objects.current().filter(role=Role.ADMIN, user__is_active=True)
    going = admins.filter(pk=post.pk) if post else admins.filter(user=person)
    left = admins.exclude(pk__in=going.values("pk"))
    safe = not going.exists() or left.exists()
    return when(safe, "这是最后一位系统管理员，先让另一个人担任。")


def _leaves_no_student(person: User) -> Verdict:
    students = Post.objects.current().filter(supervised_by=person).count()
    return when(not students, f"{person}还指导 {students} 名学生运维，先给他们换指导教师。")


def may_see_number(by: User, person: User) -> Verdict:
    """Her own number, or that of a person in reach for a role that needs to call."""
    if by.pk == person.pk:
        return ALLOWED
    if not by.has(Right.SEE_NUMBERS):
        return refused("你现在的岗位不需要看手机号。")
    units = home_units(person)
    near = not units or any(by.has(Right.SEE_NUMBERS, unit) for unit in units)
    return when(near, "只能看本单位人员的手机号。")


def may_export(by: User) -> Verdict:
    """A list as .xlsx; mobiles stay masked in it."""
    return when(by.has(Right.EXPORT_PEOPLE), "导出名单由主管领导、宣传部或系统管理员办理。")


def may_import(by: User) -> Verdict:
    """Units and people from a spreadsheet."""
    return when(by.has(Right.MANAGE_USERS) and by.has(Right.MANAGE_UNITS), ADMIN_ONLY)


def owns_intake(intake: Intake, by: User) -> Verdict:
    """Who uploaded it decides on it."""
    return may_import(by) & when(intake.made_by_id == by.pk, "由上传的人核对和导入。")


def is_open(invitation: Invitation) -> bool:
    """Neither used, withdrawn, nor out of tries (the date is asked beside it)."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None
