"""What is wrong with the coming weeks, and the word about it: everything is said once."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meice.duty.actions import events
from meice.duty.gaps import Span, Trouble, TroubleKind, doubles, faults_of, gaps_in
from meice.duty.models import (
    Handover,
    HandoverStatus,
    Layer,
    Member,
    Reminder,
    ReminderKind,
    Roster,
    Shift,
    people_of,
)
from meice.notices.models import NoticeKind
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Role

NAMED = 3
MORNING = time(9)
NOTE_PATIENCE = timedelta(minutes=30)
NOTE_LATEST = timedelta(days=1)
NOTES_BACK = timedelta(days=7)


def find_troubles(roster: Roster, at: datetime) -> list[Trouble]:
    """缺口, 空班, 人已不在岗, 一人同时两班, from `at` to the end of the weeks ahead."""
    last = timezone.localdate(at) + timedelta(weeks=roster.weeks_ahead)
    serving = set(people_of(roster.unit).values_list("pk", flat=True))
    shifts = _coming(roster, at, last)
    spans = [(shift.layer_id, span_of(shift, serving)) for shift in shifts]
    ahead = [span for _, span in spans if span.ends_at > at]
    found = []
    for layer in Layer.objects.filter(roster=roster).prefetch_related("patterns"):
        own = [span for key, span in spans if key == layer.pk]
        found += _of_layer(layer, own, at, last)
    found += faults_of(ahead) + doubles(ahead) + _left_the_order(roster, serving)
    return sorted(found, key=lambda one: (one.day or date.min, one.text))


def _coming(roster: Roster, at: datetime, last: date) -> Iterable[Shift]:
    rows = Shift.objects.of(roster).filter(day__lte=last)
    rows = rows.filter(Q(ends_at__gt=at) | Q(day__gte=timezone.localdate(at)))
    return rows.select_related("layer", "user").order_by("begins_at", "pk")


def span_of(shift: Shift, serving: set[int]) -> Span:
    """A shift as the search for gaps reads it."""
    return Span(
        shift.pk, shift.day, shift.begins_at, shift.ends_at, f"{shift.layer.name} {shift.watch}",
        shift.user_id, shift.user.name if shift.user else "", shift.user_id in serving,
    )  # fmt: skip


def _of_layer(layer: Layer, spans: list[Span], at: datetime, last: date) -> list[Trouble]:
    if not spans and not layer.patterns.all():
        return [Trouble(TroubleKind.GAP, f"{layer.name}:", f"{layer.name}还没有排法")]
    return gaps_in(layer.name, spans, at, last, round_the_clock=layer.round_the_clock)


def _left_the_order(roster: Roster, serving: set[int]) -> list[Trouble]:
    members = Member.objects.filter(pattern__layer__roster=roster).exclude(user__in=serving)
    return [
        Trouble(
            TroubleKind.ROTA, f"{one.pattern_id}:{one.user_id}",
            f"{one.pattern.layer.name}（{one.pattern.get_covers_display()}）的轮换里{one.user}已不在岗",
        )
        for one in members.select_related("pattern__layer", "user")
    ]  # fmt: skip


def count_troubles(roster: Roster, at: datetime) -> list[Trouble]:
    """Keep their number on the (locked) roster; gives them."""
    found = find_troubles(roster, at) if roster.active else []
    roster.troubles, roster.checked_at = min(len(found), 32767), at
    roster.save(update_fields=["troubles", "checked_at"])
    return found


def keepers_of(roster: Roster) -> list[User]:
    """Who mends it: its keepers who still may, else the unit's leaders, else the department."""
    named = [keeper for keeper in roster.keepers.all() if keeper.is_active]
    return named or holders(roster.unit, Role.LEADER) or holders(roster.unit, Role.DEPARTMENT)


def holders(unit: Unit, role: Role) -> list[User]:
    """Who holds `role` in the unit, or in the nearest one above where somebody does."""
    paths = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    posts = Post.objects.current().filter(role=role, unit__path__in=paths, user__is_active=True)
    held = list(posts.select_related("user", "unit").order_by("-unit__path", "pk"))
    nearest = [post.user for post in held if post.unit_id == held[0].unit_id]
    return list({person.pk: person for person in nearest}.values())


def watch_rosters(at: datetime) -> int:
    """Every running roster is looked through; keepers hear of what is new. Gives the notices."""
    return sum(_watch(pk, at) for pk in Roster.objects.running().values_list("pk", flat=True))


@transaction.atomic
def _watch(pk: int, at: datetime) -> int:
    roster = events.lock_roster(pk)
    if not roster.active:
        return 0
    found = {f"{one.kind}:{one.subject}"[:60]: one for one in count_troubles(roster, at)}
    said = Reminder.objects.filter(roster=roster, kind=ReminderKind.TROUBLE)
    said.exclude(subject__in=found).delete()  # mended: the same trouble again is a new one
    new = _not_said(roster, ReminderKind.TROUBLE, found, at)
    if not new:
        return 0
    words = [found[subject].text for subject in new]
    more = f"等 {len(words)} 处" if len(words) > NAMED else ""
    text = f"「{roster}」有 {len(words)} 处要补：{'；'.join(words[:NAMED])}{more}"
    return events.tell(keepers_of(roster), text, roster.get_absolute_url(), kind=NoticeKind.ALARM)


def _not_said(
    roster: Roster, kind: ReminderKind, subjects: Iterable[str], at: datetime
) -> list[str]:
    """Those of `subjects` of which nothing was said yet; from now on it is."""
    wanted = list(dict.fromkeys(subjects))
    before = Reminder.objects.filter(roster=roster, kind=kind, subject__in=wanted)
    said = set(before.values_list("subject", flat=True))
    new = [subject for subject in wanted if subject not in said]
    Reminder.objects.bulk_create(
        Reminder(roster=roster, kind=kind, subject=subject, at=at) for subject in new
    )
    return new


def remind_people(at: datetime) -> int:
    """One round: who is on duty tomorrow, who owes a note, who has not taken over."""
    return _tomorrow(at) + _owed_notes(at) + _waiting_notes(at)


def _tomorrow(at: datetime) -> int:
    """From nine in the morning on, for the shifts of the next day."""
    local = timezone.localtime(at)
    if local.time() < MORNING:
        return 0
    rows = Shift.objects.held().filter(
        day=local.date() + timedelta(days=1), layer__roster__active=True
    )
    rows = rows.select_related("layer__roster", "user").order_by("layer__roster", "pk")
    return sum(
        _once(shift.roster, ReminderKind.SOON, f"{shift.pk}:{shift.user_id}", at, [shift.user],
              f"明天你值班：{shift.roster} {shift}（{shift.hours}）", shift.get_absolute_url())
        for shift in rows
    )  # fmt: skip


@transaction.atomic
def _once(
    roster: Roster,
    kind: ReminderKind,
    subject: str,
    at: datetime,
    people: Iterable[User | None],
    text: str,
    url: str,
) -> int:
    """Say it unless it was said; under the roster's lock a second worker finds it said."""
    if Reminder.objects.filter(roster=roster, kind=kind, subject=subject).exists():
        return 0
    events.lock_roster(roster.pk)
    if not _not_said(roster, kind, [subject], at):
        return 0
    return events.tell(people, text, url, kind=NoticeKind.REMINDER)


def next_of(shift: Shift) -> Shift | None:
    """The shift of its layer that goes on when it ends."""
    rows = Shift.objects.filter(
        layer=shift.layer_id, begins_at__gt=shift.begins_at, ends_at__gt=shift.ends_at
    )
    return rows.select_related("layer__roster__unit", "user").order_by("begins_at").first()


def _owed_notes(at: datetime) -> int:
    """Half an hour after the end without a note, where somebody else follows."""
    rows = Shift.objects.held().filter(
        ends_at__range=(at - NOTE_LATEST, at - NOTE_PATIENCE),
        handover=None,
        layer__roster__active=True,
        layer__roster__needs_handover=True,
    )
    said = 0
    for shift in rows.select_related("layer__roster", "user"):
        after = next_of(shift)
        if after is not None and after.user_id not in (None, shift.user_id):
            text = f"还没有写交班记录：{shift.roster} {shift}"
            url = reverse("shift-handover", args=[shift.pk])
            said += _once(
                shift.roster, ReminderKind.NO_NOTE, str(shift.pk), at, [shift.user], text, url
            )
    return said


def _waiting_notes(at: datetime) -> int:
    """After the roster's hours the next person is reminded, after twice of them the keepers."""
    rows = Handover.objects.filter(
        status=HandoverStatus.WAITING,
        written_at__gte=at - NOTES_BACK,
        next_shift__layer__roster__active=True,
    )
    rows = rows.select_related(
        "next_shift__layer__roster__unit", "next_shift__user", "shift__layer"
    )
    return sum(_unaccepted(handover, at) for handover in rows)


def _unaccepted(handover: Handover, at: datetime) -> int:
    roster, taker = handover.next_shift.roster, handover.next_shift.user
    since = max(handover.written_at, handover.next_shift.begins_at)
    patience = timedelta(hours=roster.accept_hours)
    said = 0
    if at >= since + patience and taker is not None:
        text = f"还没有接班：{roster} {handover.shift}的交班记录在等你"
        subject = f"{handover.pk}:{taker.pk}"
        said += _once(
            roster, ReminderKind.WAITING, subject, at, [taker], text, handover.get_absolute_url()
        )
    if at >= since + 2 * patience:
        text = f"「{roster}」{handover.shift}的交班记录一直没有人接"
        said += _once(
            roster, ReminderKind.KEEPER, str(handover.pk), at, keepers_of(roster), text,
            handover.get_absolute_url(),
        )  # fmt: skip
    return said
