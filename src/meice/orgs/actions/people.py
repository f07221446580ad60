"""What is done to accounts and posts. A change of rights ends the person's sessions."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from meice.audit.actions import Detail, record
from meice.kernel.access import require
from meice.kernel.clock import now
from meice.kernel.pinyin import pinyin_key
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs import policies
from meice.orgs.models import Invitation, Post, SignedIn, Unit, User


@dataclass(frozen=True, slots=True)
class Person:
    """What is written about a person; `mobile` eleven digits or blank."""

    username: str
    name: str
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PostTerms:
    """The terms of a post: 在编 or not, and a student's teacher."""

    role: str
    is_permanent: bool = True
    is_student: bool = False
    supervised_by: User | None = None


def home_path(person: User) -> str:
    """The path of the unit an act on this person is filed under in the audit log."""
    post = person.posts.select_related("unit").order_by("ended_at", "pk").first()
    return post.unit.path if post else ""


@transaction.atomic
def create_user(person: Person, *, unit: Unit, terms: PostTerms, by: User) -> User:
    """A new account with its first post; it opens with an invitation, not with a password."""
    require(policies.may_create_user(by, unit))
    user = add_user(person)
    detail = {"username": user.username, "name": user.name}
    record("user.create", user, by=by, detail=detail, unit_path=unit.path)
    give_post(user, unit=unit, terms=terms, by=by)
    return user


def add_user(person: Person) -> User:
    """The row alone, without a usable password."""
    user = User(
        username=person.username,
        name=person.name,
        mobile=person.mobile,
        email=person.email,
        pinyin_key=pinyin_key(person.name),
        must_change_password=True,
    )
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def edit_user(user: User, person: Person, *, by: User) -> User:
    """Name, mobile, e-mail; the 工号 stays."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(policies.may_edit_user(by, user))
    changed = [
        label
        for label, old, new in (
            ("姓名", user.name, person.name),
            ("手机", user.mobile, person.mobile),
            ("邮箱", user.email, person.email),
        )
        if old != new
    ]
    user.name, user.mobile, user.email = person.name, person.mobile, person.email
    user.pinyin_key = pinyin_key(person.name)
    user.save(update_fields=["name", "mobile", "email", "pinyin_key"])
    detail = {"name": user.name, "changed": "、".join(changed)}
    record("user.edit", user, by=by, detail=detail, unit_path=home_path(user))
    return user


@transaction.atomic
def disable_user(user: User, *, by: User) -> User:
    """No sign-in from now on: sessions and open invitations end."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(policies.may_disable_user(by, user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    _withdraw_invitations(user)
    record("user.disable", user, by=by, detail={"name": user.name}, unit_path=home_path(user))
    return user


@transaction.atomic
def enable_user(user: User, *, by: User) -> User:
    """May sign in again; the old password does not come back, an invitation is due."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(policies.may_enable_user(by, user))
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    record("user.enable", user, by=by, detail={"name": user.name}, unit_path=home_path(user))
    return user


def end_sessions(user: User, *, keep: SignedIn | None = None) -> None:
    """End every session of the person (but `keep`); inside the caller's transaction."""
    if keep is None:
        User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
        user.refresh_from_db(fields=["session_round"])
    open_ones = SignedIn.objects.filter(user=user, ended_at=None)
    if keep is not None:
        open_ones = open_ones.exclude(pk=keep.pk)
    open_ones.update(ended_at=now())


def _withdraw_invitations(user: User) -> None:
    open_ones = Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=now())


@transaction.atomic
def give_post(user: User, *, unit: Unit, terms: PostTerms, by: User) -> Post:
    """A role in a unit. The lock on the person keeps the three administrations apart."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    student = {"student": terms.is_student, "teacher": terms.supervised_by}
    require(policies.may_give_post(by, locked, unit, terms.role, **student))  # type: ignore[arg-type]
    post = add_post(user, unit, terms)
    end_sessions(user)
    detail = {"name": user.name, "unit": unit.name, "role": post.get_role_display()}
    record("post.give", user, by=by, detail=detail, unit_path=unit.path)
    _tell(user, f"你有了新岗位：{unit.name} · {post.get_role_display()}。", kind=NoticeKind.RESULT)
    return post


def add_post(user: User, unit: Unit, terms: PostTerms) -> Post:
    """The row alone."""
    return Post.objects.create(
        user=user,
        unit=unit,
        role=terms.role,
        is_permanent=terms.is_permanent and not terms.is_student,
        is_student=terms.is_student,
        supervised_by=terms.supervised_by,
    )


@transaction.atomic
def take_post(post: Post, *, by: User) -> Post:
    """End a post; it stays in the history."""
    User.objects.select_for_update().get(pk=post.user_id)
    post = Post.objects.select_related("user", "unit").get(pk=post.pk)
    require(policies.may_take_post(by, post))
    post.ended_at = now()
    post.save(update_fields=["ended_at"])
    end_sessions(post.user)
    detail = {
        "name": post.user.name,
        "unit": post.unit.name,
        "role": post.get_role_display(),
    }
    record("post.take", post.user, by=by, detail=detail, unit_path=post.unit.path)
    _tell(
        post.user,
        f"岗位已免去：{post.unit.name} · {post.get_role_display()}。",
        kind=NoticeKind.RESULT,
    )
    return post


@transaction.atomic
def change_teacher(post: Post, teacher: User, *, by: User) -> Post:
    """A student's operator post goes on under another teacher."""
    post = Post.objects.select_for_update().select_related("user", "unit").get(pk=post.pk)
    require(policies.may_change_teacher(by, post, teacher))
    post.supervised_by = teacher
    post.save(update_fields=["supervised_by"])
    detail = {"name": post.user.name, "teacher": teacher.name}
    record("post.teacher", post.user, by=by, detail=detail, unit_path=post.unit.path)
    return post


@transaction.atomic
def show_number(user: User, *, by: User) -> str:
    """The whole mobile number, for one page view, with an audit line."""
    require(policies.may_see_number(by, user))
    record("number.show", user, by=by, detail={"name": user.name}, unit_path=home_path(user))
    return user.mobile


@transaction.atomic
def export_list(*, subject: str, rows: int, condition: str, by: User) -> None:
    """Leave the audit line of an export; the caller writes the file."""
    require(policies.may_export(by))
    path = by.post.unit.path if by.post else ""
    detail: Detail = {"list": subject, "rows": rows, "condition": condition}
    record("people.export", by.post, by=by, detail=detail, unit_path=path)


def _tell(user: User, text: str, *, kind: str) -> None:
    if user.has_usable_password():
        notify(user, text=text, url=reverse("me"), kind=kind)
