"""What every record with a history of its own keeps of one act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from meice.orgs.models.user import User

NOBODY = "系统"


class Event(models.Model):
    """One act: who, when, with which words, named as she was then. Only ever added.

    `by` None: no person did it. `labels` are the acts in words.
    """

    labels: ClassVar[Mapping[str, str]] = {}

    act = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    by_name = models.CharField(max_length=60, blank=True)
    by_unit = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.by_name}"

    @property
    def label(self) -> str:
        """The act in words."""
        return self.labels.get(self.act, self.act)


def event_facts(
    act: str, *, by: User | None, at: datetime, note: str = "", nobody: str = NOBODY
) -> dict[str, Any]:
    """The fields of an `Event`, with the name and post of the moment."""
    post = by.post if by else None
    return {
        "act": act,
        "at": at,
        "by": by,
        "by_name": by.name if by else nobody,
        "by_unit": post.unit.called if post else "",
        "note": note,
    }
