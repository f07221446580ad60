"""Passwords, invitations and sessions: what opens the door and what shuts it."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.orgs import policies
from meice.orgs.actions.people import (
    Person,
    PostTerms,
    add_post,
    add_user,
    end_sessions,
    home_path,
)
from meice.orgs.actions.units import UnitFacts, add_unit
from meice.orgs.models import (
    MAX_TRIES,
    USERNAME,
    FormerPassword,
    Invitation,
    SignedIn,
    Unit,
    UnitKind,
    User,
)
from meice.orgs.roles import Role
from meice.orgs.signin import passwords

INVITATION_LIFE = timedelta(days=7)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L: it is typed from paper
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Slip:
    """An invitation and its code, which nobody can show a second time."""

    invitation: Invitation
    code: str

    @property
    def grouped(self) -> str:
        """`ABCD-EFGH-JKMN`, as printed."""
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def create_admin(*, username: str, name: str, password: str) -> User:
    """The first system administrator (command line); a bad argument raises ValueError."""
    username, name = username.strip(), name.strip()
    try:
        USERNAME(username)
    except ValidationError as wrong_form:
        raise ValueError("".join(wrong_form.messages)) from None
    if not name:
        raise ValueError("姓名不能空。")
    if User.objects.filter(username__iexact=username).exists():
        raise ValueError(f"工号「{username}」已经有账号。")
    if wrong := passwords.faults(password, User(username=username, name=name)):
        raise ValueError("".join(wrong))
    with transaction.atomic():
        root = Unit.objects.active().filter(depth=1).first() or add_unit(
            UnitFacts(settings.INSTITUTION, kind=UnitKind.UNIVERSITY), None
        )
        user = add_user(Person(username, name))
        add_post(user, root, PostTerms(Role.ADMIN))
        _set_password(user, password)
        record("user.create", user, by=None, detail={"name": name}, unit_path=root.path)
    return user


@transaction.atomic
def change_password(user: User, new: str, *, session: SignedIn | None = None) -> User:
    """Her own new password, already checked by the form; all other sessions end."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if wrong := passwords.faults(new, user):
        raise Refused(wrong[0])
    _set_password(user, new)
    end_sessions(user, keep=session)
    record("password.change", user, by=user, unit_path=home_path(user))
    return user


def _set_password(user: User, new: str) -> None:
    if user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password, set_at=now())
    user.password = make_password(new)
    user.password_changed_at = now()
    user.must_change_password = False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    kept = user.former_passwords.values("pk")[: passwords.PROFILES["dengbao"].history]
    user.former_passwords.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


@transaction.atomic
def invite(people: Sequence[User], *, by: User) -> list[Slip]:
    """A slip for each; a former invitation, password and sessions of theirs end."""
    slips = []
    for user in User.objects.select_for_update().filter(pk__in=[one.pk for one in people]):
        require(policies.may_invite(by, user))
        had_password = user.has_usable_password()
        _shut(user)
        slips.append(_make_slip(user, by))
        act = "user.reset" if had_password else "user.invite"
        record(act, user, by=by, detail={"name": user.name}, unit_path=home_path(user))
    order = {one.pk: place for place, one in enumerate(people)}
    return sorted(slips, key=lambda slip: order[slip.invitation.user_id])


def _shut(user: User) -> None:
    open_ones = Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=now())
    if user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password, set_at=now())
        user.set_unusable_password()
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(user)


def _make_slip(user: User, by: User) -> Slip:
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    selector = secrets.token_hex(6)
    invitation = Invitation.objects.create(
        user=user,
        selector=selector,
        code_hash=_hashed(selector, code),
        made_by=by,
        made_at=now(),
        expires_at=now() + INVITATION_LIFE,
    )
    return Slip(invitation, code)


def _hashed(selector: str, code: str) -> str:
    return hashlib.sha256(f"{selector}:{code}".encode()).hexdigest()


def typed_code(text: str) -> str:
    """A code as typed from paper: any case, blanks and hyphens dropped."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


@transaction.atomic
def try_code(invitation: Invitation, typed: str) -> bool:
    """Does the code fit? A wrong one costs a try, counted before it is compared."""
    left = Invitation.objects.filter(
        pk=invitation.pk,
        tries__lt=MAX_TRIES,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=now(),
        user__is_active=True,
    )
    if not left.update(tries=F("tries") + 1):
        return False
    fits = hmac.compare_digest(
        invitation.code_hash, _hashed(invitation.selector, typed_code(typed))
    )
    if fits:
        Invitation.objects.filter(pk=invitation.pk).update(tries=F("tries") - 1)
    else:
        path = home_path(invitation.user)
        record("invitation.fail", invitation.user, by=None, unit_path=path)
    return fits


@transaction.atomic
def accept_invitation(invitation: Invitation, password: str) -> User:
    """The first password; the invitation is used up, by a second reader too late."""
    used = Invitation.objects.filter(
        pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=now()
    ).update(accepted_at=now())
    user: User = User.objects.select_for_update().get(pk=invitation.user_id)
    if not used or not user.is_active:
        raise Refused("这张邀请条已经用过或过期，请找系统管理员重新开一张。")
    if wrong := passwords.faults(password, user):
        raise Refused(wrong[0])
    _set_password(user, password)
    record("invitation.accept", user, by=user, unit_path=home_path(user))
    return user
