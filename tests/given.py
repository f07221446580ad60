"""States made through real actions: `given.x(…)` reads as the first line of a test."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import xlsxwriter
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from meice.orgs import actions
from meice.orgs.models import Intake, Invitation, Post, Unit, User
from meice.orgs.roles import Role


def a_unit(name: str, parent: Unit, *, by: User, **facts: str) -> Unit:
    """A unit that an admin has made."""
    return actions.create_unit(actions.UnitFacts(name, **facts), parent=parent, by=by)


def a_person(
    name: str,
    unit: Unit,
    role: str = Role.OPERATOR,
    *,
    by: User,
    username: str = "",
    password: str = "",
    mobile: str = "",
    student_of: User | None = None,
) -> User:
    """An account with a post; with `password` the invitation is accepted as well."""
    username = username or f"p{User.objects.count():05d}"
    terms = actions.PostTerms(role, student_of is None, student_of is not None, student_of)
    user = actions.create_user(
        actions.Person(username, name, mobile), unit=unit, terms=terms, by=by
    )
    if password:
        slip = actions.invite([user], by=by)[0]
        user = actions.accept_invitation(slip.invitation, password)
    return user


def a_post(user: User, unit: Unit, role: str, *, by: User) -> Post:
    """One more post of a person."""
    return actions.give_post(user, unit=unit, terms=actions.PostTerms(role), by=by)


def an_invitation(user: User, *, by: User) -> actions.Slip:
    """A slip with its code."""
    return actions.invite([user], by=by)[0]


def an_old_invitation(user: User, *, by: User) -> actions.Slip:
    """A slip that ran out yesterday."""
    slip = an_invitation(user, by=by)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    return slip


def an_old_password(user: User, days: int) -> User:
    """Her password was set so many days ago."""
    user.password_changed_at = timezone.now() - timedelta(days=days)
    user.save(update_fields=["password_changed_at"])
    return user


def many_people(number: int, unit: Unit, role: str = Role.OPERATOR) -> list[User]:
    """So many people with a post, written at once."""
    first = User.objects.count()
    password = make_password(None)
    people = User.objects.bulk_create(
        User(username=f"m{at:06d}", name=f"人{at}", pinyin_key=f"ren{at}", password=password)
        for at in range(first, first + number)
    )
    Post.objects.bulk_create(Post(user=user, unit=unit, role=role) for user in people)
    return people


def workbook(*rows: Any, sheet: str = "Sheet1") -> bytes:
    """An .xlsx of text cells."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for at, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, at, value)
                else:
                    page.write(number, at, value)
    return stream.getvalue()


def an_intake(content: bytes, subject: str, *, by: User, name: str = "导入.xlsx") -> Intake:
    """An upload that was read and waits for its owner."""
    grid, head = actions.read_upload(content, subject)
    return actions.create_intake(grid, head, subject=subject, content=content, name=name, by=by)
