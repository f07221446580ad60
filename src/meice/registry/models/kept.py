"""What a person keeps of the lists for herself: rows selected over pages, filters saved by name."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from meice.orgs.models import Post, User

MOST_SELECTED = 20_000
MOST_SAVED = 20


class ListName(models.TextChoices):
    """Which list a saved filter is of."""

    OUTLETS = "outlets", "账号网站"
    FILINGS = "filings", "备案办理"


class OutletSelection(models.Model):
    """The outlets that a person has ticked, page after page; it belongs to the post in which she
    ticked them, and is only ever hers."""

    owner = models.OneToOneField(User, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+", null=True)
    outlets: models.JSONField[list[int]] = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"选中 {len(self.outlets)} 个"

    @classmethod
    def of(cls, user: User) -> list[int]:
        """The ids selected in her present post; one query."""
        found = cls.objects.filter(owner=user.pk, post=user.post and user.post.pk)
        return next(iter(found.values_list("outlets", flat=True)), [])


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Sets of saved filters."""

    def visible_to(self, user: User) -> Self:
        """One's own."""
        return self.filter(owner=user.pk)


class SavedFilter(models.Model):
    """存为常用: the conditions of a list, as its address has them, under a name of one's own."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    of = models.CharField("列表", max_length=8, choices=ListName)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=400)
    made_at = models.DateTimeField()

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "of", "name"], name="filter_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
