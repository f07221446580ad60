"""A session of training, its material, and who was there."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.files.models import StoredFile
from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right, Role
from meice.registry.models.outlet import within
from meice.training.models.topic import TrainingTopic
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class SessionStatus(models.TextChoices):
    """Where a session stands."""

    PLANNED = "planned", "待举办"
    HELD = "held", "已举办"
    CANCELLED = "cancelled", "已取消"


SESSION_LOOKS = {
    SessionStatus.PLANNED: Look("待举办", icon="clock", tone=Tone.INFO),
    SessionStatus.HELD: Look("已举办", icon="circle-check", tone=Tone.GOOD),
    SessionStatus.CANCELLED: Look("已取消", icon="circle-x", tone=Tone.IDLE),
}


class SessionQuerySet(models.QuerySet["TrainingSession"]):
    """Sets of sessions."""

    def visible_to(self, user: User) -> Self:
        """Those of her subtree, and those to which she is asked."""
        asked = Attendance.objects.filter(user=user.pk).values("session")
        return self.filter(within(user.reach(Right.SEE_BUSINESS)) | Q(pk__in=asked))

    def planned(self) -> Self:
        """Not held yet."""
        return self.filter(status=SessionStatus.PLANNED)

    def matching(self, term: str) -> Self:
        """By title, topic or place."""
        bare = "".join(term.split())
        if not bare:
            return self
        return self.filter(
            Q(title__icontains=bare) | Q(topic__name__icontains=bare) | Q(place__icontains=bare)
        )


class TrainingSession(models.Model):
    """`scope` and `roles` say who must come: everybody of these roles in the unit and below."""

    title = models.CharField("名称", max_length=120)
    topic = models.ForeignKey(TrainingTopic, models.PROTECT, related_name="+", verbose_name="主题")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="举办单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="参加单位")
    roles: models.JSONField[list[str]] = models.JSONField("谁要参加", default=list)
    starts_at = models.DateTimeField("时间", db_index=True)
    place = models.CharField("地点", max_length=120, blank=True)
    link = models.CharField("线上地址", max_length=500, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    status = models.CharField(max_length=9, choices=SessionStatus, default=SessionStatus.PLANNED)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()
    attendances: "RelatedManager[Attendance]"
    materials: "RelatedManager[Material]"
    events: "RelatedManager[SessionEvent]"

    class Meta:
        verbose_name = "培训"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="session_has_a_title"),
            models.CheckConstraint(
                condition=Q(status__in=SessionStatus.values), name="session_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""), name="session_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("training", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with icon and tone."""
        return SESSION_LOOKS[SessionStatus(self.status)]

    @property
    def role_words(self) -> str:
        """`运维、审核人`."""
        return "、".join(str(Role(role).label) for role in self.roles)

    def is_waiting(self, now: datetime) -> bool:
        """Begun by the clock, and nobody has said that it is over."""
        return self.status == SessionStatus.PLANNED and self.starts_at < now


class Material(models.Model):
    """A file for those who come."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="materials")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.session_id} {self.file_id}"


class Presence(models.TextChoices):
    """Was she there? Before somebody has said so it is not known."""

    EXPECTED = "expected", "未登记"
    PRESENT = "present", "到会"
    ABSENT = "absent", "缺席"
    EXCUSED = "excused", "请假"


PRESENCE_LOOKS = {
    Presence.EXPECTED: Look("未登记", icon="help-circle", tone=Tone.UNKNOWN),
    Presence.PRESENT: Look("到会", icon="circle-check", tone=Tone.GOOD),
    Presence.ABSENT: Look("缺席", icon="alert-triangle", tone=Tone.WARN),
    Presence.EXCUSED: Look("请假", icon="circle-minus", tone=Tone.IDLE),
}


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Sets of people asked."""

    def visible_to(self, user: User) -> Self:
        """Herself, and the people of her subtree: who is asked elsewhere is not her matter."""
        return self.filter(within(user.reach(Right.SEE_BUSINESS), "unit__path") | Q(user=user.pk))

    def matching(self, term: str) -> Self:
        """By name or 工号."""
        bare = "".join(term.split())
        return self.filter(Q(name__icontains=bare) | Q(user__username__istartswith=bare))

    def in_order(self) -> Self:
        """By unit, then by name."""
        return self.select_related("user", "unit").order_by("unit__path", "user__pinyin_key", "pk")


class Attendance(models.Model):
    """One person asked to a session, with the unit of the moment."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_name = models.CharField("单位", max_length=100)
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.EXPECTED)
    marked_by = models.CharField(max_length=60, blank=True)
    is_besides = models.BooleanField("另加的人", default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="asked_once_to_a_session"),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="presence_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.presence}"

    @property
    def look(self) -> Look:
        """With icon and tone."""
        return PRESENCE_LOOKS[Presence(self.presence)]


ACT_LABELS = {
    "plan": "安排",
    "edit": "修改",
    "attend": "登记到会",
    "import": "导入到会名单",
    "invite": "加人",
    "hold": "办完",
    "cancel": "取消",
    "move": "移交",
}


class SessionEvent(Event):
    """One act on a session."""

    labels = ACT_LABELS
    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="events")
