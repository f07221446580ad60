"""Whom a step concerns next, and the word to them."""

from collections.abc import Iterable

from django.urls import reverse

from meice.audit.actions import record
from meice.kernel.clock import now
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role
from meice.registry.actions.register import with_contacts
from meice.registry.entry import entry_of, gaps_of
from meice.registry.models import Contact, ContactKind, Filing, Outlet


def people_over(role: Role, unit: Unit) -> list[User]:
    """Who holds `role` in the unit, or in its nearest parent where somebody does."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    posts = (
        Post.objects.current()
        .filter(role=role, unit__path__in=paths, user__is_active=True)
        .select_related("user", "unit")
    )
    held = sorted(posts, key=lambda post: -len(post.unit.path))
    nearest = [post for post in held if post.unit.path == held[0].unit.path] if held else []
    return list({post.user_id: post.user for post in nearest}.values())


def tell(
    people: Iterable[User],
    filing: Filing,
    text: str,
    *,
    besides: User,
    kind: NoticeKind = NoticeKind.TASK,
) -> None:
    """One line into the inbox of each, sent when the act is committed."""
    url = reverse("filing", args=[filing.pk])
    for person in people:
        if person.pk != besides.pk and person.is_active:
            notify(person, text=text, url=url, kind=kind)


def hand_over_contact(contact: Contact, to: User, by: User) -> None:
    """A leaving person's place goes to another, inside the caller's transaction.

    This is a hand-over of people (notice 三（二）), not a filing: the next 变更 prints it marked.
    """
    outlet = Outlet.objects.select_for_update().get(pk=contact.outlet_id)
    contact.user, contact.name = to, to.name
    contact.phone, contact.title = to.mobile, ""
    post = to.current_posts().filter(unit=outlet.unit).first()
    contact.is_permanent = post.is_permanent if post else None
    contact.is_student, contact.teacher = False, ""
    if post and post.is_student and contact.kind == ContactKind.OPERATOR:
        contact.is_student, contact.is_permanent = True, None
        contact.teacher = post.supervised_by.name if post.supervised_by else ""
    contact.save()
    current = with_contacts(outlet)
    outlet.gaps = ",".join(gap.value for gap in gaps_of(entry_of(current)))
    outlet.version += 1
    outlet.save(update_fields=["gaps", "version"])
    detail = {"contact": contact.key, "to": to.name}
    record("outlet.hand_over", outlet, by=by, detail=detail, unit_path=outlet.unit_path)


def held_filings(person: User) -> Iterable[Filing]:
    """Open filings that a leaving person has claimed to decide."""
    return Filing.objects.open().filter(claimed_by=person).order_by("pk")


def name_filing(filing: Filing) -> str:
    """`变更备案 华园数信（数信学院）`."""
    return f"{filing.get_kind_display()}备案 {filing.name}（{filing.unit_name}）"


def move_filing(filing: Filing, to: User, by: User) -> None:
    """The claim goes to another, inside the caller's transaction; her own verdict is still asked
    when she decides."""
    locked = Filing.objects.select_for_update().get(pk=filing.pk)
    locked.claimed_by, locked.claimed_at = to, now()
    locked.version += 1
    locked.save(update_fields=["claimed_by", "claimed_at", "version"])
    detail = {"to": to.name}
    record("filing.move", locked, by=by, detail=detail, unit_path=locked.unit_path)
