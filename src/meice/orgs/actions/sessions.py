"""The life of a session: begun, seen, ended. A failed try leaves its line as well."""

from datetime import timedelta

from django.db import transaction

from meice.audit.actions import record
from meice.kernel.clock import now
from meice.orgs.actions.people import end_sessions, home_path
from meice.orgs.models import Post, SignedIn, User

SEEN_EVERY = timedelta(seconds=60)


@transaction.atomic
def begin_session(user: User, *, address: str, agent: str, how: str = "口令") -> SignedIn:
    """A person has signed in."""
    moment = now()
    session = SignedIn.objects.create(
        user=user,
        address=address or None,
        agent=agent[:200],
        started_at=moment,
        seen_at=moment,
    )
    path = home_path(user)
    record("session.begin", user, by=user, detail={"how": how}, unit_path=path, address=address)
    return session


def see_session(session: SignedIn) -> None:
    """Note that she is at work, once a minute at most."""
    moment = now()
    if moment - session.seen_at >= SEEN_EVERY:
        session.seen_at = moment
        session.save(update_fields=["seen_at"])


@transaction.atomic
def end_session(session: SignedIn, *, by: User | None, why: str) -> None:
    """Signed out, idle too long, over its whole life, or ended from another session."""
    ended = SignedIn.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now())
    if ended:
        path = home_path(session.user)
        record("session.end", session.user, by=by, detail={"why": why}, unit_path=path)


@transaction.atomic
def end_other_sessions(user: User, *, keep: SignedIn) -> None:
    """Every session of hers but this one."""
    end_sessions(user, keep=keep)
    record(
        "session.end", user, by=user, detail={"why": "本人结束其他会话"}, unit_path=home_path(user)
    )


@transaction.atomic
def choose_post(user: User, post: Post) -> None:
    """Work under another of her posts from now on."""
    detail = {"unit": post.unit.name, "role": post.get_role_display()}
    record("post.choose", user, by=user, detail=detail, unit_path=post.unit.path)


@transaction.atomic
def switch_keys(user: User, *, on: bool) -> None:
    """Single-letter keys on or off (WCAG 2.1.4)."""
    user.uses_single_keys = on
    user.save(update_fields=["uses_single_keys"])


@transaction.atomic
def note_failed_try(username: str, *, locked: bool, address: str = "") -> None:
    """A wrong name or password. An unknown name is not written down: it may be a password."""
    user = User.objects.filter(username__iexact=username).first()
    act = "session.lock" if locked else "session.fail"
    path = home_path(user) if user else ""
    detail = {"known": user is not None}
    record(act, user, by=None, detail=detail, unit_path=path, address=address)
