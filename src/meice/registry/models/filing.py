"""A filing (备案): how an outlet is opened, changed or cancelled, and everything said about it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from meice.engines.outlets import PLATFORM_BY_KEY
from meice.files.models import StoredFile
from meice.orgs.models import Event, Unit, User
from meice.orgs.roles import Right
from meice.registry.models.outlet import Outlet, within
from meice.web.tones import Look, Tone

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class FilingKind(models.TextChoices):
    """备案类型 of annexes 3 and 4."""

    OPEN = "open", "开设"
    CHANGE = "change", "变更"
    CANCEL = "cancel", "注销"


class FilingStatus(models.TextChoices):
    """Where a filing stands; the way between is in `workflow.py`."""

    DRAFT = "draft", "草稿"
    CHECKING = "checking", "待审核"
    CONFIRMING = "confirming", "待领导确认"
    RECEIVING = "receiving", "待转入单位确认"
    DECIDING = "deciding", "待宣传部受理"
    ACCEPTED = "accepted", "已受理"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


FILING_LOOKS = {
    FilingStatus.DRAFT: Look("草稿", icon="pencil", tone=Tone.IDLE),
    FilingStatus.CHECKING: Look("待审核", icon="user-check", tone=Tone.INFO),
    FilingStatus.CONFIRMING: Look("待领导确认", icon="user-check", tone=Tone.INFO),
    FilingStatus.RECEIVING: Look("待转入单位确认", icon="user-check", tone=Tone.INFO),
    FilingStatus.DECIDING: Look("待宣传部受理", icon="clock", tone=Tone.INFO),
    FilingStatus.ACCEPTED: Look("已受理", icon="circle-check", tone=Tone.GOOD),
    FilingStatus.RETURNED: Look("已退回", icon="corner-up-left", tone=Tone.WARN),
    FilingStatus.WITHDRAWN: Look("已撤回", icon="arrow-back-up", tone=Tone.IDLE),
}
OPEN = tuple(s for s in FilingStatus if s not in (FilingStatus.ACCEPTED, FilingStatus.WITHDRAWN))
"""Not at an end: an outlet has at most one of these."""
PRIVATE = (FilingStatus.DRAFT, FilingStatus.WITHDRAWN)
"""Seen by the unit alone: nothing was sent yet, or it was taken back."""


class ConfirmedBy(models.TextChoices):
    """How the leader answered for it; the department sees which."""

    CLICK = "click", "领导在系统中确认"
    SCAN = "scan", "盖章件扫描"


class ReturnReason(models.TextChoices):
    """Why a filing goes back; the text is a proposal that the writer edits."""

    INCOMPLETE = "incomplete", "信息不全"
    WRONG = "wrong", "与实际不符"
    NAME = "name", "名称不合规定"
    DUPLICATE = "duplicate", "同平台已有账号"
    PEOPLE = "people", "人员不符合要求"
    SEAL = "seal", "盖章件不清楚"
    OTHER = "other", "其他"

    @property
    def proposal(self) -> str:
        """One sentence to start from."""
        return _PROPOSALS[self]


_PROPOSALS = {
    ReturnReason.INCOMPLETE: "下列栏目没有填，请补齐：",
    ReturnReason.WRONG: "下列内容与实际不符，请核对后改正：",
    ReturnReason.NAME: "名称不符合《互联网用户账号名称管理规定》，请改名后再报：",
    ReturnReason.DUPLICATE: "本单位在该平台已有账号，请先整合，或先申请例外：",
    ReturnReason.PEOPLE: "负责人须为在编在岗人员，运维学生须有指导教师，请调整：",
    ReturnReason.SEAL: "盖章扫描件看不清或不全，请重新上传：",
    ReturnReason.OTHER: "",
}


class Turn(StrEnum):
    """Whose act a filing waits for, seen from one person."""

    MINE = "mine"
    CLAIM = "claim"
    OTHERS = "others"


def _is_mine(user: User) -> Q:
    leads = user.reach(Right.CONFIRM_BUSINESS)
    writes = Q(status__in=[FilingStatus.DRAFT, FilingStatus.RETURNED])
    checks = within(user.reach(Right.REVIEW_BUSINESS), "checker_path") & ~Q(made_by=user.pk)
    decides = Q(status=FilingStatus.DECIDING, claimed_by=user.pk)
    return (
        (writes & (within(user.reach(Right.DRAFT_BUSINESS)) | Q(made_by=user.pk)))
        | (Q(status=FilingStatus.CHECKING) & checks)
        | (Q(status=FilingStatus.CONFIRMING) & within(leads))
        | (Q(status=FilingStatus.RECEIVING) & within(leads, "target_path"))
        | (decides & within(user.reach(Right.DECIDE_BUSINESS)))
    )


def _is_to_claim(user: User) -> Q:
    free = Q(status=FilingStatus.DECIDING, claimed_by=None) & ~Q(made_by=user.pk)
    return within(user.reach(Right.DECIDE_BUSINESS)) & free


class FilingQuerySet(models.QuerySet["Filing"]):
    """Sets of filings."""

    def visible_to(self, user: User) -> Self:
        """The unit's own; once sent also those above it, the checking and the receiving unit.

        A draft is the unit's (and its parents'): the department sees it when it is sent.
        """
        reach = user.reach(Right.SEE_BUSINESS)
        sent = ~Q(status__in=PRIVATE)
        guests = (within(reach, "checker_path") | within(reach, "target_path")) & sent
        own = within(reach)
        if user.has(Right.DECIDE_BUSINESS):
            own &= sent | Q(made_by=user.pk)
        return self.filter(own | guests)

    def mine(self, user: User) -> Self:
        """What waits for this person's own act now, in her chosen post."""
        return self.filter(_is_mine(user))

    def to_claim(self, user: User) -> Self:
        """The department's queue: nobody has it, and she may decide it."""
        return self.filter(_is_to_claim(user))

    def with_others(self, user: User) -> Self:
        """Under way, and somebody else's turn."""
        return self.with_turn(user).filter(turn=Turn.OTHERS)

    def with_turn(self, user: User) -> Self:
        """`turn`: whose act is next as she sees it (`Turn`), blank for what has ended."""
        under_way = Q(status__in=[s for s in OPEN if s not in PRIVATE])
        turn = Case(
            When(_is_mine(user), then=Value(Turn.MINE.value)),
            When(_is_to_claim(user), then=Value(Turn.CLAIM.value)),
            When(under_way, then=Value(Turn.OTHERS.value)),
            default=Value(""),
            output_field=models.CharField(),
        )
        return self.annotate(turn=turn)

    def open(self) -> Self:
        """Not at an end."""
        return self.filter(status__in=OPEN)

    def matching(self, term: str) -> Self:
        """By number or by the outlet's name."""
        bare = "".join(term.split())
        return self.filter(Q(number__iexact=bare) | Q(name__icontains=bare)) if bare else self


class Filing(models.Model):
    """`base` is the outlet before (flat values, see `entry.py`; `{}` for 开设); the changes are rows.

    `outlet` is null until a 开设 is accepted. `version` guards against two people at one draft.
    """

    kind = models.CharField("备案类型", max_length=6, choices=FilingKind)
    status = models.CharField(max_length=10, choices=FilingStatus, default=FilingStatus.DRAFT)
    number = models.CharField("备案号", max_length=16, unique=True, null=True, blank=True)
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, related_name="filings", null=True, blank=True
    )
    name = models.CharField(max_length=200)
    platform = models.CharField(max_length=32)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=255, db_index=True)
    unit_name = models.CharField(max_length=100)
    target_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="转入单位"
    )
    target_path = models.CharField(max_length=255, blank=True, db_index=True)
    checker_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="审核单位"
    )
    checker_path = models.CharField(max_length=255, blank=True, db_index=True)
    base = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    reason = models.CharField("事由", max_length=300, blank=True)
    happened_on = models.DateField("变动日期", null=True, blank=True)
    reports_existing = models.BooleanField("早已开通，现在补报", default=False)
    name_reasons = models.JSONField(default=dict)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="盖章件"
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=5, choices=ConfirmedBy, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FilingQuerySet.as_manager()
    changes: "RelatedManager[FieldChange]"
    events: "RelatedManager[FilingEvent]"

    class Meta:
        verbose_name = "备案"
        indexes = [models.Index(fields=["status", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=FilingStatus.values), name="filing_status_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(status="accepted") & Q(number__isnull=False))
                | (~Q(status="accepted") & Q(number__isnull=True)),
                name="filing_numbered_when_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted")
                | (
                    Q(outlet__isnull=False)
                    & Q(decided_by__isnull=False)
                    & Q(confirmed_how__in=ConfirmedBy.values)
                ),
                name="filing_accepted_by_somebody_after_confirmation",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | ~Q(decided_by=F("made_by")),
                name="filing_not_accepted_by_its_writer",
            ),
            models.CheckConstraint(
                condition=Q(kind="open") | Q(outlet__isnull=False),
                name="filing_of_a_change_names_its_outlet",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="filing_claimed_by_somebody_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["outlet"],
                condition=Q(status__in=[status.value for status in OPEN]),
                name="one_open_filing_of_an_outlet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def state(self) -> Look:
        """The status with its icon and tone."""
        return FILING_LOOKS[FilingStatus(self.status)]

    @property
    def platform_name(self) -> str:
        """What the annexes call the platform."""
        row = PLATFORM_BY_KEY.get(self.platform)
        return row.name if row else self.platform

    @property
    def shown_changes(self) -> "list[FieldChange]":
        """The changes that a reader is shown."""
        return [change for change in self.changes.all() if change.is_shown]

    @property
    def content(self) -> dict[str, Any]:
        """The outlet as it would be: the base with the changes over it."""
        return {**self.base, **{change.key: change.new for change in self.changes.all()}}


class FieldChange(models.Model):
    """One item, old → new: the values, and the words they were shown with at the time."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="changes")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    old = models.JSONField(null=True, blank=True)
    new = models.JSONField(null=True, blank=True)
    old_text = models.CharField(max_length=500, blank=True)
    new_text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "key"], name="item_changed_once_in_a_filing")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.old_text} → {self.new_text}"

    @property
    def is_phone(self) -> bool:
        """Shown masked; the printed form has it whole."""
        return self.key.endswith(".phone")

    @property
    def is_shown(self) -> bool:
        """The link to an account is ours, not the form's."""
        return not self.key.endswith(".user")


ACT_LABELS = {
    "draft": "起草",
    "edit": "修改",
    "attach": "上传盖章件",
    "submit": "交审核",
    "present": "交领导确认",
    "attest": "凭盖章件报送",
    "check": "审核通过",
    "confirm": "领导确认",
    "transfer": "同意转出",
    "receive": "同意转入",
    "claim": "认领",
    "release": "放回",
    "accept": "受理",
    "return": "退回",
    "withdraw": "撤回",
}


class FilingEvent(Event):
    """One act on a filing: who, when, with which words. Only ever added."""

    labels = ACT_LABELS
    filing = models.ForeignKey(Filing, models.CASCADE, related_name="events")
    reasons = models.JSONField(default=list)

    @property
    def reason_labels(self) -> list[str]:
        """The structured reasons in words."""
        return [ReturnReason(code).label for code in self.reasons]
