"""One stage of the chain in one round: who claimed it, what she ticked and signed."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from meice.editorial.models.words import REVIEW_LOOKS, Gate, ReviewStatus
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right, Role
from meice.web.tones import Look

WAITING = (ReviewStatus.OPEN, ReviewStatus.CLAIMED)
HELD = (ReviewStatus.CLAIMED, ReviewStatus.PASSED, ReviewStatus.RETURNED)
"""A person stands behind it: she does no other stage of the round."""


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Sets of stand-ins."""

    def on(self, day: date) -> Self:
        """In force on that day."""
        return self.filter(first_on__lte=day, last_on__gte=day)


class StandIn(models.Model):
    """代审: for some days `substitute` reviews in place of `person`, whose role in a unit it is."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="被代人")
    substitute = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代审人")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    first_on = models.DateField("从")
    last_on = models.DateField("到")
    reason = models.CharField("事由", max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = "代审"
        ordering = ["-last_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="stand_in_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("substitute")), name="nobody_reviews_in_her_own_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} 代 {self.person}"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Sets of stages."""

    def current(self) -> Self:
        """Of the round that is in force, while the manuscript is under review."""
        return self.filter(round=F("manuscript__round"), manuscript__status="reviewing")

    def waiting(self) -> Self:
        """May be claimed, or is in somebody's hands."""
        return self.filter(status__in=WAITING)

    def asked_of(self, user: User, today: date | None = None) -> Self:
        """Stages of her chosen post, and of those she stands in for (on that day, else ever)."""
        post = user.post
        if post is None or not (user.has(Right.SEE_BUSINESS) or user.has(Right.SEE_SECURITY)):
            return self.none()
        own = Q(unit=post.unit_id, role=post.role)
        standing = StandIn.objects.filter(
            substitute=user.pk, unit=OuterRef("unit"), role=OuterRef("role")
        )
        if today is not None:
            standing = standing.on(today)
        return self.filter(own | Q(claimed_by=user.pk) | Exists(standing))

    def to_do(self, user: User, today: date) -> Self:
        """Claimed by her; or free, of her post, and she has no other part in this round."""
        claimed = Q(status=ReviewStatus.CLAIMED, claimed_by=user.pk)
        others = self.model.objects.filter(
            manuscript=OuterRef("manuscript"), round=OuterRef("round"), claimed_by=user.pk,
            status__in=HELD,
        )  # fmt: skip
        wrote = Q(manuscript__revisions__by=user.pk)
        free = self.asked_of(user, today).filter(status=ReviewStatus.OPEN).exclude(Exists(others))
        allowed = free.filter(Q(may_be_author=True) | ~wrote)
        return self.filter(claimed | Q(pk__in=allowed.values("pk")))


class Review(models.Model):
    """`role` in `unit` decides; `claimed_by` is who does, `on_behalf` whom she stands in for.

    `revision` is the text that is signed. `is_author`: the author was the first reviewer, which the
    school's setting allowed (`may_be_author`); the sheet says so.
    """

    manuscript = models.ForeignKey("Manuscript", models.CASCADE, related_name="reviews")
    revision = models.ForeignKey("Revision", models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField("第几环节")
    name = models.CharField("环节", max_length=30)
    role = models.CharField(max_length=12, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=100)
    is_extra = models.BooleanField("加审", default=False)
    may_be_author = models.BooleanField(default=False)
    is_author = models.BooleanField("作者兼一审", default=False)
    status = models.CharField(max_length=8, choices=ReviewStatus, default=ReviewStatus.PENDING)
    opened_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField("期限", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    claimed_name = models.CharField(max_length=60, blank=True)
    claimed_post = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    on_behalf = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    on_behalf_name = models.CharField(max_length=60, blank=True)
    gates = models.JSONField(default=list)
    opinion = models.CharField("审核意见", max_length=1000, blank=True)
    mistakes = models.PositiveSmallIntegerField("校对差错数", default=0)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "审校环节"
        ordering = ["round", "place"]
        indexes = [
            models.Index(fields=["unit", "role", "status"]),
            models.Index(fields=["claimed_by", "status"]),
            models.Index(fields=["status", "due_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["manuscript", "round", "place"], name="review_place_once_a_round"
            ),
            models.UniqueConstraint(
                fields=["manuscript", "round", "claimed_by"],
                condition=Q(status__in=[status.value for status in HELD]),
                name="nobody_reviews_twice_in_a_round",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReviewStatus.values), name="review_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[status.value for status in HELD])
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="review_held_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["passed", "returned"]) | Q(decided_at__isnull=False),
                name="review_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return REVIEW_LOOKS[ReviewStatus(self.status)]

    @property
    def is_decided(self) -> bool:
        """Signed, one way or the other."""
        return self.status in (ReviewStatus.PASSED, ReviewStatus.RETURNED)

    @property
    def signed(self) -> str:
        """Who, as the sheet prints it: `何静`, `林可（代 何静）`, `林可（作者）`."""
        behalf = f"（代 {self.on_behalf_name}）" if self.on_behalf_name else ""
        return self.claimed_name + behalf + ("（作者）" if self.is_author else "")

    @property
    def ticked(self) -> list[Gate]:
        """The gates she ticked, in their order."""
        return [gate for gate in Gate if gate.value in self.gates]

    def is_late(self, at: datetime) -> bool:
        """Waits, and its term is over."""
        return self.status in WAITING and self.due_at is not None and self.due_at < at
