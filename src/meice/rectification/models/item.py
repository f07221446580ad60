"""One problem in an order, and every look at whether it was mended."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.rectification.catalogue import CHOICES, PROBLEMS, Problem, Severity
from meice.rectification.models.order import IN_FORCE, Order, OrderStatus
from meice.registry.models import Outlet
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class ItemStatus(models.TextChoices):
    """The life of one problem of an order."""

    OPEN = "open", "待改"
    ANSWERED = "answered", "已答复"
    FIXED = "fixed", "已改"
    DROPPED = "dropped", "不再要求"


ITEM_LOOKS = {
    ItemStatus.OPEN: Look("待改", icon="tool", tone=Tone.INFO),
    ItemStatus.ANSWERED: Look("已答复，待复查", icon="refresh", tone=Tone.INFO),
    ItemStatus.FIXED: Look("已改", icon="circle-check", tone=Tone.GOOD),
    ItemStatus.DROPPED: Look("不再要求", icon="circle-minus", tone=Tone.IDLE),
}


class Outcome(models.TextChoices):
    """What a look found. 未知 is neither good nor bad (product.md, promise 2)."""

    FIXED = "fixed", "已改"
    STILL = "still", "未改"
    UNKNOWN = "unknown", "无法自动核实"


MACHINE_LOOKS = {
    Outcome.FIXED: Look("机器：看到已改", icon="robot", tone=Tone.CLAIM),
    Outcome.STILL: Look("机器：仍未改", icon="robot", tone=Tone.CLAIM),
    Outcome.UNKNOWN: Look("无法自动核实", icon="help-circle", tone=Tone.UNKNOWN),
}
PERSON_LOOKS = {
    Outcome.FIXED: Look("人工：已改", icon="user-check", tone=Tone.GOOD),
    Outcome.STILL: Look("人工：未改", icon="user-check", tone=Tone.BAD),
    Outcome.UNKNOWN: Look("人工：看不出", icon="help-circle", tone=Tone.UNKNOWN),
}


class Source(models.TextChoices):
    """Who found it: one life for all (product.md 一（二）)."""

    PROBE = "probe", "探测"
    SELF = "self", "自查"
    SPOT = "spot", "抽查"
    CIRCULAR = "circular", "上级通报"
    REVIEW = "review", "年审"
    MANUAL = "manual", "人工登记"


class OrderItemQuerySet(models.QuerySet["OrderItem"]):
    """Sets of items."""

    def standing(self) -> Self:
        """Of orders that were issued and not withdrawn; without what was dropped."""
        issued = [*IN_FORCE, OrderStatus.CLOSED]
        return self.filter(order__status__in=issued).exclude(status=ItemStatus.DROPPED)

    def open(self) -> Self:
        """Standing, and not yet found mended by a person."""
        return self.standing().exclude(status=ItemStatus.FIXED)

    def of_source(self, kind: str, ids: Iterable[int]) -> Self:
        """Items that came from these findings (or other sources) of the upper rooms."""
        return self.filter(source_kind=kind, source_id__in=list(ids))

    def due_for_recheck(self) -> Self:
        """Answered, in an order that waits for its re-check, and no machine has looked since."""
        waiting = self.filter(status=ItemStatus.ANSWERED, order__status=OrderStatus.REPLIED)
        unseen = Q(machine_at__isnull=True) | Q(machine_at__lt=F("answered_at"))
        return waiting.filter(unseen).order_by("answered_at", "pk")

    def annex_problems(
        self, outlets: Iterable[int], *, since: datetime | Combinable | None = None
    ) -> dict[int, list[tuple[str, bool]]]:
        """Annex 1 columns 6–7 by outlet id: (word of the problem, rectified), one for each class.

        A class is rectified when every item of it is closed. What was closed before `since` (the
        unit's last report; a moment or an expression for it) is history and left out. One query.
        """
        found: dict[int, dict[str, bool]] = {}
        items = self.standing().filter(outlet__in=list(outlets))
        if since is not None:
            items = items.filter(~Q(status=ItemStatus.FIXED) | Q(fixed_at__gte=since))
        for item in items.order_by("order__issued_at", "pk"):
            words = found.setdefault(item.outlet_id or 0, {})
            is_fixed = item.status == ItemStatus.FIXED
            words[item.annex_word] = words.get(item.annex_word, True) and is_fixed
        return {outlet: list(words.items()) for outlet, words in found.items()}


class OrderItem(models.Model):
    """One problem of one outlet (or of the unit). `source_*` name the finding above in plain
    fields; `verified_by` are ids and names of those who confirmed it (核实人)."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    problem = models.CharField("问题", max_length=20, choices=CHOICES)
    severity = models.CharField(max_length=5, choices=Severity)
    text = models.TextField("问题说明")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+", null=True, blank=True)
    outlet_name = models.CharField(max_length=200, blank=True)
    platform_name = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=500, blank=True)
    outlet_number = models.CharField(max_length=16, blank=True)
    updated_on = models.DateField("检查时更新日期", null=True, blank=True)
    source_kind = models.CharField(max_length=10, choices=Source, default=Source.MANUAL)
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    evidence_count = models.PositiveSmallIntegerField(default=0)
    verified_by = models.JSONField(default=list)
    verified_names = models.CharField("核实人", max_length=200, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=ItemStatus, default=ItemStatus.OPEN)
    answer = models.CharField("单位答复", max_length=500, blank=True)
    answer_link = models.CharField("证明链接", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    machine_outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    machine_at = models.DateTimeField(null=True, blank=True)
    machine_url = models.CharField(max_length=500, blank=True)
    person_outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    person_at = models.DateTimeField(null=True, blank=True)

    objects = OrderItemQuerySet.as_manager()
    rechecks: "RelatedManager[Recheck]"

    class Meta:
        verbose_name = "整改事项"
        ordering = ["place"]
        indexes = [
            models.Index(fields=["status", "answered_at"]),
            models.Index(fields=["outlet", "status"]),
            models.Index(fields=["source_kind", "source_id"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "place"], name="item_in_its_place"),
            models.CheckConstraint(
                condition=Q(status__in=ItemStatus.values), name="order_item_status_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="order_item_says_what"),
            models.CheckConstraint(
                condition=(Q(status="fixed") & Q(fixed_at__isnull=False))
                | (~Q(status="fixed") & Q(fixed_at__isnull=True)),
                name="order_item_fixed_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id"],
                condition=Q(source_id__isnull=False, status__in=["open", "answered"]),
                name="one_open_item_of_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outlet_name or '本单位'}：{self.entry.label}"

    @property
    def entry(self) -> Problem:
        """Its row in the catalogue."""
        return PROBLEMS.get(self.problem, PROBLEMS["other"])

    @property
    def annex_word(self) -> str:
        """What annex 1 column 6 says."""
        return self.entry.annex_word

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return ITEM_LOOKS[ItemStatus(self.status)]

    @property
    def machine(self) -> Look | None:
        """The machine's claim since the last reply; None when it has not looked."""
        return MACHINE_LOOKS[Outcome(self.machine_outcome)] if self.machine_outcome else None

    @property
    def person(self) -> Look | None:
        """A person's conclusion since the last reply."""
        return PERSON_LOOKS[Outcome(self.person_outcome)] if self.person_outcome else None


class Recheck(models.Model):
    """One look at an item after a reply: a machine's (`by` None) or a person's. Only ever added."""

    item = models.ForeignKey(OrderItem, models.CASCADE, related_name="rechecks")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    by_name = models.CharField(max_length=60)
    outcome = models.CharField(max_length=7, choices=Outcome)
    text = models.CharField("看到的", max_length=500, blank=True)
    evidence_url = models.CharField("证据", max_length=500, blank=True)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="recheck_outcome_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.outcome}"
