"""What the unit answers: in words, item by item, with proof."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from meice.files.models import StoredFile
from meice.orgs.models import User
from meice.rectification.models.order import Order

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Reply(models.Model):
    """One round's answer.

    `answers` has for each open item `{"item": id, "place": n, "text", "link"}`; a link shows that it
    is mended and is never opened here. `confirmed_by` is the leader who answers for it; with a
    stamped scan (`stamped`) the scan stands for the click.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="replies")
    round = models.PositiveSmallIntegerField()
    text = models.TextField("整改情况")
    answers: models.JSONField[list[dict[str, str | int]]] = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_name = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stamped = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    days_late = models.PositiveSmallIntegerField("逾期工作日", default=0)
    proofs: "RelatedManager[Proof]"

    class Meta:
        verbose_name = "整改答复"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
            models.UniqueConstraint(fields=["order", "round"], name="reply_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} 第 {self.round} 次答复"


class Proof(models.Model):
    """A file that was handed in with a reply."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="proofs")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
