"""A manuscript (稿件): what a unit means to publish, its state, and every act on it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from meice.editorial.models.review import Review
from meice.editorial.models.words import (
    IN_HAND,
    MANUSCRIPT_LOOKS,
    OUT,
    ContentClass,
    ContentForm,
    Lane,
    ManuscriptStatus,
    Origin,
    ReviewStatus,
)
from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right
from meice.registry.models import within
from meice.web.tones import Look

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from meice.editorial.models.publication import Publication
    from meice.editorial.models.revision import Comment, Revision

WITH_REVIEWS = Prefetch("reviews", Review.objects.select_related("claimed_by", "unit"))
"""What the rules and the flow bar look at."""


class ManuscriptQuerySet(models.QuerySet["Manuscript"]):
    """Sets of manuscripts."""

    def visible_to(self, user: User) -> Self:
        """The subtree of the chosen post, and what her post (or the one she stands in for) reviews.

        What was never sent to a reviewer is seen in its own unit, and by auditors.
        """
        reach = within(user.reach(Right.SEE_BUSINESS))
        if not user.has(Right.READ_AUDIT):
            home = Q(unit=user.post.unit_id) if user.post else Q(pk__in=[])
            reach &= Q(submitted_at__isnull=False) | home | Q(author=user.pk)
        asked = Review.objects.filter(manuscript=OuterRef("pk")).asked_of(user)
        return self.filter(reach | Exists(asked))

    def in_hand(self) -> Self:
        """With their authors."""
        return self.filter(status__in=IN_HAND)

    def written_by(self, user: User) -> Self:
        """Hers."""
        return self.filter(author=user.pk)

    def to_review(self, user: User, today: date) -> Self:
        """A stage waits for this person: claimed by her, or open and hers to claim."""
        waiting = Review.objects.current().to_do(user, today)
        return self.filter(pk__in=waiting.values("manuscript"))

    def mine(self, user: User, today: date) -> Self:
        """What waits for her own act now, in her chosen post."""
        drafts = within(user.reach(Right.DRAFT_BUSINESS))
        own = Q(author=user.pk) & drafts
        waits = Q(status__in=[*IN_HAND, ManuscriptStatus.APPROVED])
        return self.filter(
            (own & waits) | Q(pk__in=Manuscript.objects.to_review(user, today).values("pk"))
        )

    def late(self, at: datetime) -> Self:
        """A review that was claimed or could be is over its term."""
        return self.filter(
            pk__in=Review.objects.current().waiting().filter(due_at__lt=at).values("manuscript")
        )

    def matching(self, term: str) -> Self:
        """By number, title, or the author's name."""
        bare = "".join(term.split())
        if not bare:
            return self
        wanted = Q(number__icontains=bare) | Q(title__icontains=bare)
        return self.filter(wanted | Q(author_name__icontains=bare))


class Manuscript(models.Model):
    """`revision` is the newest text, `approved` the last one that all signatures stand under.

    `round` counts how often it was sent to the reviewers; the reviews of the present round are in
    force, those of earlier ones are history. Title, form, class and lane are those of `revision`.
    """

    number = models.CharField("编号", max_length=24, unique=True)
    status = models.CharField(
        max_length=10, choices=ManuscriptStatus, default=ManuscriptStatus.DRAFT
    )
    title = models.CharField("标题", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    unit_path = models.CharField(max_length=255, db_index=True, editable=False)
    unit_name = models.CharField(max_length=100)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="作者")
    author_name = models.CharField(max_length=60)
    form = models.CharField("内容形式", max_length=8, choices=ContentForm)
    content_class = models.CharField("稿件类别", max_length=10, choices=ContentClass)
    origin = models.CharField("来源", max_length=8, choices=Origin, default=Origin.ORIGINAL)
    lane = models.CharField("缓急", max_length=8, choices=Lane, default=Lane.NORMAL)
    revision = models.ForeignKey(
        "Revision", models.PROTECT, related_name="+", null=True, blank=True
    )
    approved = models.ForeignKey(
        "Revision", models.PROTECT, related_name="+", null=True, blank=True
    )
    round = models.PositiveSmallIntegerField("送审次数", default=0)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    submitted_at = models.DateTimeField("首次送审", null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ManuscriptQuerySet.as_manager()
    revisions: "RelatedManager[Revision]"
    reviews: "RelatedManager[Review]"
    comments: "RelatedManager[Comment]"
    publications: "RelatedManager[Publication]"
    events: "RelatedManager[ManuscriptEvent]"

    class Meta:
        verbose_name = "稿件"
        indexes = [
            models.Index(fields=["status", "-changed_at"]),
            models.Index(fields=["unit", "status"]),
            models.Index(fields=["author", "status"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ManuscriptStatus.values), name="manuscript_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(form__in=ContentForm.values)
                & Q(content_class__in=ContentClass.values)
                & Q(lane__in=Lane.values)
                & Q(origin__in=Origin.values),
                name="manuscript_words_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", *(status.value for status in OUT)])
                | Q(approved__isnull=False, approved_at__isnull=False),
                name="manuscript_out_only_when_approved",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["correcting", "withdrawn", *(s.value for s in OUT)])
                | Q(published_at__isnull=False),
                name="manuscript_out_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="reviewing") | Q(round__gte=1, submitted_at__isnull=False),
                name="manuscript_reviewed_in_a_round",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The manuscript's page."""
        return reverse("manuscript", args=[self.pk])

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return MANUSCRIPT_LOOKS[ManuscriptStatus(self.status)]

    @property
    def is_in_hand(self) -> bool:
        """With its author."""
        return self.status in IN_HAND

    @property
    def is_urgent(self) -> bool:
        """In the urgent lane."""
        return self.lane == Lane.URGENT

    @property
    def newest(self) -> "Revision":
        """The text as last saved. `ValueError` before the first was."""
        if self.revision is None:
            raise ValueError("a manuscript has a revision from its first save on")
        return self.revision

    @property
    def present(self) -> list[Review]:
        """The reviews of this round, in order (prefetched where many are read)."""
        return sorted(
            (one for one in self.reviews.all() if one.round == self.round),
            key=lambda review: review.place,
        )

    @property
    def turn(self) -> Review | None:
        """The first stage of this round that has not passed."""
        undecided = (ReviewStatus.PENDING, ReviewStatus.OPEN, ReviewStatus.CLAIMED)
        if self.status != ManuscriptStatus.REVIEWING:
            return None
        return next((one for one in self.present if one.status in undecided), None)


ACT_LABELS = {
    "draft": "起草",
    "save": "改稿",
    "submit": "送审",
    "reopen": "收回修改",
    "rework": "收回修改",
    "drop": "作废",
    "claim": "认领",
    "release": "放回",
    "waive": "放行",
    "comment": "批注",
    "drop_comment": "删批注",
    "pass": "通过",
    "approve": "终审通过",
    "return": "退回作者",
    "publish": "发布",
    "republish": "发布更正",
    "correct": "更正",
    "withdraw": "撤稿",
    "remind": "提醒",
    "check": "核对页面",
    "differ": "页面不一致",
    "move": "移交",
}


class ManuscriptEvent(Event):
    """One act on a manuscript: who, when, with which words. Only ever added. `by` None: machine."""

    labels = ACT_LABELS
    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="events")
    revision = models.ForeignKey(
        "Revision", models.PROTECT, related_name="+", null=True, blank=True
    )
    stage = models.CharField(max_length=30, blank=True)
