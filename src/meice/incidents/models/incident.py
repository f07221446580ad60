"""An incident: what was seen, how grave it is, how fast it was answered, how it ended."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.audit.models import AppendOnlyModel, AppendOnlyQuerySet
from meice.engines.marks import mask_personal
from meice.incidents.classes import (
    CLASS_OF,
    IncidentClass,
    IncidentKind,
    IncidentSource,
    Severity,
)
from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet, within
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.incidents.models.dealing import Letter, Responder


class IncidentStatus(models.TextChoices):
    """Where an incident stands; the way between is in `workflow.py`."""

    OPEN = "open", "待认领"
    CLAIMED = "claimed", "已认领"
    HANDLING = "handling", "处置中"
    REFERRED = "referred", "已转送"
    CLOSED = "closed", "已办结"
    DISMISSED = "dismissed", "误报"
    MERGED = "merged", "已合并"


INCIDENT_LOOKS = {
    IncidentStatus.OPEN: Look("待认领", icon="urgent", tone=Tone.BAD),
    IncidentStatus.CLAIMED: Look("已认领", icon="user-check", tone=Tone.INFO),
    IncidentStatus.HANDLING: Look("处置中", icon="tool", tone=Tone.INFO),
    IncidentStatus.REFERRED: Look("已转送", icon="send", tone=Tone.INFO),
    IncidentStatus.CLOSED: Look("已办结", icon="circle-check", tone=Tone.GOOD),
    IncidentStatus.DISMISSED: Look("误报", icon="circle-minus", tone=Tone.IDLE),
    IncidentStatus.MERGED: Look("已合并", icon="arrows-join", tone=Tone.IDLE),
}
DRILL_LOOK = Look("演练", icon="flag", tone=Tone.IDLE)
LIVE = (
    IncidentStatus.OPEN, IncidentStatus.CLAIMED, IncidentStatus.HANDLING, IncidentStatus.REFERRED,
)  # fmt: skip
"""Not at an end: somebody has to act."""
ENDED = (IncidentStatus.CLOSED, IncidentStatus.DISMISSED, IncidentStatus.MERGED)


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Sets of incidents."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post, and what she reported herself; security people see the
        security classes and what was passed to their offices."""
        seen = within(user.reach(Right.SEE_BUSINESS))
        safe = Q(is_security=True) | Q(with_security=True)
        seen |= within(user.reach(Right.SEE_SECURITY)) & safe
        if user.has(Right.SEE_BUSINESS) or user.has(Right.SEE_SECURITY):
            seen |= Q(reported_by=user.pk)
        return self.filter(seen)

    def live(self) -> Self:
        """Not at an end."""
        return self.filter(status__in=LIVE)

    def late(self, at: datetime) -> Self:
        """A timer has run out and what it waits for has not been done."""
        return self.live().filter(late_at(at))

    def mine(self, user: User) -> Self:
        """What waits for this person now: to be taken up, to be carried on, a letter to sign for."""
        called = self.model.objects.filter(responders__user=user.pk).values("pk")
        decides = within(user.reach(Right.DECIDE_BUSINESS))
        safe = within(user.reach(Right.VERIFY_SECURITY)) & (
            Q(is_security=True) | Q(with_security=True)
        )
        to_take = Q(status=IncidentStatus.OPEN) & (Q(pk__in=called) | decides | safe)
        hers = Q(handler=user.pk, status__in=LIVE)
        return self.visible_to(user).filter(to_take | hers)

    def matching(self, term: str) -> Self:
        """By number (whole or its serial), title, unit or outlet."""
        bare = "".join(term.split())
        if not bare:
            return self
        words = Q(number__icontains=bare) | Q(title__icontains=term.strip())
        return self.filter(
            words | Q(unit_name__icontains=bare) | Q(outlet_name__icontains=term.strip())
        )

    def real(self) -> Self:
        """Without drills."""
        return self.filter(is_drill=False)


def late_at(at: datetime) -> Q:
    """The condition of `late`, for counts."""
    unclaimed = Q(status=IncidentStatus.OPEN, claim_by__lte=at)
    idle = Q(status__in=LIVE, acted_at__isnull=True, act_by__lte=at)
    standing = Q(status__in=LIVE, cleared_at__isnull=True, clear_by__lte=at)
    return unclaimed | idle | standing


class Incident(models.Model):
    """`clock_at` is when the timers began (the report, or the reopening); `claim_by`, `act_by`
    and `clear_by` are the moments until which somebody should have taken it up, acted, and taken
    the content away. `round` counts the times it was opened; the ladder speaks once in a round.
    `look_at` is the next moment at which the ladder looks.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=IncidentStatus, default=IncidentStatus.OPEN)
    kind = models.CharField("类别", max_length=16, choices=IncidentKind)
    severity = models.CharField("等级", max_length=10, choices=Severity)
    source = models.CharField("来源", max_length=10, choices=IncidentSource)
    is_drill = models.BooleanField("演练", default=False)
    is_security = models.BooleanField(default=False)
    with_security = models.BooleanField(default=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="涉事单位")
    unit_path = models.CharField(max_length=255, db_index=True)
    unit_name = models.CharField(max_length=100)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+", null=True, blank=True)
    outlet_name = models.CharField(max_length=200, blank=True)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("情况")
    link = models.CharField("网址", max_length=500, blank=True)
    reported_at = models.DateTimeField("报告时间")
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reporter_name = models.CharField(max_length=60, blank=True)
    handler = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    handler_name = models.CharField("处置人", max_length=60, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    clock_at = models.DateTimeField()
    claim_by = models.DateTimeField()
    act_by = models.DateTimeField()
    clear_by = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    look_at = models.DateTimeField(null=True, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    ended_by_name = models.CharField(max_length=60, blank=True)
    conclusion = models.TextField("办结意见", blank=True)
    lessons = models.TextField("教训和改进", blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    objects = IncidentQuerySet.as_manager()
    responders: "RelatedManager[Responder]"
    letters: "RelatedManager[Letter]"
    merged: "RelatedManager[Incident]"
    events: "RelatedManager[IncidentEvent]"

    class Meta:
        verbose_name = "事件"
        indexes = [
            models.Index(fields=["status", "claim_by"]),
            models.Index(fields=["reported_at"]),
            models.Index(fields=["unit", "status"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=IncidentStatus.values), name="incident_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IncidentKind.values), name="incident_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="incident_severity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=IncidentSource.values), name="incident_source_is_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="incident_has_a_title"),
            models.CheckConstraint(
                condition=~Q(status="closed")
                | (~Q(conclusion="") & ~Q(lessons="") & Q(ended_by__isnull=False)),
                name="incident_closed_with_lessons_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="dismissed") | (~Q(conclusion="") & Q(ended_by__isnull=False)),
                name="incident_dismissed_with_a_reason_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="incident_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False)
                | (~Q(status__in=ENDED) & Q(ended_at__isnull=True)),
                name="incident_ended_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["open", "dismissed", "merged"])
                | Q(handler__isnull=False, claimed_at__isnull=False),
                name="incident_worked_on_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The incident's page."""
        return reverse("incident", args=[self.pk])

    @property
    def case(self) -> str:
        """Under which name its evidence lies."""
        return f"incident:{self.pk}"

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return INCIDENT_LOOKS[IncidentStatus(self.status)]

    @property
    def entry(self) -> IncidentClass:
        """Its class in the table."""
        return CLASS_OF[self.kind]

    @property
    def is_live(self) -> bool:
        """Not at an end."""
        return self.status in LIVE

    @property
    def shown_title(self) -> str:
        """A drill is called one wherever its title stands."""
        return f"【演练】{self.title}" if self.is_drill else self.title

    @property
    def masked_title(self) -> str:
        """For lists, notices, search: without personal numbers."""
        return mask_personal(self.title)


ACT_LABELS = {
    "report": "报告",
    "call": "通知值班",
    "acknowledge": "认领",
    "assign": "指派",
    "grade": "改定类别等级",
    "handle": "处置",
    "measure": "处置",
    "clear": "有害内容已清除",
    "note": "记录",
    "evidence": "存证",
    "refer": "转送",
    "receive": "收到转送",
    "resume": "收回处置",
    "escalate": "超时升级",
    "close": "办结",
    "dismiss": "判为误报",
    "reopen": "重新打开",
    "merge": "合并",
    "absorb": "并入",
    "split": "撤销合并",
    "move": "移交",
}


class IncidentEventQuerySet(AppendOnlyQuerySet):
    """Sets of what was done: only ever added to."""


class IncidentEvent(AppendOnlyModel, Event):
    """One act or note: who, when, with which words. Written once: triggers in the database refuse
    every change. `by` None: the system."""

    labels = ACT_LABELS
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="events")
    letter = models.ForeignKey("Letter", models.PROTECT, related_name="+", null=True, blank=True)

    objects = IncidentEventQuerySet.as_manager()

    class Meta(Event.Meta):
        abstract = False

    @property
    def is_late(self) -> bool:
        """The ladder spoke."""
        return self.act == "escalate"
