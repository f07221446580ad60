"""专机专用: devices for review and publishing, and the checks of them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models.outlet import within
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.compliance.models.history import ComplianceEvent


class DeviceKind(models.TextChoices):
    """What stands on the desk."""

    DESKTOP = "desktop", "台式机"
    LAPTOP = "laptop", "笔记本"
    PHONE = "phone", "手机"
    TABLET = "tablet", "平板"
    OTHER = "other", "其他"


class DeviceStatus(models.TextChoices):
    """The life of a device in this use."""

    IN_USE = "in_use", "在用"
    RETIRED = "retired", "已停用"


DEVICE_LOOKS = {
    DeviceStatus.IN_USE: Look("在用", icon="circle-check", tone=Tone.GOOD),
    DeviceStatus.RETIRED: Look("已停用", icon="circle-x", tone=Tone.IDLE),
}


class CheckResult(models.TextChoices):
    """What a check has found; an item nobody could tell keeps it from being passed."""

    PASSED = "passed", "合格"
    FAULTY = "faulty", "有问题"
    UNKNOWN = "unknown", "有未查明项"


RESULT_LOOKS = {
    CheckResult.PASSED: Look("合格", icon="circle-check", tone=Tone.GOOD),
    CheckResult.FAULTY: Look("有问题", icon="alert-octagon", tone=Tone.BAD),
    CheckResult.UNKNOWN: Look("有未查明项", icon="help-circle", tone=Tone.UNKNOWN),
}
NEVER = Look("没有检查过", icon="help-circle", tone=Tone.UNKNOWN)

CHECKLIST = {
    "dedicated": "只用于审核、发布，专人使用",
    "software": "没有安装与工作无关的软件",
    "network": "没有接入不明网络",
    "lock": "设有开机口令和自动锁屏",
    "patched": "系统和防病毒软件已更新",
    "clean": "不存涉密和无关个人信息",
}
"""Notice 三（五）: the first three are its words, the others common practice; a unit answers each."""


class DeviceQuerySet(models.QuerySet["Device"]):
    """Sets of devices."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post; security people see the devices of theirs."""
        reach = (*user.reach(Right.SEE_BUSINESS), *user.reach(Right.SEE_SECURITY))
        return self.filter(within(reach))

    def in_use(self) -> Self:
        """Those that are used."""
        return self.filter(status=DeviceStatus.IN_USE)

    def to_check(self, today: date) -> Self:
        """In use, and their check is due."""
        return self.in_use().filter(check_due_on__lte=today)

    def matching(self, term: str) -> Self:
        """By name, asset number, custodian or purpose."""
        bare = "".join(term.split())
        if not bare:
            return self
        return self.filter(
            Q(name__icontains=bare)
            | Q(asset_number__icontains=bare)
            | Q(custodian_name__icontains=bare)
            | Q(purpose__icontains=bare)
        )


class Device(models.Model):
    """`custodian` by account where she has one, by name always while the device is in use."""

    asset_number = models.CharField("资产编号", max_length=60)
    name = models.CharField("设备", max_length=120)
    kind = models.CharField("类型", max_length=8, choices=DeviceKind, default=DeviceKind.DESKTOP)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="使用单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    custodian = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="保管人"
    )
    custodian_name = models.CharField("保管人姓名", max_length=60)
    purpose = models.CharField("用途", max_length=200)
    place = models.CharField("放置地点", max_length=100, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    status = models.CharField(max_length=8, choices=DeviceStatus, default=DeviceStatus.IN_USE)
    checked_on = models.DateField("最近检查", null=True, blank=True)
    check_result = models.CharField(max_length=8, choices=CheckResult, blank=True)
    check_due_on = models.DateField("下次检查", null=True, blank=True, db_index=True)
    added_at = models.DateTimeField("登记时间")
    version = models.PositiveIntegerField(default=1)

    objects = DeviceQuerySet.as_manager()
    checks: "RelatedManager[DeviceCheck]"
    events: "RelatedManager[ComplianceEvent]"

    class Meta:
        verbose_name = "专用设备"
        indexes = [models.Index(fields=["status", "unit_path"])]
        constraints = [
            models.UniqueConstraint(fields=["unit", "asset_number"], name="asset_once_a_unit"),
            models.CheckConstraint(condition=~Q(asset_number=""), name="device_has_a_number"),
            models.CheckConstraint(condition=~Q(name=""), name="device_has_a_name"),
            models.CheckConstraint(condition=~Q(custodian_name=""), name="device_has_a_custodian"),
            models.CheckConstraint(
                condition=Q(status__in=DeviceStatus.values), name="device_status_known"
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, check_result="")
                | (Q(checked_on__isnull=False) & ~Q(check_result="")),
                name="device_checked_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.asset_number}）"

    def get_absolute_url(self) -> str:
        """The device's page."""
        return reverse("device", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with icon and tone."""
        return DEVICE_LOOKS[DeviceStatus(self.status)]

    @property
    def checked(self) -> Look:
        """The last result; never checked is unknown, not fine."""
        return RESULT_LOOKS[CheckResult(self.check_result)] if self.check_result else NEVER

    def is_check_due(self, today: date) -> bool:
        """In use, and nobody has looked in time."""
        due = self.check_due_on
        return self.status == DeviceStatus.IN_USE and due is not None and due <= today


class DeviceCheck(models.Model):
    """One look at a device: `answers` by key of the checklist, null = could not be told."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="checks")
    on = models.DateField("检查日期")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField("检查人", max_length=60)
    answers: models.JSONField[dict[str, bool | None]] = models.JSONField(default=dict)
    result = models.CharField("结果", max_length=8, choices=CheckResult)
    note = models.CharField("说明", max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "设备检查"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=CheckResult.values), name="check_result_known"
            ),
            models.CheckConstraint(
                condition=~Q(result="faulty") | ~Q(note=""), name="fault_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.on}"

    @property
    def look(self) -> Look:
        """The result with icon and tone."""
        return RESULT_LOOKS[CheckResult(self.result)]

    @property
    def lines(self) -> list[tuple[str, bool | None]]:
        """Each question in words with its answer."""
        return [(words, self.answers.get(key)) for key, words in CHECKLIST.items()]


def result_of(answers: dict[str, bool | None]) -> CheckResult:
    """One no is a fault; without one, whatever is not known keeps it from being passed."""
    given = [answers.get(key) for key in CHECKLIST]
    if False in given:
        return CheckResult.FAULTY
    return CheckResult.UNKNOWN if None in given else CheckResult.PASSED
