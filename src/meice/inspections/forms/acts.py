"""What a person says of a finding, and what she brings in."""

from typing import Any

from django import forms

from meice.inspections.models import Judgement, Origin, Severity
from meice.orgs.models import Unit, User
from meice.rectification.catalogue import CHOICES
from meice.registry.models import Outlet
from meice.web.fields import DayField, PickSelect

LOOK = "look"
ANSWERS = [*Judgement.choices, (LOOK, "再看一次")]


class JudgeForm(forms.Form):
    """The three answers of the queue: 属实, 不属实, 再看一次."""

    verdict = forms.ChoiceField(label="结论", choices=ANSWERS)
    problem = forms.ChoiceField(label="问题类别", choices=[("", "请选"), *CHOICES], required=False)
    note = forms.CharField(
        label="说明",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="会写进整改单和审计记录；不属实须写理由",
    )
    exempt_until = DayField(
        label="例外到期",
        required=False,
        help_text="只在不属实时用：到这天为止不再提",
    )
    with_order = forms.BooleanField(label="同时开整改单", required=False)
    deadline = DayField(label="整改期限", required=False, help_text="不填按轻重计算工作日")

    def clean(self) -> dict[str, Any]:
        """Each answer asks for its own words."""
        said = super().clean() or {}
        verdict = said.get("verdict")
        if verdict == Judgement.CONFIRM and not said.get("problem"):
            self.add_error("problem", "认定属实须选问题类别。")
        if verdict == Judgement.DISMISS and not str(said.get("note", "")).strip():
            self.add_error("note", "认定不属实须写理由。")
        return said


class NoteForm(forms.Form):
    """Why a verdict is taken back."""

    note = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))


class TransferForm(forms.Form):
    """To which colleague."""

    to = forms.ModelChoiceField(
        User.objects.none(), label="转给", empty_label="请选", widget=PickSelect
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """What stands on the orders besides the findings."""

    deadline = DayField(label="整改期限", required=False, help_text="不填按轻重计算工作日")
    demands = forms.CharField(
        label="整改要求",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="不填用问题目录里的写法",
    )


class RecordForm(forms.Form):
    """抽查 or 上级通报: which outlet or unit, what, where, shown by what."""

    origin = forms.ChoiceField(
        label="来源", choices=[(o.value, o.label) for o in (Origin.SPOT_CHECK, Origin.CIRCULAR)]
    )
    source = forms.CharField(
        label="谁查的、文号", max_length=200, required=False, help_text="通报写文号和发文单位"
    )
    number = forms.CharField(
        label="台账编号",
        max_length=16,
        required=False,
        help_text="有台账的账号（网站）填编号，如 M-0412；只涉及单位的不填",
        widget=forms.TextInput({"class": "m-w-name"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="责任单位", required=False, empty_label="按台账编号"
    )
    problem = forms.ChoiceField(label="问题类别", choices=[("", "请选"), *CHOICES])
    severity = forms.ChoiceField(
        label="轻重",
        choices=[("", "按问题类别"), *Severity.choices],
        required=False,
        help_text="单项否决须两人核实",
    )
    text = forms.CharField(label="发现了什么", max_length=2000, widget=forms.Textarea({"rows": 4}))
    url = forms.URLField(label="网址", max_length=1000, required=False, assume_scheme="http")
    file = forms.FileField(label="证据", required=False, help_text="截图、通报扫描件，20 MB 以内")

    def __init__(self, *args: Any, by: User, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.outlet: Outlet | None = None
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The outlet by its number; its unit is the finding's."""
        said = super().clean() or {}
        number = str(said.get("number") or "").strip()
        if number:
            seen = Outlet.objects.visible_to(self.by).select_related("unit")
            self.outlet = seen.filter(number__iexact=number).first()
            if self.outlet is None:
                self.add_error("number", f"台账里没有编号「{number}」。")
            else:
                said["unit"] = self.outlet.unit
        elif not said.get("unit"):
            self.add_error("unit", "填台账编号，或选责任单位。")
        return said
