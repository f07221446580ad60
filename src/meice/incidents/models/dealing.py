"""Who was called, what the ladder said, letters to other offices, and what the department sets."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from meice.files.models import StoredFile
from meice.incidents.classes import OUTSIDE, Office
from meice.incidents.models.incident import Incident
from meice.orgs.models import User
from meice.web.tones import Look, Tone


class Responder(models.Model):
    """Somebody who was called to an incident: on duty, in charge, or reached by the ladder."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="responders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    why = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "user"], name="called_once_to_an_incident")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.name}"


class Watch(models.TextChoices):
    """What a rung of the ladder waits for."""

    CLAIM = "claim", "没有人认领"
    ACT = "act", "没有开始处置"
    CLEAR = "clear", "有害内容没有清除"


class Audience(models.TextChoices):
    """Whom a rung tells."""

    DUTY = "duty", "值班人员"
    HANDLER = "handler", "处置人"
    LEADER = "leader", "单位主管领导"
    DEPARTMENT = "department", "宣传部"
    SECURITY = "security", "保卫/信息化"
    ABOVE = "above", "上级单位主管领导"


class ChainRung(models.Model):
    """One step of the escalation chain as this deployment has it: `minutes` after the timer has
    run out (negative: before), `audience` is told. Without rows `workflow.CHAIN` holds."""

    watch = models.CharField("等什么", max_length=5, choices=Watch)
    minutes = models.SmallIntegerField("分钟")
    audience = models.CharField("告诉谁", max_length=10, choices=Audience)

    class Meta:
        ordering = ["watch", "minutes", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(watch__in=Watch.values), name="rung_watch_known"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="rung_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(-1440, 10080)), name="rung_within_a_week"
            ),
            models.UniqueConstraint(
                fields=["watch", "minutes", "audience"], name="rung_stands_once_in_the_chain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.watch} {self.minutes:+d} {self.audience}"


class Alarm(models.Model):
    """A rung that has spoken: once for each opening of an incident, whatever becomes of the chain."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="alarms")
    round = models.PositiveSmallIntegerField()
    watch = models.CharField(max_length=5, choices=Watch)
    minutes = models.SmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience)
    at = models.DateTimeField()
    reached = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "round", "watch", "minutes", "audience"],
                name="alarm_once_a_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.watch} {self.minutes:+d}"


RECEIVED_LOOK = Look("已签收", icon="circle-check", tone=Tone.GOOD)
SENT_LOOK = Look("待签收", icon="mail", tone=Tone.INFO)


class Letter(models.Model):
    """转送函: numbered within its year, to one office; signed for by somebody on a day."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="letters")
    office = models.CharField("送往", max_length=10, choices=Office)
    addressee = models.CharField("收文单位", max_length=100)
    number = models.CharField("文号", max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    is_drill = models.BooleanField(default=False)
    facts = models.TextField("情况")
    request = models.TextField("请办事项")
    attachments = models.CharField("附件", max_length=300, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_by_name = models.CharField(max_length=60)
    sent_by_unit = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=60, blank=True)
    receipt = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    receipt_note = models.CharField("签收备注", max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "转送函"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(office__in=Office.values), name="letter_office_known"
            ),
            models.UniqueConstraint(
                fields=["year", "serial", "is_drill"], name="letter_serial_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by="", recorded_by__isnull=True)
                | (Q(received_at__isnull=False, recorded_by__isnull=False) & ~Q(received_by="")),
                name="letter_received_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_drill=False) | ~Q(office__in=sorted(OUTSIDE)),
                name="drill_never_leaves_the_house",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> Look:
        """Signed for or not."""
        return RECEIVED_LOOK if self.received_at else SENT_LOOK

    @property
    def sent_on(self) -> date:
        """The day on the paper."""
        return timezone.localdate(self.sent_at)


class IncidentTerm(models.Model):
    """A number that this deployment has set; `workflow.TERMS` holds the defaults."""

    name = models.CharField(max_length=24, unique=True)
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__range=(0, 10080)), name="incident_term_within_a_week"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class LetterHead(models.Model):
    """What stands before the year in the number of letters (字号): 华园媒转."""

    series = models.CharField(max_length=4, unique=True)
    words = models.CharField("字号", max_length=16)

    def __str__(self) -> str:
        return f"{self.series} {self.words}"
