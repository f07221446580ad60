"""An outlet (账号、网站、APP) as the register knows it, and the names it had before."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from meice.engines.outlets import PLATFORM_BY_KEY, PLATFORMS, Platform, PlatformKind
from meice.files.models import StoredFile
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.registry.models.contact import Contact

UNKNOWN_PLATFORM = "其他"
SECURITY_KINDS = (PlatformKind.SITE, PlatformKind.APP)
SECURITY_PLATFORMS = [p.key for p in PLATFORMS if p.kind in SECURITY_KINDS]


class OutletStatus(models.TextChoices):
    """The life of an outlet: 开设 → 在用 → 停用 → 注销."""

    PREPARING = "preparing", "筹备"
    IN_USE = "in_use", "在用"
    PAUSED = "paused", "停用"
    CANCELLED = "cancelled", "注销"


OUTLET_LOOKS = {
    OutletStatus.PREPARING: Look("筹备", icon="circle-dashed", tone=Tone.IDLE),
    OutletStatus.IN_USE: Look("在用", icon="circle-check", tone=Tone.GOOD),
    OutletStatus.PAUSED: Look("停用", icon="player-pause", tone=Tone.WARN),
    OutletStatus.CANCELLED: Look("注销", icon="circle-x", tone=Tone.IDLE),
}
ACTIVE = (OutletStatus.PREPARING, OutletStatus.IN_USE)
"""Who holds the one place of a unit on a platform: a paused account has given it up."""


class Holder(models.TextChoices):
    """Who holds the account: annex 2 counts 职务账号 in a row of its own."""

    UNIT = "unit", "单位账号"
    PERSON = "person", "职务账号"


class Precision(models.TextChoices):
    """How much of 开通时间 is known."""

    DAY = "day", "到日"
    MONTH = "month", "到月"
    YEAR = "year", "到年"


class Gap(models.TextChoices):
    """What an outlet lacks (notice 三（二）（三）; the columns of the forms)."""

    NO_LEAD = "no-lead", "没有在编负责人"
    NO_PUBLISHER = "no-publisher", "没有指定信息发布人"
    NO_LEADER = "no-leader", "没有主管领导"
    NO_REVIEWER = "no-reviewer", "没有审核人"
    PERSON_LEFT = "person-left", "责任人已停用账号"
    NO_IDENTITY = "no-identity", "没有账号ID或网址"
    NO_ICP = "no-icp", "网站没有 ICP 备案号"
    NO_VERIFIED = "no-verified", "没有认证主体"
    NO_OPENING = "no-opening", "没有开通时间"

    @property
    def article(self) -> str:
        """The clause it rests on."""
        return "通知 三（三）" if self in (Gap.NO_LEAD, Gap.NO_PUBLISHER) else _GAP_ARTICLES[self]


_GAP_ARTICLES = {
    Gap.NO_LEADER: "通知 三（二）",
    Gap.NO_REVIEWER: "通知 二（四）",
    Gap.PERSON_LEFT: "通知 三（二）",
    Gap.NO_IDENTITY: "附件3",
    Gap.NO_ICP: "附件3",
    Gap.NO_VERIFIED: "附件1",
    Gap.NO_OPENING: "附件3",
}


class Rectified(models.TextChoices):
    """Annex 1 column 7; `-` exactly when there is no problem."""

    NOT_NEEDED = "-", "-"
    YES = "是", "是"
    NO = "否", "否"


def within(paths: tuple[str, ...], field: str = "unit_path") -> Q:
    """Rows whose path begins with one of `paths`; none without a path."""
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{field}__startswith": path})
    return wanted


class OutletQuerySet(models.QuerySet["Outlet"]):
    """Sets of outlets."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post; security people see sites, APPs and mini-programs."""
        sites = Q(platform__in=SECURITY_PLATFORMS) & within(user.reach(Right.SEE_SECURITY))
        return self.filter(within(user.reach(Right.SEE_BUSINESS)) | sites)

    def active(self) -> Self:
        """筹备 and 在用: what holds a place on its platform."""
        return self.filter(status__in=ACTIVE)

    def besides(self, outlet: "Outlet | None") -> Self:
        """Without this one."""
        return self.exclude(pk=outlet.pk) if outlet else self

    def standing(self) -> Self:
        """Everything that is not cancelled."""
        return self.exclude(status=OutletStatus.CANCELLED)

    def below(self, *paths: str) -> Self:
        """Outlets of units whose path begins with one of `paths`."""
        return self.filter(within(paths))

    def with_gaps(self) -> Self:
        """Standing outlets that lack something (contacts, identity, dates)."""
        return self.standing().exclude(gaps="")

    def in_annex_1(self) -> Self:
        """Rows of annex 1: standing, publishing, held by the unit (annexes.md)."""
        return self.standing().filter(publishes=True, holder=Holder.UNIT)

    def matching(self, term: str) -> Self:
        """By name, full pinyin, initials, id, address, number, or the name of a contact."""
        bare = "".join(term.lower().split())
        if not bare:
            return self
        people = self.model.objects.filter(contacts__name__icontains=bare)
        return self.filter(
            Q(name__icontains=bare)
            | Q(pinyin_key__contains=bare)
            | Q(account_id__icontains=bare)
            | Q(permanent_id__icontains=bare)
            | Q(url__icontains=bare)
            | Q(number__iexact=bare)
            | Q(pk__in=people.values("pk"))
        )

    def with_phone(self, digits: str) -> Self:
        """By the telephone of a contact, written whole."""
        people = self.model.objects.filter(contacts__phone=digits)
        return self.filter(pk__in=people.values("pk"))


class Outlet(models.Model):
    """One account, website or APP of a unit. Changed by filings (and imports), never by hand."""

    number = models.CharField("台账编号", max_length=16, unique=True)
    name = models.CharField("账号（网站）名称", max_length=200)
    pinyin_key = models.CharField(max_length=200, editable=False, db_index=True)
    platform = models.CharField("类型", max_length=32, db_index=True)
    status = models.CharField("状态", max_length=10, choices=OutletStatus)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="开设单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    responsible_department = models.CharField("责任部门", max_length=100, blank=True)
    verified_as = models.CharField("认证主体", max_length=200, blank=True)
    account_id = models.CharField("账号ID", max_length=200, blank=True)
    url = models.CharField("网址", max_length=500, blank=True)
    permanent_id = models.CharField("平台永久ID", max_length=120, blank=True)
    icp = models.CharField("网站ICP", max_length=60, blank=True)
    opened_on = models.DateField("开通时间", null=True, blank=True)
    opened_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    followers = models.PositiveBigIntegerField("粉丝量（关注数）", null=True, blank=True)
    frequency = models.CharField("发布频次", max_length=60, blank=True)
    purpose = models.CharField("用途", max_length=300, blank=True)
    interactive = models.BooleanField("是否具有互动功能", null=True, blank=True)
    has_review_system = models.BooleanField("是否建立内容发布审核制度", null=True, blank=True)
    outsourced = models.BooleanField("是否委托其他单位运营", null=True, blank=True)
    outsourced_to = models.CharField("受托单位", max_length=100, blank=True)
    holder = models.CharField("持有性质", max_length=6, choices=Holder, default=Holder.UNIT)
    holder_person = models.CharField("职务账号持有人", max_length=60, blank=True)
    publishes = models.BooleanField("具有信息发布功能", default=True)
    problems = models.CharField("自查问题", max_length=400, blank=True, help_text="顿号分开")
    problems_at = models.DateTimeField("自查时间", null=True, blank=True)
    problems_by = models.CharField("自查人", max_length=60, blank=True)
    rectified = models.CharField(
        "是否整改", max_length=1, choices=Rectified, default=Rectified.NOT_NEEDED
    )
    note = models.CharField("备注", max_length=400, blank=True)
    avatar = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="头像"
    )
    is_exempt = models.BooleanField("不受一平台一账号限制", default=False)
    exception = models.OneToOneField(
        "ExceptionGrant", models.PROTECT, related_name="outlet", null=True, blank=True
    )
    gaps = models.CharField(max_length=200, blank=True, editable=False)
    cancelled_on = models.DateField("注销日期", null=True, blank=True)
    confirmed_at = models.DateTimeField("无变化确认", null=True, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()

    objects = OutletQuerySet.as_manager()
    contacts: "RelatedManager[Contact]"

    class Meta:
        verbose_name = "账号网站"
        indexes = [
            models.Index(fields=["status", "pinyin_key"]),
            models.Index(fields=["unit", "platform"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
            models.CheckConstraint(condition=~Q(platform=""), name="outlet_has_a_platform"),
            models.CheckConstraint(
                condition=Q(status__in=OutletStatus.values), name="outlet_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(holder=Holder.UNIT, holder_person="")
                | (Q(holder=Holder.PERSON) & ~Q(holder_person="")),
                name="outlet_of_a_person_names_her",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True, opened_precision="")
                | Q(opened_on__isnull=False, opened_precision__in=Precision.values),
                name="outlet_opening_has_a_precision",
            ),
            models.CheckConstraint(
                condition=Q(problems="", rectified=Rectified.NOT_NEEDED)
                | (~Q(problems="") & Q(rectified__in=[Rectified.YES, Rectified.NO])),
                name="outlet_rectified_fits_its_problems",
            ),
            models.CheckConstraint(
                condition=Q(outsourced_to="") | Q(outsourced=True),
                name="outlet_outsourced_to_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(status=OutletStatus.CANCELLED) & Q(cancelled_on__isnull=False))
                | (~Q(status=OutletStatus.CANCELLED) & Q(cancelled_on__isnull=True)),
                name="outlet_cancelled_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["unit", "platform"],
                condition=Q(
                    status__in=[status.value for status in ACTIVE],
                    is_exempt=False,
                    exception__isnull=True,
                ),
                name="one_active_outlet_of_a_unit_on_a_platform",
            ),
            models.UniqueConstraint(
                fields=["platform", "permanent_id"],
                condition=~Q(permanent_id="") & ~Q(status=OutletStatus.CANCELLED),
                name="permanent_id_once_on_a_platform",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def platform_row(self) -> Platform | None:
        """The engine's row; None for a platform that the table no longer has."""
        return PLATFORM_BY_KEY.get(self.platform)

    @property
    def platform_name(self) -> str:
        """What the annexes call the platform."""
        row = self.platform_row
        return row.name if row else UNKNOWN_PLATFORM

    @property
    def is_site(self) -> bool:
        """Websites show their ICP where accounts show the platform (annex 3)."""
        row = self.platform_row
        return row is not None and row.kind is PlatformKind.SITE

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return OUTLET_LOOKS[OutletStatus(self.status)]

    @property
    def address(self) -> str:
        """账号ID/网址: the site's address, else the handle, else what is known."""
        first, second = (self.url, self.account_id) if self.is_site else (self.account_id, self.url)
        return first or self.permanent_id or second

    @property
    def gap_list(self) -> list[Gap]:
        """What is missing, in the order of weight."""
        return [Gap(code) for code in self.gaps.split(",") if code]

    @property
    def problem_list(self) -> list[str]:
        """The self-found problems, one each."""
        return [problem for problem in self.problems.split("、") if problem]


class NameHistory(models.Model):
    """What an outlet was called until a moment."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    until = models.DateTimeField()
    filing = models.ForeignKey("Filing", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = [F("until").desc()]

    def __str__(self) -> str:
        return self.name
