"""The responsible people of an outlet: 在编, post and training of each, as far as known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from meice.orgs.models import Post
from meice.orgs.roles import Role
from meice.registry.models import Contact, Outlet
from meice.registry.models.contact import ContactKind
from meice.training.models.need import NEED_LOOKS, NeedState, Proofs, proofs_of
from meice.training.models.topic import TrainingTopic
from meice.web.tones import Look, Tone

LEADS = (ContactKind.RESPONSIBLE, ContactKind.LEADER)
"""通知 三（三）: 在编在岗人员牵头负责或指导."""
ROLE_OF = {
    ContactKind.LEADER: Role.LEADER,
    ContactKind.REVIEWER: Role.REVIEWER,
    ContactKind.OPERATOR: Role.OPERATOR,
}
PERMANENT = Look("在编", icon="circle-check", tone=Tone.GOOD)
NOT_PERMANENT = Look("非在编", icon="circle-minus", tone=Tone.IDLE)
LEADS_NOT_PERMANENT = Look("不在编", icon="alert-triangle", tone=Tone.WARN)
NO_ONE_SAID = Look("在编未知", icon="help-circle", tone=Tone.UNKNOWN)
STUDENT = Look("学生", icon="school", tone=Tone.IDLE)
NO_ACCOUNT = Look("没有账号，不知道", icon="help-circle", tone=Tone.UNKNOWN)
NO_POST = Look("在本单位没有岗位", icon="alert-triangle", tone=Tone.WARN)
NOTHING_ASKED = Look("没有培训要求", icon="circle-minus", tone=Tone.IDLE)
COMPLETE = Look("培训齐", icon="circle-check", tone=Tone.GOOD)


@dataclass(frozen=True, slots=True)
class Responsible:
    """One contact with what is known of her."""

    contact: Contact
    permanent: Look
    post: Look
    training: Look
    lacking: tuple[str, ...] = ()

    @property
    def gaps(self) -> list[Look]:
        """What is lacking or not known, each word once."""
        looks = {look.label: look for look in (self.permanent, self.post, self.training)}
        return [look for look in looks.values() if look.tone in (Tone.WARN, Tone.BAD, Tone.UNKNOWN)]

    @property
    def is_gap(self) -> bool:
        """Something is lacking or not known."""
        return bool(self.gaps)


def responsible_of(outlets: Sequence[Outlet], at: datetime) -> dict[int, list[Responsible]]:
    """By outlet, in the order of the form; five queries whatever the outlets, four when the
    contacts were fetched with them."""
    prefetch_related_objects(outlets, "contacts")
    contacts = [contact for one in outlets for contact in one.contacts.all()]
    people = {contact.user_id for contact in contacts if contact.user_id}
    posts = _posts(people)
    topics = list(TrainingTopic.objects.standing()) if people else []
    proofs = proofs_of(people, topics, at) if topics else Proofs({}, {})
    units, today = {one.pk: one.unit_path for one in outlets}, timezone.localdate(at)
    found: dict[int, list[Responsible]] = {one.pk: [] for one in outlets}
    order = list(ContactKind.values)
    for contact in sorted(contacts, key=lambda one: (order.index(one.kind), one.place)):
        held = posts.get(contact.user_id or 0, [])
        training, lacking = _training(contact, held, topics, proofs, today)
        found[contact.outlet_id].append(
            Responsible(
                contact, _permanent(contact), _post(contact, held, units[contact.outlet_id]),
                training, lacking,
            )
        )  # fmt: skip
    return found


def _posts(people: Iterable[int]) -> dict[int, list[Post]]:
    held: dict[int, list[Post]] = {}
    wanted = Post.objects.current().filter(user__in=people, user__is_active=True)
    for post in wanted.select_related("unit").order_by("pk"):
        held.setdefault(post.user_id, []).append(post)
    return held


def _permanent(contact: Contact) -> Look:
    if contact.is_student:
        return STUDENT
    if contact.is_permanent is None:
        return NO_ONE_SAID
    if contact.is_permanent:
        return PERMANENT
    return LEADS_NOT_PERMANENT if contact.kind in LEADS else NOT_PERMANENT


def _post(contact: Contact, held: Sequence[Post], path: str) -> Look:
    """A post in the outlet's unit, above or below it."""
    if contact.user_id is None:
        return NO_ACCOUNT
    near = [post for post in held if path.startswith(post.unit.path) or _below(post, path)]
    if not near:
        return NO_POST
    return Look(str(near[0].get_role_display()), icon="circle-check", tone=Tone.GOOD)


def _below(post: Post, path: str) -> bool:
    return bool(post.unit.path.startswith(path))


def _training(
    contact: Contact, held: Sequence[Post], topics: Sequence[TrainingTopic], proofs: Proofs,
    today: date,
) -> tuple[Look, tuple[str, ...]]:  # fmt: skip
    """What her place at the outlet and her posts ask for."""
    if contact.user_id is None:
        return NO_ACCOUNT, ()
    roles = {post.role for post in held}
    place = ROLE_OF.get(ContactKind(contact.kind))
    roles |= {place.value} if place else set()
    asked = [topic for topic in topics if roles & set(topic.roles)]
    states = [(topic, proofs.state(contact.user_id, topic.pk, today)) for topic in asked]
    open_ones = [(topic, state) for topic, state in states if state is not NeedState.HAS]
    words = tuple(f"{topic}：{NEED_LOOKS[state].label}" for topic, state in open_ones)
    if not asked:
        return NOTHING_ASKED, ()
    lacking = sum(state in (NeedState.LACKS, NeedState.OVER) for _, state in open_ones)
    if lacking:
        return Look(f"缺 {lacking} 项", icon="alert-triangle", tone=Tone.WARN), words
    for state in (NeedState.UNKNOWN, NeedState.ENDING):
        if any(one is state for _, one in open_ones):
            return NEED_LOOKS[state], words
    return COMPLETE, ()
