"""A docket (案卷): one account or site that passes for ours, from the report to the last re-check."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.impersonations.models.words import (
    FAKE,
    OPEN,
    SET_ASIDE,
    STATUS_LOOKS,
    Demand,
    Guise,
    ImpersonationStatus,
    Outcome,
    Source,
)
from meice.inspections.models import Lead
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import within
from meice.web.tones import Look

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.impersonations.models.dealing import (
        Capture,
        ImpersonationEvent,
        Paper,
        Recheck,
        Referral,
    )
    from meice.impersonations.models.reports import Report


class ImpersonationQuerySet(models.QuerySet["Impersonation"]):
    """Sets of dockets."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post, and what its units have reported as well; security
        people see what was confirmed, for they hand it to the police."""
        reach = user.reach(Right.SEE_BUSINESS)
        told = self.model.objects.filter(within(reach, "reports__unit_path")).values("pk")
        own = within(reach) | (Q(pk__in=told) if reach else Q(pk__in=[]))
        safe = within(user.reach(Right.SEE_SECURITY)) & Q(status__in=FAKE)
        return self.filter(own | safe)

    def open(self) -> Self:
        """The department has to act, or waits for an answer."""
        return self.filter(status__in=OPEN)

    def mine(self, user: User, today: date) -> Self:
        """What the department has to do now: judge, apply, follow up a late answer, look again."""
        turn = Q(status__in=["reported", "judging", "confirmed", "returned"])
        late = Q(status="applied", due_on__lt=today)
        again = Q(status="watched", check_on__lte=today)
        return self.filter((turn | late | again) & within(user.reach(Right.DECIDE_BUSINESS)))

    def late(self, today: date) -> Self:
        """The day by which something should have been done is over."""
        due = Q(status__in=OPEN, due_on__lt=today) | Q(status="watched", check_on__lt=today)
        return self.filter(due)

    def public(self) -> Self:
        """Confirmed ones that the department has put on the public list."""
        return self.filter(is_public=True, status__in=FAKE)

    def matching(self, term: str) -> Self:
        """By number, name, identifier, address or the name that is imitated."""
        bare = "".join(term.split())
        if not bare:
            return self
        return self.filter(
            Q(number__icontains=bare)
            | Q(name__icontains=bare)
            | Q(account_id__icontains=bare)
            | Q(url__icontains=bare)
            | Q(imitated__icontains=bare)
            | Q(unit_name__icontains=bare)
        )


class Impersonation(models.Model):
    """`unit` is whose name is used (the university where it is not known). `identity` is what the
    platform calls the account, so that one account has one docket however often it is reported.

    `number` is given when a person confirms. `likeness` is what the machine sees in the name: a
    hint. `due_on` is the department's next day, `check_on` the day of the next re-check.
    """

    number = models.CharField("编号", max_length=40, unique=True, null=True, blank=True)
    status = models.CharField(
        max_length=9, choices=ImpersonationStatus, default=ImpersonationStatus.REPORTED
    )
    source = models.CharField("来源", max_length=6, choices=Source)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="申请单位")
    unit_path = models.CharField(max_length=255, db_index=True)
    unit_name = models.CharField(max_length=100)
    # the account that is complained of
    platform = models.CharField("平台", max_length=32)
    name = models.CharField("昵称", max_length=100)
    account_id = models.CharField("账号ID", max_length=100, blank=True)
    permanent_id = models.CharField("UID", max_length=100, blank=True)
    url = models.CharField("主页链接", max_length=1000, blank=True)
    identity = models.CharField(max_length=300, blank=True, editable=False)
    verified_as = models.CharField("认证主体", max_length=100, blank=True)
    place = models.CharField("IP属地", max_length=40, blank=True)
    followers = models.CharField("粉丝数", max_length=20, blank=True)
    bio = models.TextField("简介", max_length=500, blank=True)
    owner = models.CharField("备案主体或域名注册人", max_length=200, blank=True)
    address = models.CharField("服务器IP", max_length=45, blank=True)
    # what it passes for, and what it does
    guise = models.CharField("仿冒类型", max_length=10, choices=Guise)
    imitated = models.CharField("被仿冒的名称", max_length=100)
    imitated_outlet = models.ForeignKey(
        Outlet, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="被仿冒的账号"
    )
    facts = models.TextField("事实陈述", max_length=3000)
    harm = models.TextField("危害", max_length=1000, blank=True)
    found_on = models.DateField("首次发现")
    found_how = models.CharField("发现方式", max_length=200, blank=True)
    basis = models.TextField("法律依据", max_length=2000, blank=True)
    demands = models.JSONField("诉求", default=list)
    opinion = models.TextField("单位意见", max_length=1000, blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    likeness = models.CharField(max_length=300, blank=True)
    lead = models.ForeignKey(Lead, models.SET_NULL, related_name="+", null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    # what was decided
    reported_at = models.DateTimeField()
    judged_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judgement = models.TextField("宣传部研判", max_length=1000, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    check_on = models.DateField(null=True, blank=True)
    checks_left = models.PositiveSmallIntegerField(default=0)
    told_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField("公布", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ImpersonationQuerySet.as_manager()
    reports: "RelatedManager[Report]"
    referrals: "RelatedManager[Referral]"
    captures: "RelatedManager[Capture]"
    papers: "RelatedManager[Paper]"
    rechecks: "RelatedManager[Recheck]"
    events: "RelatedManager[ImpersonationEvent]"

    class Meta:
        verbose_name = "假冒账号"
        indexes = [
            models.Index(fields=["status", "due_on"], name="impersonation_list"),
            models.Index(fields=["-reported_at", "-id"], name="impersonation_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ImpersonationStatus.values),
                name="impersonation_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[*FAKE, *SET_ASIDE])
                | (Q(judged_by__isnull=False, judged_at__isnull=False) & ~Q(judgement="")),
                name="impersonation_judged_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=FAKE) | Q(number__isnull=False),
                name="impersonation_numbered_when_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["closed", "watched"])
                | (Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(outcome="")),
                name="impersonation_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status="watched") | Q(check_on__isnull=False),
                name="impersonation_watched_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(status__in=FAKE),
                name="impersonation_public_only_when_confirmed",
            ),
            models.UniqueConstraint(
                fields=["platform", "identity"],
                condition=~Q(identity="") & ~Q(status__in=SET_ASIDE),
                name="impersonation_once_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.platform_name}）"

    def get_absolute_url(self) -> str:
        """The docket's page."""
        return reverse("impersonation", args=[self.pk])

    @property
    def case(self) -> str:
        """What the evidence store calls it."""
        return f"impersonation:{self.pk}"

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return STATUS_LOOKS[ImpersonationStatus(self.status)]

    @property
    def platform_name(self) -> str:
        """What the annexes call the platform."""
        row = PLATFORM_BY_KEY.get(self.platform)
        return row.name if row else "其他平台"

    @property
    def demand_words(self) -> str:
        """`关停或封禁账号、追究责任`."""
        return "、".join(str(Demand(one).label) for one in self.demands if one in Demand.values)

    @property
    def is_fake(self) -> bool:
        """Has a person judged it a fake?"""
        return self.status in FAKE

    def is_late(self, today: date) -> bool:
        """The day by which something should have been done is over."""
        if self.status == ImpersonationStatus.WATCHED:
            return self.check_on is not None and self.check_on < today
        return self.status in OPEN and self.due_on is not None and self.due_on < today
