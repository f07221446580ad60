"""Certificates of training, and the reminders before they end."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from meice.files.models import StoredFile
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right
from meice.registry.models.outlet import within
from meice.training.models.topic import TrainingTopic
from meice.web.tones import Look, Tone

NEAR_DAYS = 30


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Sets of certificates."""

    def visible_to(self, user: User) -> Self:
        """One's own, those put down in her subtree, and those of people with a post there now."""
        reach = user.reach(Right.SEE_BUSINESS)
        here = Post.objects.current().below(*reach).values("user") if reach else []
        return self.filter(within(reach) | Q(user=user.pk) | Q(user__in=here))

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(dropped_at=None)

    def unrenewed(self) -> Self:
        """Without a later one of the same person and topic (or name)."""
        same = Q(topic=OuterRef("topic")) | Q(name=OuterRef("name"))
        later = Q(valid_until__gt=OuterRef("valid_until")) | Q(valid_until=None)
        newer = Certificate.objects.standing().filter(same & later, user=OuterRef("user"))
        return self.filter(~Exists(newer.exclude(pk=OuterRef("pk"))))

    def ending(self, today: date, days: int = NEAR_DAYS) -> Self:
        """Over, or over within so many days."""
        return self.standing().filter(valid_until__lte=today + timedelta(days=days)).unrenewed()

    def matching(self, term: str) -> Self:
        """By person, name or number."""
        bare = "".join(term.split())
        if not bare:
            return self
        return self.filter(
            Q(user__name__icontains=bare) | Q(name__icontains=bare) | Q(number__icontains=bare)
        )


class Certificate(models.Model):
    """`topic` null: of something that nobody demands. `valid_until` null: no end is written."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="持有人")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    topic = models.ForeignKey(
        TrainingTopic, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="主题"
    )
    name = models.CharField("证书", max_length=120)
    number = models.CharField("编号", max_length=80, blank=True)
    issuer = models.CharField("发证单位", max_length=120, blank=True)
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至", null=True, blank=True, db_index=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="证明"
    )
    told_by = models.CharField("登记人", max_length=60)
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "培训证书"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="certificate_has_a_name"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("issued_on")),
                name="certificate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state(self, today: date) -> Look:
        """What it is worth today."""
        end = self.valid_until
        if end is None:
            return Look("没有写明期限", icon="circle-check", tone=Tone.GOOD)
        if end < today:
            return Look(f"过期 {(today - end).days} 天", icon="alert-octagon", tone=Tone.BAD)
        if end <= today + timedelta(days=NEAR_DAYS):
            return Look(f"还有 {(end - today).days} 天到期", icon="clock", tone=Tone.WARN)
        return Look("有效", icon="circle-check", tone=Tone.GOOD)


class CertificateReminder(models.Model):
    """A rung speaks once for one end of one certificate."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="+")
    rung = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "rung", "due_on"], name="certificate_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.rung}"
