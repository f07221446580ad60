"""Documents of the regulations library (制度库), their clauses, and what was done to them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meice.files.models import StoredFile
from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

READERS = (Right.SEE_BUSINESS, Right.SEE_SECURITY)


class Reach(models.TextChoices):
    """Who has made a document: somebody above the school, or the school itself."""

    OUTER = "outer", "上级文件"
    OWN = "own", "校内制度"


class Trust(models.TextChoices):
    """How sure its words are. What is not confirmed is never shown as official."""

    STATED = "stated", "通知写明"
    CONFIRMED = "confirmed", "已核对"
    SEEN = "seen", "见于转载"
    GENERAL = "general", "未核实"
    OURS = "ours", "系统缺省"
    SCHOOL = "school", "本校录入"


TRUST_LOOKS = {
    Trust.STATED: Look("通知写明", icon="circle-check", tone=Tone.GOOD),
    Trust.CONFIRMED: Look("已核对", icon="circle-check", tone=Tone.GOOD),
    Trust.SEEN: Look("见于转载", icon="eye", tone=Tone.INFO),
    Trust.GENERAL: Look("未核实", icon="help-circle", tone=Tone.UNKNOWN),
    Trust.OURS: Look("系统缺省", icon="settings", tone=Tone.IDLE),
    Trust.SCHOOL: Look("本校录入", icon="building", tone=Tone.INFO),
}

IN_FORCE = Look("现行", icon="circle-check", tone=Tone.GOOD)
COMING = Look("尚未施行", icon="clock", tone=Tone.INFO)
ENDED = Look("已失效", icon="circle-x", tone=Tone.IDLE)
UNDATED = Look("施行日期未知", icon="help-circle", tone=Tone.UNKNOWN)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Sets of documents."""

    def visible_to(self, user: User) -> Self:
        """What ships is everybody's who works with outlets; a school's own is seen from the unit
        that keeps it and from everywhere below."""
        reach = [path for right in READERS for path in user.reach(right)]
        if not reach:
            return self.none()
        wanted = Q(unit__isnull=True)
        for path in reach:
            above = [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
            wanted |= Q(unit_path__startswith=path) | Q(unit_path__in=above)
        return self.filter(wanted)

    def ended(self, today: date) -> Self:
        """No longer in force."""
        return self.filter(valid_until__lt=today)

    def matching(self, term: str) -> Self:
        """By title, number, issuer, or the words of a clause that stands."""
        bare = "".join(term.split())
        if not bare:
            return self
        inside = Clause.objects.standing().filter(
            Q(text__icontains=bare) | Q(number__icontains=bare)
        )
        return self.filter(
            Q(title__icontains=bare)
            | Q(number__icontains=bare)
            | Q(issuer__icontains=bare)
            | Q(pk__in=inside.values("document"))
        )


class Document(models.Model):
    """`key` begins the keys of its clauses and never changes. `unit` null: it came with Meice."""

    key = models.SlugField("标识", max_length=40, unique=True)
    title = models.CharField("名称", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField("发布机关", max_length=120, blank=True)
    reach = models.CharField("类别", max_length=5, choices=Reach, default=Reach.OUTER)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    in_force_on = models.DateField("施行日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    link = models.CharField("原文链接", max_length=500, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    trust = models.CharField("核实程度", max_length=9, choices=Trust, default=Trust.SCHOOL)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="录入单位"
    )
    unit_path = models.CharField(max_length=255, db_index=True, blank=True, editable=False)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="原件"
    )
    is_edited = models.BooleanField("本校改过", default=False)
    added_at = models.DateTimeField("录入时间")
    version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()
    clauses: "RelatedManager[Clause]"
    events: "RelatedManager[DocumentEvent]"

    class Meta:
        verbose_name = "制度文件"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(
                condition=Q(trust__in=Trust.values), name="document_trust_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reach__in=Reach.values), name="document_reach_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(in_force_on__isnull=True)
                | Q(valid_until__gte=models.F("in_force_on")),
                name="document_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    def get_absolute_url(self) -> str:
        """The document's page."""
        return reverse("regulation", args=[self.pk])

    @property
    def is_shipped(self) -> bool:
        """Came with Meice: its words are summaries of ours."""
        return self.unit_id is None

    @property
    def sureness(self) -> Look:
        """How sure it is, with icon and tone."""
        return TRUST_LOOKS[Trust(self.trust)]

    def force(self, today: date) -> Look:
        """Is it in force? A date that nobody knows is unknown, not fine."""
        if self.valid_until and self.valid_until < today:
            return ENDED
        if self.in_force_on is None:
            return UNDATED
        return COMING if self.in_force_on > today else IN_FORCE


class ClauseQuerySet(models.QuerySet["Clause"]):
    """Sets of clauses."""

    def visible_to(self, user: User) -> Self:
        """Clauses of the documents that she may see."""
        return self.filter(document__in=Document.objects.visible_to(user).values("pk"))

    def standing(self) -> Self:
        """Those that were not taken out."""
        return self.filter(dropped_at=None)

    def by_key(self, key: str) -> "Clause | None":
        """The clause of a stable key, with its document; None when the library lacks it."""
        return self.select_related("document").filter(key=key).first()


class Clause(models.Model):
    """One clause. Its `key` is cited by rules, orders and checklists, and outlives its words: a
    clause is taken out (`dropped_at`), never deleted. `cited_as`: texts that cite it, one a line.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses")
    key = models.CharField("标识", max_length=80, unique=True)
    place = models.PositiveSmallIntegerField("次序")
    number = models.CharField("条号", max_length=60)
    text = models.TextField("内容")
    trust = models.CharField("核实程度", max_length=9, choices=Trust, default=Trust.SCHOOL)
    is_summary = models.BooleanField("摘要", default=False)
    is_edited = models.BooleanField("本校改过", default=False)
    cited_as = models.TextField("引用写法", blank=True)
    dropped_at = models.DateTimeField("删去时间", null=True, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = "条款"
        ordering = ["document", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_words"),
            models.CheckConstraint(condition=~Q(number=""), name="clause_has_a_number"),
            models.CheckConstraint(condition=Q(trust__in=Trust.values), name="clause_trust_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"

    def get_absolute_url(self) -> str:
        """The clause's page."""
        return reverse("clause", args=[self.key])

    @property
    def sureness(self) -> Look:
        """How sure it is, with icon and tone."""
        return TRUST_LOOKS[Trust(self.trust)]

    @property
    def cites(self) -> list[str]:
        """The texts that cite it."""
        return [line for line in self.cited_as.splitlines() if line]


ACT_LABELS = {
    "add": "录入",
    "edit": "修改",
    "cut": "切分条款",
    "edit_clause": "改条款",
    "drop_clause": "删去条款",
}


class DocumentEvent(Event):
    """One act on a document; `note` holds the former words of a clause that was changed."""

    labels = ACT_LABELS
    document = models.ForeignKey(Document, models.CASCADE, related_name="events")
