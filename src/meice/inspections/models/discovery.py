"""Leads (线索): websites and accounts seen to speak for the school, beside the register."""

from typing import Self

from django.db import models
from django.db.models import Q

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.files.models import StoredFile
from meice.inspections.models.finding import Finding
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import within
from meice.web.tones import Look, Tone


class SeenIn(models.TextChoices):
    """Where it was seen."""

    LINKS = "links", "我方网站的外链"
    QR = "qr", "我方网站的二维码"
    ZONE = "zone", "DNS 区文件"
    CERTIFICATES = "certs", "证书透明度"
    SERVERS = "servers", "服务器清单"
    SEARCH = "search", "搜索结果导入"


class LeadStatus(models.TextChoices):
    """Where a lead stands; a person decides."""

    SEEN = "seen", "待判断"
    OURS = "ours", "应登记"
    KNOWN = "known", "已在台账"
    FOREIGN = "foreign", "不属本校"
    SUSPECT = "suspect", "疑似假冒"


LEAD_LOOKS = {
    LeadStatus.SEEN: Look("待判断", icon="microscope", tone=Tone.CLAIM),
    LeadStatus.OURS: Look("应登记", icon="alert-triangle", tone=Tone.WARN),
    LeadStatus.KNOWN: Look("已在台账", icon="circle-check", tone=Tone.GOOD),
    LeadStatus.FOREIGN: Look("不属本校", icon="circle-dashed", tone=Tone.IDLE),
    LeadStatus.SUSPECT: Look("疑似假冒", icon="alert-triangle", tone=Tone.WARN),
}


class LeadQuerySet(models.QuerySet["Lead"]):
    """Sets of leads: they belong to the whole university until somebody says whose they are."""

    def visible_to(self, user: User) -> Self:
        """The department and auditors of the subtree; security people: hosts."""
        hosts = Q(platform="website") & within(user.reach(Right.SEE_SECURITY))
        return self.filter(within(user.reach(Right.DECIDE_BUSINESS)) | self._audited(user) | hosts)

    @staticmethod
    def _audited(user: User) -> Q:
        return within(user.reach(Right.READ_AUDIT))

    def waiting(self) -> Self:
        """Nobody has judged it yet."""
        return self.filter(status=LeadStatus.SEEN)

    def matching(self, term: str) -> Self:
        """By name, identifier or address."""
        bare = term.strip()
        if not bare:
            return self
        return self.filter(
            Q(name__icontains=bare) | Q(identifier__icontains=bare) | Q(url__icontains=bare)
        )


class Lead(models.Model):
    """One website or account, however often and wherever it was seen: (platform, identifier) once.

    `unit` is the university until a person says which unit it belongs to. `off_campus` is the class
    of 双非 that its address and domain meet, "" where none or not known; `likeness` says in words
    why a name was taken for one of ours.
    """

    platform = models.CharField("类型", max_length=32)
    identifier = models.CharField("标识", max_length=300)
    name = models.CharField("名称", max_length=200, blank=True)
    url = models.CharField("网址", max_length=1000, blank=True)
    address = models.CharField("IP", max_length=45, blank=True)
    seen_in = models.CharField("来源", max_length=8, choices=SeenIn)
    place = models.CharField("出现处", max_length=1000, blank=True)
    seen_count = models.PositiveIntegerField("看到次数", default=1)
    first_seen_at = models.DateTimeField("首次看到")
    last_seen_at = models.DateTimeField("最近看到")
    off_campus = models.CharField("双非", max_length=20, blank=True)
    likeness = models.CharField("像什么", max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=LeadStatus, default=LeadStatus.SEEN)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    outlet = models.ForeignKey(Outlet, models.SET_NULL, related_name="+", null=True, blank=True)
    finding = models.ForeignKey(Finding, models.SET_NULL, related_name="+", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = "线索"
        indexes = [
            models.Index(fields=["status", "-last_seen_at", "-id"], name="lead_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["platform", "identifier"], name="lead_once"),
            models.CheckConstraint(
                condition=Q(status__in=["seen", "known"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="lead_decided_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.identifier

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return LEAD_LOOKS[LeadStatus(self.status)]

    @property
    def platform_name(self) -> str:
        """What the annexes call the platform."""
        row = PLATFORM_BY_KEY.get(self.platform)
        return row.name if row else "其他"


class DiscoveryUpload(models.Model):
    """A list that was uploaded: kept as it came, read in a job or at once."""

    seen_in = models.CharField("种类", max_length=8, choices=SeenIn)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    found = models.PositiveIntegerField("读到", default=0)
    fresh = models.PositiveIntegerField("新线索", default=0)

    class Meta:
        verbose_name = "线索清单"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_seen_in_display()} {self.made_at:%Y-%m-%d}"
