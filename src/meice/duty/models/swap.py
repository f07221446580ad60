"""A swap: one asks another to take a shift, or to exchange two."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.duty.models.roster import Roster
from meice.duty.models.shift import Shift
from meice.orgs.models import User
from meice.web.tones import Look, Tone


class SwapStatus(models.TextChoices):
    """Where a swap stands; the way between is in `workflow.py`."""

    ASKED = "asked", "待对方答复"
    ACCEPTED = "accepted", "已同意换班"
    DECLINED = "declined", "不同意换班"
    WITHDRAWN = "withdrawn", "已收回换班"
    LAPSED = "lapsed", "过期未答复"


SWAP_LOOKS = {
    SwapStatus.ASKED: Look("待对方答复", icon="clock", tone=Tone.INFO),
    SwapStatus.ACCEPTED: Look("已同意换班", icon="circle-check", tone=Tone.GOOD),
    SwapStatus.DECLINED: Look("不同意换班", icon="circle-x", tone=Tone.WARN),
    SwapStatus.WITHDRAWN: Look("已收回换班", icon="arrow-back-up", tone=Tone.IDLE),
    SwapStatus.LAPSED: Look("过期未答复", icon="clock-off", tone=Tone.WARN),
}


class SwapQuerySet(models.QuerySet["Swap"]):
    """Sets of swaps."""

    def visible_to(self, user: User) -> Self:
        """Those of the rosters that she sees (both parties serve on them)."""
        return self.filter(shift__layer__roster__in=Roster.objects.visible_to(user).values("pk"))

    def asked(self) -> Self:
        """Not answered yet."""
        return self.filter(status=SwapStatus.ASKED)

    def overdue(self, at: datetime) -> Self:
        """Not answered, and a shift of it has begun."""
        begun = Q(shift__begins_at__lte=at) | Q(given__begins_at__lte=at)
        return self.asked().filter(begun)


class Swap(models.Model):
    """`to` is asked to take `shift`; where `given` is set, `by` takes that one of hers instead."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="swaps")
    given = models.ForeignKey(Shift, models.CASCADE, related_name="+", null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="请谁")
    reason = models.CharField("原因", max_length=200)
    status = models.CharField(max_length=9, choices=SwapStatus, default=SwapStatus.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("答复", max_length=200, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = "换班"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["to", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=SwapStatus.values), name="swap_status_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="swap_has_a_reason"),
            models.CheckConstraint(condition=~Q(by=models.F("to")), name="swap_between_two"),
            models.UniqueConstraint(
                fields=["shift"], condition=Q(status="asked"), name="one_open_swap_a_shift"
            ),
            models.UniqueConstraint(
                fields=["given"], condition=Q(status="asked"), name="one_open_swap_a_given_shift"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift}：{self.by} 请 {self.to}"

    def get_absolute_url(self) -> str:
        """The swap's page."""
        return reverse("swap", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return SWAP_LOOKS[SwapStatus(self.status)]
