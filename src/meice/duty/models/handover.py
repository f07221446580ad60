"""The hand-over note at the end of a shift, which the next person accepts; what stays open."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.duty.models.roster import Layer, Roster
from meice.duty.models.shift import Shift
from meice.orgs.models import User
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class HandoverStatus(models.TextChoices):
    """Where a note stands; the way between is in `workflow.py`."""

    WAITING = "waiting", "待接班"
    RETURNED = "returned", "退回补充"
    ACCEPTED = "accepted", "已接班"


HANDOVER_LOOKS = {
    HandoverStatus.WAITING: Look("待接班", icon="clock", tone=Tone.INFO),
    HandoverStatus.RETURNED: Look("退回补充", icon="corner-up-left", tone=Tone.WARN),
    HandoverStatus.ACCEPTED: Look("已接班", icon="circle-check", tone=Tone.GOOD),
}


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Sets of notes."""

    def visible_to(self, user: User) -> Self:
        """Those of the rosters that she sees."""
        return self.filter(shift__layer__roster__in=Roster.objects.visible_to(user).values("pk"))

    def waiting_for(self, user: User) -> Self:
        """To be accepted by this person, or to be mended by her."""
        takes = Q(status=HandoverStatus.WAITING, next_shift__user=user.pk)
        return self.filter(takes | Q(status=HandoverStatus.RETURNED, by=user.pk))


class Handover(models.Model):
    """交班记录 of one shift, to whoever holds `next_shift` when it is accepted."""

    shift = models.OneToOneField(Shift, models.CASCADE, related_name="handover")
    next_shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=HandoverStatus, default=HandoverStatus.WAITING)
    text = models.TextField("值班情况")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    written_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    accepted_by_name = models.CharField(max_length=60, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("接班人的话", max_length=500, blank=True)

    objects = HandoverQuerySet.as_manager()
    items: "RelatedManager[OpenItem]"

    class Meta:
        verbose_name = "交班记录"
        ordering = ["-shift__begins_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=HandoverStatus.values), name="handover_status_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="handover_says_something"),
            models.CheckConstraint(
                condition=Q(status="accepted", accepted_by__isnull=False, accepted_at__isnull=False)
                | (~Q(status="accepted") & Q(accepted_by__isnull=True, accepted_at__isnull=True)),
                name="handover_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"交班：{self.shift}"

    def get_absolute_url(self) -> str:
        """The note's page."""
        return reverse("handover", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return HANDOVER_LOOKS[HandoverStatus(self.status)]


class OpenItem(models.Model):
    """交班事项: goes from hand to hand in its layer until somebody has done it."""

    layer = models.ForeignKey(Layer, models.CASCADE, related_name="+")
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    text = models.CharField("事项", max_length=300)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    done_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "交班事项"
        ordering = ["pk"]
        indexes = [models.Index(fields=["layer"], condition=Q(done_at=None), name="items_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="open_item_says_something"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="open_item_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text
