"""A finding (发现): a claim of the machine, a self-check, a spot check or a circular; one life."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Substr
from django.utils import timezone

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.inspections.models.run import SiteCheck
from meice.inspections.models.words import (
    CODE_TITLES,
    FINDING_LOOKS,
    OPEN,
    SEVERITY_LOOKS,
    FindingStatus,
    Judgement,
    Origin,
    Severity,
)
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import within
from meice.web.tones import Look

LONG_TEXTS = (
    "evidence_text", "message", "unseen_text", "rule", "note", "url", "key", "evidence_hash",
    "dismissed_hash",
)  # fmt: skip

ADDRESS_LENGTH = 120
QUEUE_ORDER = ["weight", "waiting_since", "id"]
COUNTED = ["claimed_by", "first_by", "status", "severity", "unit_path", "is_security"]
"""What the queue filters and counts by: its index answers without the rows."""
SEARCHED = [
    "status", "unit_path", "is_security", "name", "title", "order_number", "address",
]  # fmt: skip
"""What a search looks at. At most some 1,800 bytes: PostgreSQL refuses an entry over 2,704."""


class FindingQuerySet(models.QuerySet["Finding"]):
    """Sets of findings. The path of the owning unit stands on the row and is indexed."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post; security people see the security findings of sites."""
        guarded = Q(is_security=True) & within(user.reach(Right.SEE_SECURITY))
        return self.filter(within(user.reach(Right.SEE_BUSINESS)) | guarded)

    def open(self) -> Self:
        """Waits for a person's verdict."""
        return self.filter(waits=True)

    def judged_by(self, user: User) -> Self:
        """Those this person may verify, in her chosen post."""
        guarded = Q(is_security=True) & within(user.reach(Right.VERIFY_SECURITY))
        return self.filter(within(user.reach(Right.DECIDE_BUSINESS)) | guarded)

    def mine(self, user: User) -> Self:
        """Open, and in her hands."""
        return self.open().filter(claimed_by=user.pk)

    def to_claim(self, user: User) -> Self:
        """Open and in nobody's hands; of two persons, she was not the first."""
        free = self.open().judged_by(user).filter(claimed_by=None)
        return free.exclude(status=FindingStatus.HALF, first_by=user.pk)

    def numbers(self, *, searched: bool) -> dict[FindingStatus, int]:
        """How many there are of each status. After a search they are counted side by side: groups
        would lead the planner to the index by status, and from there to every row."""
        if not searched:
            groups = dict(self.order_by().values_list("status").annotate(n=Count("pk")))
            return {status: groups.get(status, 0) for status in FindingStatus}
        counts = {status.value: Count("pk", filter=Q(status=status)) for status in FindingStatus}
        found = self.order_by().aggregate(**counts)
        return {status: int(found[status.value]) for status in FindingStatus}

    def in_queue_order(self) -> Self:
        """The heaviest first, then the one that waits longest."""
        return self.order_by(*QUEUE_ORDER)

    def narrow(self) -> Self:
        """Without the long texts that no list shows: sorting many rows carries them along."""
        return self.defer(*LONG_TEXTS)

    def matching(self, term: str) -> Self:
        """By title, site or account, address or order number."""
        bare = " ".join(term.split())
        if not bare:
            return self
        wanted = Q(name__icontains=bare) | Q(title__icontains=bare) | Q(order_number__iexact=bare)
        if bare.isascii():
            wanted |= Q(address__icontains=bare)
        return self.filter(wanted)


class Finding(models.Model):
    """`key` names it across runs: (outlet or host, code, normalised address), hashed.

    `evidence_hash` is the hash of its evidence as last seen, `dismissed_hash` as it was when dismissed: a
    dismissed finding comes back when they differ, or when its exception (`exempt_until`) is over.
    The database keeps `waits` (of `status`: a person's turn) and `address` (the head of `url`), so
    that queue and search read an index alone.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField("账号（网站）", max_length=200)
    platform = models.CharField(max_length=32, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    code = models.CharField("类别", max_length=40)
    problem = models.CharField("问题类别", max_length=40, blank=True)
    severity = models.CharField("轻重", max_length=5, choices=Severity)
    weight = models.PositiveSmallIntegerField(editable=False)
    origin = models.CharField("来源", max_length=10, choices=Origin)
    is_security = models.BooleanField("安全类", default=False)
    title = models.CharField("发现", max_length=120)
    message = models.CharField("说明", max_length=1000, blank=True)
    evidence_text = models.TextField("看到的", blank=True)
    unseen_text = models.CharField("没看到的", max_length=500, blank=True)
    rule = models.CharField("判据", max_length=300, blank=True)
    url = models.CharField("网址", max_length=1000, blank=True)
    status = models.CharField(max_length=10, choices=FindingStatus, default=FindingStatus.FOUND)
    first_seen_at = models.DateTimeField("首次看到")
    last_seen_at = models.DateTimeField("最近看到")
    seen_count = models.PositiveIntegerField("看到次数", default=1)
    returns = models.PositiveSmallIntegerField("再次出现", default=0)
    unseen_since = models.DateTimeField("没再看到", null=True, blank=True)
    unseen_runs = models.PositiveSmallIntegerField(default=0)
    waiting_since = models.DateTimeField("进入队列")
    evidence_hash = models.CharField(max_length=64, blank=True, editable=False)
    dismissed_hash = models.CharField(max_length=64, blank=True, editable=False)
    exempt_until = models.DateField("例外到期", null=True, blank=True)
    claimed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )  # `finding_hands`; an index of the free ones leads the planner astray
    claimed_at = models.DateTimeField(null=True, blank=True)
    first_judgement = models.CharField(max_length=8, choices=Judgement, blank=True)
    first_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("核实说明", max_length=1000, blank=True)
    order_item = models.BigIntegerField(null=True, blank=True, db_index=True)
    order_number = models.CharField("整改单", max_length=40, blank=True)
    order_url = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    site_check = models.ForeignKey(
        SiteCheck, models.SET_NULL, related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)
    waits = models.GeneratedField(
        expression=Q(status__in=OPEN),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    address = models.GeneratedField(
        expression=Substr("url", 1, ADDRESS_LENGTH),
        output_field=models.CharField(max_length=ADDRESS_LENGTH),
        db_persist=True,
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "发现"
        indexes = [
            models.Index(
                fields=[*QUEUE_ORDER, *COUNTED],
                name="finding_waiting",
                condition=Q(waits=True),
            ),
            models.Index(fields=[*QUEUE_ORDER, "unit_path", "is_security"], name="finding_weight"),
            models.Index(fields=["status", "unit_path"], name="finding_units"),
            models.Index(fields=["outlet", "status"], name="finding_outlet"),
            models.Index(fields=["-last_seen_at", "-id", *SEARCHED], name="finding_search"),
            models.Index(
                fields=["claimed_by", "status"],
                name="finding_hands",
                condition=Q(claimed_by__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=FindingStatus.values), name="finding_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="finding_severity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="finding_origin_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "ordered", "closed", "dismissed"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="finding_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["confirmed", "ordered", "closed", "dismissed"])
                | ~Q(severity="veto")
                | (Q(first_by__isnull=False) & ~Q(first_by=F("decided_by"))),
                name="severe_finding_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="finding_claimed_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="half") | Q(first_by__isnull=False),
                name="finding_half_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="ordered") | ~Q(order_number=""),
                name="finding_ordered_by_an_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.name}"

    @property
    def state(self) -> Look:
        """The status with its icon and tone; a dismissed one with an exception names its end."""
        if self.status == FindingStatus.DISMISSED and self.exempt_until:
            until = f"{self.exempt_until:%Y-%m-%d}"
            return Look(f"已忽略，至 {until}", *_IGNORED)
        return FINDING_LOOKS[FindingStatus(self.status)]

    @property
    def gravity(self) -> Look:
        """The severity in words; amber at most, for it is a claim until a person confirms."""
        return SEVERITY_LOOKS[Severity(self.severity)]

    @property
    def is_severe(self) -> bool:
        """Two different persons decide it."""
        return self.severity == Severity.VETO

    @property
    def is_open(self) -> bool:
        """Waits for a person's verdict."""
        return self.status in OPEN

    @property
    def is_claim(self) -> bool:
        """Said by a machine (and not by a person of a unit or of the department)."""
        return Origin(self.origin).is_machine

    @property
    def platform_name(self) -> str:
        """What the annexes call the platform."""
        row = PLATFORM_BY_KEY.get(self.platform)
        return row.name if row else "未登记"

    @property
    def kind(self) -> str:
        """The class in words: of the machine's codes, else the title."""
        return CODE_TITLES.get(self.code, self.title)

    @property
    def appearance(self) -> str:
        """第 2 次出现; blank the first time."""
        return f"第 {self.returns + 1} 次出现" if self.returns else ""

    def exception_is_over(self, now: datetime) -> bool:
        """It had an exception, and its last day is past (local days)."""
        return self.exempt_until is not None and timezone.localdate(now) > self.exempt_until


_IGNORED = (
    FINDING_LOOKS[FindingStatus.DISMISSED].icon,
    FINDING_LOOKS[FindingStatus.DISMISSED].tone,
)
