"""Compliance items: what is on file for an outlet, of one kind each."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from meice.engines.outlets import PLATFORMS, PlatformKind
from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import SECURITY_PLATFORMS, within
from meice.web.tones import Look, SourceKind, Tone

SITES = [one.key for one in PLATFORMS if one.kind is PlatformKind.SITE]
APPS = [one.key for one in PLATFORMS if one.kind is PlatformKind.APP]
SEEN_FOR = timedelta(days=15)
"""What the probe saw of a certificate is shown as old after that."""


class ItemKind(models.TextChoices):
    """What an outlet's compliance file holds."""

    GRADE = "grade", "等保定级备案"
    ICP = "icp", "ICP 备案"
    POLICE = "police", "公安联网备案"
    APP_PROVIDER = "app-provider", "教育移动应用提供者备案"
    APP_USER = "app-user", "教育移动应用使用者备案"
    DOMAIN = "domain", "域名"
    CERTIFICATE = "certificate", "网站证书"
    REVIEW = "review", "审核制度文件"
    CONTRACT = "contract", "外包运维合同"

    @property
    def basis(self) -> str:
        """The key of the clause it rests on."""
        return BASES[self]

    @property
    def platforms(self) -> list[str] | None:
        """The platforms it is asked of; None: all of them."""
        return ASKED_OF.get(self)


BASES = {
    ItemKind.GRADE: "mlps/grade",
    ItemKind.ICP: "icp/13",
    ItemKind.POLICE: "police-record/filing",
    ItemKind.APP_PROVIDER: "edu-app/provider",
    ItemKind.APP_USER: "edu-app/user",
    ItemKind.DOMAIN: "off-campus/three",
    ItemKind.CERTIFICATE: "mlps/transport",
    ItemKind.REVIEW: "notice/2.4",
    ItemKind.CONTRACT: "notice/3.2",
}
ASKED_OF = {
    ItemKind.GRADE: [*SITES, *APPS],
    ItemKind.ICP: [*SITES, *APPS],
    ItemKind.POLICE: [*SITES, *APPS],
    ItemKind.APP_PROVIDER: APPS,
    ItemKind.APP_USER: APPS,
    ItemKind.DOMAIN: SITES,
    ItemKind.CERTIFICATE: SITES,
}


class ItemState(models.TextChoices):
    """What is on file. No row at all is unknown too: nobody has said anything."""

    HELD = "held", "有"
    LACKING = "lacking", "缺"
    EXEMPT = "exempt", "不适用"
    UNKNOWN = "unknown", "未知"


class Standing(models.TextChoices):
    """What is shown and filtered: the state, and for what is held how long it lasts."""

    VALID = "valid", "有效"
    ENDING = "ending", "临近到期"
    ENDED = "ended", "已过期"
    LACKING = "lacking", "缺"
    UNKNOWN = "unknown", "未知"
    EXEMPT = "exempt", "不适用"


STANDING_LOOKS = {
    Standing.VALID: Look("有效", icon="circle-check", tone=Tone.GOOD),
    Standing.ENDING: Look("临近到期", icon="clock", tone=Tone.WARN),
    Standing.ENDED: Look("已过期", icon="alert-octagon", tone=Tone.BAD),
    Standing.LACKING: Look("缺", icon="alert-triangle", tone=Tone.WARN),
    Standing.UNKNOWN: Look("未知", icon="help-circle", tone=Tone.UNKNOWN),
    Standing.EXEMPT: Look("不适用", icon="circle-minus", tone=Tone.IDLE),
}
GAPS = (Standing.ENDED, Standing.LACKING, Standing.UNKNOWN)
CLAIMED = (Standing.ENDED, Standing.LACKING)
"""What is offered to the findings: unknown is no claim."""


class Grade(models.TextChoices):
    """Level of 等级保护."""

    ONE = "1", "一级"
    TWO = "2", "二级"
    THREE = "3", "三级"
    FOUR = "4", "四级"


class ItemQuerySet(models.QuerySet["ComplianceItem"]):
    """Sets of items."""

    def visible_to(self, user: User) -> Self:
        """Those of the outlets she may see."""
        sites = Q(outlet__platform__in=SECURITY_PLATFORMS) & within(
            user.reach(Right.SEE_SECURITY), "outlet__unit_path"
        )
        return self.filter(within(user.reach(Right.SEE_BUSINESS), "outlet__unit_path") | sites)

    def expiring(self, until: date) -> Self:
        """Held, of outlets that stand, and over by `until`."""
        rows = self.filter(state=ItemState.HELD, valid_until__lte=until)
        return rows.exclude(outlet__status="cancelled")


class ComplianceItem(models.Model):
    """One kind of proof of one outlet. `valid_until` null with `is_permanent`: without an end;
    without it: nobody knows until when, and that is shown."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="+")
    kind = models.CharField("种类", max_length=12, choices=ItemKind)
    state = models.CharField("状态", max_length=8, choices=ItemState, default=ItemState.UNKNOWN)
    number = models.CharField("编号", max_length=120, blank=True)
    grade = models.CharField("等保级别", max_length=1, choices=Grade, blank=True)
    issuer = models.CharField("机关或单位", max_length=120, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True, db_index=True)
    is_permanent = models.BooleanField("长期有效", default=False)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="证明"
    )
    note = models.CharField("说明", max_length=300, blank=True)
    source = models.CharField(
        "来源", max_length=10, choices=[(one.value, one.label) for one in SourceKind],
        default=SourceKind.ATTEST.value,
    )  # fmt: skip
    seen_at = models.DateTimeField("取得时间")
    told_by = models.CharField("填报人", max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "合规事项"
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "state", "valid_until"])]
        constraints = [
            models.UniqueConstraint(fields=["outlet", "kind"], name="item_once_an_outlet"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.HELD)
                | Q(valid_until__isnull=True, is_permanent=False, file__isnull=True),
                name="only_what_is_held_lasts",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(is_permanent=False),
                name="permanent_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(grade="") | Q(kind=ItemKind.GRADE), name="grade_of_mlps_alone"
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.EXEMPT) | ~Q(note=""), name="exempt_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def standing(self, today: date, days: int) -> Standing:
        """What it is worth today; `days` ahead an end is near."""
        if self.state != ItemState.HELD:
            return Standing(self.state)
        if self.valid_until is None:
            return Standing.VALID
        if self.valid_until < today:
            return Standing.ENDED
        near = self.valid_until <= today + timedelta(days=days)
        return Standing.ENDING if near else Standing.VALID

    @property
    def is_seen_by_machine(self) -> bool:
        """The probe has read it."""
        return self.source == SourceKind.PROBE.value

    def is_old(self, now: datetime) -> bool:
        """What the machine saw so long ago that it may have changed."""
        return self.is_seen_by_machine and now - self.seen_at > SEEN_FOR


ORDER_BY_END = F("valid_until").asc(nulls_last=True)
