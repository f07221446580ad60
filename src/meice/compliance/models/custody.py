"""Custody of platform logins: who holds which. The login's secret is kept nowhere."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.orgs.models import User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import SECURITY_PLATFORMS, within
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.compliance.models.history import ComplianceEvent


class CustodyStatus(models.TextChoices):
    """Does the person hold it?"""

    HELD = "held", "在管"
    RETURNED = "returned", "已收回"


CUSTODY_LOOKS = {
    CustodyStatus.HELD: Look("在管", icon="key", tone=Tone.GOOD),
    CustodyStatus.RETURNED: Look("已收回", icon="corner-up-left", tone=Tone.IDLE),
}


class Factor(models.TextChoices):
    """Is a second factor (扫码、短信、令牌) switched on?"""

    YES = "yes", "已开"
    NO = "no", "没开"
    UNKNOWN = "unknown", "未知"


FACTOR_LOOKS = {
    Factor.YES: Look("已开", icon="shield-check", tone=Tone.GOOD),
    Factor.NO: Look("没开", icon="alert-triangle", tone=Tone.WARN),
    Factor.UNKNOWN: Look("未知", icon="help-circle", tone=Tone.UNKNOWN),
}


class CustodyQuerySet(models.QuerySet["Custody"]):
    """Sets of custodies."""

    def visible_to(self, user: User) -> Self:
        """Those of the outlets she may see."""
        sites = Q(outlet__platform__in=SECURITY_PLATFORMS) & within(
            user.reach(Right.SEE_SECURITY), "outlet__unit_path"
        )
        return self.filter(within(user.reach(Right.SEE_BUSINESS), "outlet__unit_path") | sites)

    def held(self) -> Self:
        """In somebody's hands, of outlets that stand."""
        return self.filter(status=CustodyStatus.HELD).exclude(outlet__status="cancelled")

    def to_rotate(self, today: date) -> Self:
        """Held, and the secret is due to be changed; never changed as far as known counts too."""
        return self.held().filter(Q(rotate_by__lte=today) | Q(rotate_by__isnull=True))

    def matching(self, term: str) -> Self:
        """By outlet, holder or login in words."""
        bare = "".join(term.split())
        if not bare:
            return self
        return self.filter(
            Q(outlet__name__icontains=bare)
            | Q(holder_name__icontains=bare)
            | Q(what__icontains=bare)
        )


class Custody(models.Model):
    """`what`: which login, in words (公众号管理员, 站群后台). `rotated_on` null: nobody knows when
    it was last changed."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="+")
    what = models.CharField("登录", max_length=80)
    holder = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="保管人"
    )
    holder_name = models.CharField("保管人姓名", max_length=60)
    is_student = models.BooleanField("学生保管", default=False)
    teacher = models.CharField("指导教师", max_length=60, blank=True)
    factor = models.CharField("二次验证", max_length=7, choices=Factor, default=Factor.UNKNOWN)
    rotated_on = models.DateField("最近轮换", null=True, blank=True)
    rotate_by = models.DateField("应在此前轮换", null=True, blank=True, db_index=True)
    recovery_name = models.CharField("找回联系人", max_length=60, blank=True)
    recovery_phone = models.CharField("找回手机", max_length=11, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    status = models.CharField(max_length=8, choices=CustodyStatus, default=CustodyStatus.HELD)
    added_at = models.DateTimeField("登记时间")
    version = models.PositiveIntegerField(default=1)

    objects = CustodyQuerySet.as_manager()
    events: "RelatedManager[ComplianceEvent]"

    class Meta:
        verbose_name = "账号保管"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="custody_says_of_what"),
            models.CheckConstraint(condition=~Q(holder_name=""), name="custody_names_its_holder"),
            models.CheckConstraint(
                condition=Q(is_student=False) | ~Q(teacher=""), name="student_holds_under_a_teacher"
            ),
            models.CheckConstraint(
                condition=Q(status__in=CustodyStatus.values), name="custody_status_known"
            ),
            models.CheckConstraint(
                condition=Q(factor__in=Factor.values), name="custody_factor_known"
            ),
            models.UniqueConstraint(
                fields=["outlet", "what", "holder_name"],
                condition=Q(status="held"),
                name="login_held_once_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} · {self.holder_name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("custody", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with icon and tone."""
        return CUSTODY_LOOKS[CustodyStatus(self.status)]

    @property
    def factor_look(self) -> Look:
        """The second factor with icon and tone."""
        return FACTOR_LOOKS[Factor(self.factor)]

    def rotation(self, today: date) -> Look:
        """Is the secret fresh? Without a known date it is unknown."""
        if self.rotate_by is None:
            return Look("轮换日期未知", icon="help-circle", tone=Tone.UNKNOWN)
        if self.rotate_by <= today:
            return Look("该轮换了", icon="alert-triangle", tone=Tone.WARN)
        return Look("未到期", icon="circle-check", tone=Tone.GOOD)
