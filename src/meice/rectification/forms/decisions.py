"""Small forms: a reason, a date, a conclusion for each item, the settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from meice.rectification.actions.terms import HEADS
from meice.rectification.models import OrderItem, Outcome
from meice.rectification.workflow import TERMS
from meice.web.fields import DayField, WorkdaysField

PROOF_KINDS = ".pdf,.jpg,.jpeg,.png,.gif,.doc,.docx,.xls,.xlsx,.zip"


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea({"rows": 3}))

    use_required_attribute = False


class IssueForm(forms.Form):
    """A deadline of its own, where the severity's does not fit."""

    deadline = DayField(label="整改期限", required=False, help_text="不填按轻重自动推算工作日")


class ExtendForm(forms.Form):
    """More time."""

    wanted_on = DayField(label="申请延至")
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 3}))

    use_required_attribute = False


class GrantForm(forms.Form):
    """The answer: another day may be given; a refusal says why."""

    until = DayField(label="批准延至", required=False, help_text="不填即申请的日期")
    note = forms.CharField(
        label="批复意见", max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="不同意须写理由",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of one item, and what she saw."""

    item: OrderItem
    outcome: str
    text: str
    link: str
    file: UploadedFile[bytes] | None

    @property
    def is_new(self) -> bool:
        """Does it say more than what is kept already?"""
        return self.outcome != self.item.person_outcome or bool(self.text or self.link or self.file)


class JudgeForm(forms.Form):
    """复查结论: for each answered item 未改 or 已改, with what was seen; and 退回意见."""

    reason = forms.CharField(
        label="退回意见", max_length=1000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="退回时必填：还差什么，怎么改",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, items: Iterable[OrderItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            key = str(item.pk)
            self.fields[f"outcome-{key}"] = forms.ChoiceField(
                label="结论",
                choices=[("", "还没有看"), *Outcome.choices[:2]],
                required=False,
                initial=item.person_outcome,
            )
            self.fields[f"seen-{key}"] = forms.CharField(
                label="看到的", max_length=500, required=False
            )
            self.fields[f"link-{key}"] = forms.CharField(
                label="证据链接", max_length=500, required=False
            )
            self.fields[f"file-{key}"] = forms.FileField(label="证据文件", required=False)

    @property
    def rows(self) -> list[tuple[OrderItem, list[forms.BoundField]]]:
        """Each item with its four fields, for the page."""
        parts = ("outcome", "seen", "link", "file")
        return [(item, [self[f"{part}-{item.pk}"] for part in parts]) for item in self.items]

    @property
    def judgements(self) -> list[Judgement]:
        """What was said, of valid input; items without a conclusion are left out."""
        got = self.cleaned_data
        said = [
            Judgement(
                item=item,
                outcome=got[f"outcome-{item.pk}"],
                text=got[f"seen-{item.pk}"],
                link=got[f"link-{item.pk}"],
                file=got[f"file-{item.pk}"],
            )
            for item in self.items
        ]
        return [one for one in said if one.outcome]


class TermsForm(forms.Form):
    """Each term in working days."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, _days) in TERMS.items():
            self.fields[name.value] = WorkdaysField(label=label)


class HeadForm(forms.Form):
    """What stands before the year of a number."""

    series = forms.ChoiceField(
        label="用在", choices=[(key, label) for key, (label, _) in HEADS.items()]
    )
    words = forms.CharField(label="字号", max_length=16, help_text="如：华园媒整")
