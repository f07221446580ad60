"""Who answers for an outlet: annexes 1, 3 and 4 name them."""

from django.db import models
from django.db.models import Q

from meice.orgs.models import User
from meice.registry.models.outlet import Outlet

MAX_OPERATORS = 3


class ContactKind(models.TextChoices):
    """The posts of the forms. 账号负责人 (annex 1) must be 在编 (notice 三（三）)."""

    RESPONSIBLE = "responsible", "账号负责人"
    LEADER = "leader", "主管领导"
    REVIEWER = "reviewer", "审核人"
    OPERATOR = "operator", "运维"


class Contact(models.Model):
    """A person in a post of an outlet: by name, and by account where she has one."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=11, choices=ContactKind)
    place = models.PositiveSmallIntegerField(default=1)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField("姓名", max_length=60)
    title = models.CharField("职务", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    is_permanent = models.BooleanField("在编", null=True, blank=True)
    is_student = models.BooleanField("学生", default=False)
    teacher = models.CharField("指导教师", max_length=60, blank=True)

    class Meta:
        ordering = ["outlet", "kind", "place"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind=ContactKind.OPERATOR, place__range=(1, MAX_OPERATORS))
                | (Q(kind__in=["responsible", "leader", "reviewer"]) & Q(place=1)),
                name="contact_place_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(is_student=False)
                | (Q(kind=ContactKind.OPERATOR) & ~Q(teacher="") & ~Q(is_permanent=True)),
                name="contact_student_operates_under_a_teacher",
            ),
            models.UniqueConstraint(
                fields=["outlet", "kind", "place"], name="contact_once_in_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The dotted key of the forms: `leader`, `operators.1`."""
        return f"operators.{self.place}" if self.kind == ContactKind.OPERATOR else self.kind

    @property
    def called(self) -> str:
        """运维 1, 主管领导 …"""
        label = ContactKind(self.kind).label
        return f"{label} {self.place}" if self.kind == ContactKind.OPERATOR else label
