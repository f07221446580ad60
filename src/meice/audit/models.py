"""Entries that are written once, and the links that chain them. Nothing here is ever changed."""

from datetime import datetime
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q

from meice.audit.canonical import digest_of

READ_AUDIT = "audit.read"


class AppendOnly(Exception):
    """Somebody tried to change or remove what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses every way of Django to change or remove rows in bulk."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnly

    def bulk_update(self, objs: Any, fields: Any, batch_size: Any = None) -> NoReturn:
        """Refused."""
        raise AppendOnly


class EntryQuerySet(AppendOnlyQuerySet):
    """Sets of entries."""

    def visible_to(self, user: Any) -> Self:
        """Acts on units in the subtrees the person may audit; nothing for anybody else."""
        paths = user.reach(READ_AUDIT)
        wanted = Q(pk__in=[])
        for path in paths:
            wanted |= Q(unit_path__startswith=path)
        if any(len(path) == ROOT_LENGTH for path in paths):
            wanted |= Q(unit_path="")
        return self.filter(wanted)

    def unlinked(self) -> Self:
        """Not yet in the chain."""
        return self.filter(link=None)

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """From `start` up to, not including, `end`; None leaves a side open."""
        since = self.filter(at__gte=start) if start else self
        return since.filter(at__lt=end) if end else since


ROOT_LENGTH = 4  # a first-level unit's path: one step of the tree (orgs.Unit.steplen)


class AppendOnlyModel(models.Model):
    """A row that is inserted and then stays as it is; triggers in the database say so too."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; an existing row is refused."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly


class Entry(AppendOnlyModel):
    """One act. People are kept as id and name, so that an entry outlives every account.

    `uid` makes equal acts differ; `own_hash` is the SHA-256 of all other columns but the key.
    """

    uid = models.UUIDField(editable=False)
    at = models.DateTimeField("时间", db_index=True)
    act = models.CharField("动作", max_length=60, db_index=True)
    actor_id = models.CharField(max_length=40, blank=True, db_index=True)
    actor_name = models.CharField("谁", max_length=60, blank=True)
    actor_post = models.CharField("岗位", max_length=120, blank=True)
    target_kind = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    target_name = models.CharField("对象", max_length=200, blank=True)
    unit_path = models.CharField(max_length=255, blank=True, db_index=True)
    address = models.CharField("来自", max_length=45, blank=True)
    detail = models.JSONField("详情", default=dict)
    own_hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "审计记录"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["target_kind", "target_id"], name="entry_target")]

    def __str__(self) -> str:
        return f"{self.pk} {self.act}"

    def computed_hash(self) -> str:
        """The hash that the columns give now."""
        return digest_of(self.content())

    def content(self) -> dict[str, Any]:
        """What the hash covers."""
        return {
            "uid": self.uid.hex,
            "at": self.at,
            "act": self.act,
            "actor_id": self.actor_id,
            "actor_name": self.actor_name,
            "actor_post": self.actor_post,
            "target_kind": self.target_kind,
            "target_id": self.target_id,
            "target_name": self.target_name,
            "unit_path": self.unit_path,
            "address": self.address,
            "detail": self.detail,
        }


class ChainLink(AppendOnlyModel):
    """The place of an entry in the chain; `hash` covers the place, the entry and `previous`."""

    position = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link", db_constraint=False)
    previous = models.CharField(max_length=64)
    linked_at = models.DateTimeField()
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "审计链"

    def __str__(self) -> str:
        return f"{self.position} {self.hash[:12]}"

    def computed_hash(self, entry_hash: str) -> str:
        """The hash that the columns give now for an entry of this hash."""
        return digest_of(
            {
                "position": self.position,
                "entry": self.entry_id,
                "entry_hash": entry_hash,
                "previous": self.previous,
                "linked_at": self.linked_at,
            }
        )


class Verification(models.Model):
    """One check of the whole chain: how far it went, where the chain ended, what was found."""

    at = models.DateTimeField("校验时间", db_index=True)
    entries = models.PositiveBigIntegerField()
    links = models.PositiveBigIntegerField()
    head = models.CharField(max_length=90, blank=True)
    faults = models.JSONField(default=list)

    class Meta:
        verbose_name = "审计校验"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {len(self.faults)}"
