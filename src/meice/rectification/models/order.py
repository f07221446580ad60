"""An order (整改通知单): to one unit, about one or several problems, with a deadline."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right
from meice.rectification.catalogue import Severity
from meice.registry.models import within
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.rectification.models.dealing import Extension, Reminder
    from meice.rectification.models.item import OrderItem
    from meice.rectification.models.reply import Reply


class OrderStatus(models.TextChoices):
    """Where an order stands; the way between is in `workflow.py`."""

    DRAFT = "draft", "待签发"
    ISSUED = "issued", "待签收"
    MENDING = "mending", "整改中"
    CONFIRMING = "confirming", "待领导确认答复"
    REPLIED = "replied", "待复查"
    REOPENED = "reopened", "退回重改"
    CLOSED = "closed", "已销号"
    WITHDRAWN = "withdrawn", "已撤销"


ORDER_LOOKS = {
    OrderStatus.DRAFT: Look("待签发", icon="pencil", tone=Tone.IDLE),
    OrderStatus.ISSUED: Look("待签收", icon="mail", tone=Tone.INFO),
    OrderStatus.MENDING: Look("整改中", icon="tool", tone=Tone.INFO),
    OrderStatus.CONFIRMING: Look("待领导确认答复", icon="user-check", tone=Tone.INFO),
    OrderStatus.REPLIED: Look("待复查", icon="refresh", tone=Tone.INFO),
    OrderStatus.REOPENED: Look("退回重改", icon="corner-up-left", tone=Tone.WARN),
    OrderStatus.CLOSED: Look("已销号", icon="circle-check", tone=Tone.GOOD),
    OrderStatus.WITHDRAWN: Look("已撤销", icon="arrow-back-up", tone=Tone.IDLE),
}
ENDED = (OrderStatus.CLOSED, OrderStatus.WITHDRAWN)
WITH_UNIT = (
    OrderStatus.ISSUED, OrderStatus.MENDING, OrderStatus.CONFIRMING, OrderStatus.REOPENED,
)  # fmt: skip
"""The unit has to act: only these can become late and are reminded of."""
IN_FORCE = (*WITH_UNIT, OrderStatus.REPLIED)
"""Issued and not at an end."""


class OrderQuerySet(models.QuerySet["Order"]):
    """Sets of orders."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post; security people see orders with a security problem.

        A draft is the department's (and the auditor's) until it is issued.
        """
        issued = ~Q(status=OrderStatus.DRAFT)
        own = within(user.reach(Right.SEE_BUSINESS))
        if not (user.has(Right.DECIDE_BUSINESS) or user.has(Right.READ_AUDIT)):
            own &= issued
        safe = within(user.reach(Right.SEE_SECURITY)) & issued & Q(is_security=True)
        return self.filter(own | safe)

    def in_force(self) -> Self:
        """Issued and not at an end."""
        return self.filter(status__in=IN_FORCE)

    def with_unit(self) -> Self:
        """The unit's turn."""
        return self.filter(status__in=WITH_UNIT)

    def late(self, today: date) -> Self:
        """The unit's turn, and the deadline is over."""
        return self.with_unit().filter(due_on__lt=today)

    def mine(self, user: User) -> Self:
        """What waits for this person's own act now, in her chosen post."""
        post = user.post
        own = Q(unit=post.unit_id) if post else Q(pk__in=[])
        writes = Q(status__in=["issued", "mending", "reopened"]) & own
        signs = Q(status="confirming") & own
        decides = Q(status__in=["draft", "replied"]) | Q(
            open_extension__isnull=False, status__in=WITH_UNIT
        )
        return self.filter(
            (writes & within(user.reach(Right.DRAFT_BUSINESS)))
            | (signs & within(user.reach(Right.CONFIRM_BUSINESS)))
            | (decides & within(user.reach(Right.DECIDE_BUSINESS)))
        )

    def matching(self, term: str) -> Self:
        """By number (whole or its serial), unit, or the name of an outlet it speaks of."""
        bare = "".join(term.split())
        if not bare:
            return self
        named = self.model.objects.filter(items__outlet_name__icontains=bare).values("pk")
        wanted = Q(number__icontains=bare) | Q(unit_name__icontains=bare) | Q(pk__in=named)
        return self.filter(wanted)


class Order(models.Model):
    """`year` and `serial` make the number: given when it is issued, without a gap in a year.

    `due_on` is the last day (a working day) on which a reply is in time; `term_days` the working
    days from which it came. `ladder_on` is the next day on which the ladder of reminders looks.
    """

    number = models.CharField("编号", max_length=40, unique=True, null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=OrderStatus, default=OrderStatus.DRAFT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    unit_path = models.CharField(max_length=255, db_index=True)
    unit_name = models.CharField(max_length=100)
    severity = models.CharField("轻重", max_length=5, choices=Severity)
    is_security = models.BooleanField(default=False)
    basis = models.TextField("认定依据", blank=True)
    demands = models.TextField("整改要求", blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    issued_by_name = models.CharField("签发人", max_length=60, blank=True)
    issued_by_unit = models.CharField("签发单位", max_length=100, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    term_days = models.PositiveSmallIntegerField("工作日", default=0)
    due_on = models.DateField("期限", null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    open_extension = models.ForeignKey(
        "Extension", models.PROTECT, related_name="+", null=True, blank=True
    )
    rounds = models.PositiveSmallIntegerField("退回次数", default=0)
    reminders_sent = models.PositiveSmallIntegerField("提醒次数", default=0)
    ladder_on = models.DateField(null=True, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    objects = OrderQuerySet.as_manager()
    items: "RelatedManager[OrderItem]"
    replies: "RelatedManager[Reply]"
    extensions: "RelatedManager[Extension]"
    reminders: "RelatedManager[Reminder]"
    events: "RelatedManager[OrderEvent]"

    class Meta:
        verbose_name = "整改通知单"
        indexes = [
            models.Index(fields=["status", "due_on"]),
            models.Index(fields=["unit", "status"]),
            models.Index(fields=["issued_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OrderStatus.values), name="order_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="order_severity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    status="draft", number__isnull=True, serial__isnull=True, issued_at__isnull=True
                )
                | Q(status="withdrawn")
                | Q(
                    number__isnull=False,
                    year__isnull=False,
                    serial__isnull=False,
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                    due_on__isnull=False,
                ),
                name="order_numbered_when_issued",
            ),
            models.UniqueConstraint(fields=["year", "serial"], name="order_serial_once_a_year"),
            models.CheckConstraint(
                condition=(Q(status="closed") & Q(closed_by__isnull=False, closed_at__isnull=False))
                | (~Q(status="closed") & Q(closed_by__isnull=True, closed_at__isnull=True)),
                name="order_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"整改单草稿 {self.pk}"

    def get_absolute_url(self) -> str:
        """The order's page."""
        return reverse("order", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return ORDER_LOOKS[OrderStatus(self.status)]

    @property
    def deadline(self) -> date:
        """The last day of an issued order. `ValueError` for a draft, which has none."""
        if self.due_on is None:
            raise ValueError("a draft has no deadline")
        return self.due_on

    @property
    def is_with_unit(self) -> bool:
        """Is it the unit's turn?"""
        return self.status in WITH_UNIT

    def is_late(self, today: date) -> bool:
        """The unit's turn, and the last day is over."""
        return self.is_with_unit and self.due_on is not None and self.due_on < today


ACT_LABELS = {
    "draft": "开具",
    "edit": "修改草稿",
    "issue": "签发",
    "acknowledge": "签收",
    "reply": "答复",
    "attest": "凭盖章件答复",
    "confirm": "领导确认答复",
    "decline": "领导退回修改",
    "recheck": "复查",
    "return": "退回重改",
    "close": "销号",
    "withdraw": "撤销",
    "remind": "提醒",
    "ask_extension": "申请延期",
    "grant_extension": "同意延期",
    "refuse_extension": "不同意延期",
    "move": "移交草稿",
}


class OrderEvent(Event):
    """One act on an order: who, when, with which words. Only ever added. `by` None: the system."""

    labels = ACT_LABELS
    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    link = models.CharField(max_length=500, blank=True)
    reply = models.ForeignKey("Reply", models.PROTECT, related_name="+", null=True, blank=True)

    @property
    def is_machine(self) -> bool:
        """Seen by the machine, not said by a person."""
        return self.act == "recheck" and self.by_id is None
