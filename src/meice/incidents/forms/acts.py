"""Small forms: a measure, a note, a letter, its receipt, the end, a person, a class, another number."""

from typing import Any

from django import forms

from meice.incidents.classes import IncidentKind, Office, Severity
from meice.incidents.forms.fields import FilesField, words
from meice.incidents.forms.report import units_of
from meice.incidents.models import Incident
from meice.incidents.policies import may_refer_to
from meice.orgs.models import Post, Unit, User
from meice.registry.models import Outlet
from meice.web.fields import MomentField, PickSelect

SCANS = ".pdf,.jpg,.jpeg,.png"


class _Form(forms.Form):
    """Faults are shown with the form, not by the browser; several stand on one page, so that each
    has ids of its own."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}_%s")
        super().__init__(*args, **kwargs)


class MeasureForm(_Form):
    """处置: what was done."""

    text = words("做了什么", hint="如：已截屏留证，删除 3 条评论，拉黑发布者")
    cleared = forms.BooleanField(label="有害内容已清除", required=False)
    proofs = FilesField(label="证据")

    def __init__(self, *args: Any, harmful: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not harmful:
            del self.fields["cleared"]


class NoteForm(_Form):
    """A line in the timeline."""

    text = words("记录", rows=2, required=False)
    proofs = FilesField(label="证据")


class ReasonForm(_Form):
    """A reason in words."""

    reason = words("理由")


class CloseForm(_Form):
    """办结."""

    conclusion = words("办结意见", hint="怎么处置的，现在怎么样")
    lessons = words("教训和改进", hint="为什么会发生，以后怎么防止")


class ReferForm(_Form):
    """转送函. Offices to which she may not write are left out."""

    office = forms.ChoiceField(label="送往")
    addressee = forms.CharField(
        label="收文单位",
        max_length=100,
        required=False,
        help_text="校外单位写全称，如：某市委网信办",
    )
    facts = words("情况", rows=4, hint="何时、何处、何事，已采取的措施")
    request = words("请办事项", rows=2, hint="请对方做什么、何时答复")
    attachments = forms.CharField(
        label="附件", max_length=300, required=False, help_text="如：截图 3 张"
    )

    def __init__(self, *args: Any, incident: Incident, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(o.value, o.label) for o in Office if may_refer_to(by, incident, o)]
        self.fields["office"].choices = [("", "请选"), *offices]  # type: ignore[attr-defined]


class ReceiveForm(_Form):
    """The receipt of a letter."""

    name = forms.CharField(
        label="签收人",
        max_length=60,
        required=False,
        help_text="自己签收可不填；纸质回执写签收人姓名",
    )
    received_at = MomentField(label="签收时间", required=False)
    scan = forms.FileField(
        label="回执扫描件", required=False, widget=forms.FileInput({"accept": SCANS})
    )
    note = forms.CharField(label="备注", max_length=500, required=False)


class AssignForm(_Form):
    """指派: people of the unit and of those above it."""

    to = forms.ModelChoiceField(
        User.objects.none(), label="交给谁", empty_label="请选", widget=PickSelect
    )
    note = forms.CharField(label="交代", max_length=300, required=False)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        path = incident.unit_path
        steps = [path[:end] for end in range(4, len(path) + 1, 4)]
        held = (
            Post.objects.current()
            .filter(unit__path__in=steps)
            .exclude(role__in=("auditor", "admin"))
        )
        people = User.objects.filter(is_active=True, pk__in=held.values("user"))
        self.fields["to"].queryset = people.order_by("pinyin_key", "pk")  # type: ignore[attr-defined]


class GradeForm(_Form):
    """改定."""

    kind = forms.ChoiceField(label="类别", choices=IncidentKind.choices)
    severity = forms.ChoiceField(label="等级", choices=Severity.choices)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="涉事单位", empty_label=None, widget=PickSelect
    )
    outlet = forms.ModelChoiceField(
        Outlet.objects.none(), label="账号（网站）", required=False, empty_label="没有",
        widget=PickSelect,
    )  # fmt: skip
    reason = words("理由", rows=2)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(by)  # type: ignore[attr-defined]
        outlets = Outlet.objects.visible_to(by).standing().order_by("pinyin_key", "pk")
        self.fields["outlet"].queryset = outlets  # type: ignore[attr-defined]


class MergeForm(_Form):
    """合并: the number of the incident that stays."""

    number = forms.CharField(
        label="并入哪一件", max_length=20, help_text="写保留的那件的编号，如 SJ-2026-0012"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.target: Incident | None = None

    def clean_number(self) -> str:
        """One that she sees."""
        number = "".join(str(self.cleaned_data["number"]).upper().split())
        self.target = Incident.objects.visible_to(self.by).filter(number=number).first()
        if self.target is None:
            raise forms.ValidationError("没有这个编号的事件。")
        return number
