"""Topics of training: who needs which, and for how long it counts."""

from typing import Self

from django.db import models
from django.db.models import Q

from meice.orgs.roles import Role

ASKED = (Role.OPERATOR, Role.REVIEWER, Role.LEADER, Role.DEPARTMENT, Role.SECURITY)
"""Whose training the school looks after."""
ROLE_CHOICES = [(role.value, role.label) for role in ASKED]


class TopicQuerySet(models.QuerySet["TrainingTopic"]):
    """Sets of topics."""

    def standing(self) -> Self:
        """Not retired: sessions may be of it."""
        return self.filter(retired_at=None)


class TrainingTopic(models.Model):
    """`roles` are those that need it; `months` 0: once is enough."""

    name = models.CharField("主题", max_length=100, unique=True)
    roles: models.JSONField[list[str]] = models.JSONField("谁要参加", default=list)
    months = models.PositiveSmallIntegerField("多少个月内有效", default=12)
    retired_at = models.DateTimeField("不再要求", null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "培训主题"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_a_name"),
            models.CheckConstraint(condition=Q(months__range=(0, 120)), name="topic_ten_years"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_words(self) -> str:
        """`运维、审核人`."""
        return "、".join(str(Role(role).label) for role in self.roles)
