"""Small forms: a return, a scan, an exception, a self-found problem, the settings."""

from typing import Any

from django import forms

from meice.engines.outlets import PLATFORMS
from meice.orgs.models import Unit
from meice.registry.models import Outlet, ReturnReason, Way
from meice.registry.workflow import TERMS
from meice.web.fields import DayField, PickSelect, WorkdaysField

DAY_HINT = "如 2026-11-20、11.20、1120、明天"
CAPPED = [(p.key, p.name) for p in PLATFORMS if not p.exempt]
PROBLEMS = (
    "无更新",
    "信息发布不准确",
    "互动回应不及时",
    "运维管理不规范",
    "审核机制不健全",
    "与认证身份不符",
)
"""The five classes of notice 一（二） and 审核机制不健全, as annex 1 writes them."""


class ReturnForm(forms.Form):
    """Why it goes back, and what is to be mended."""

    reasons = forms.MultipleChoiceField(
        label="退回原因", choices=ReturnReason.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label="请单位怎么改", max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class ScanForm(forms.Form):
    """The stamped page."""

    file = forms.FileField(
        label="盖章件扫描",
        help_text="PDF、JPG 或 PNG，20 MB 以内",
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class AvatarForm(forms.Form):
    """The account's picture."""

    picture = forms.FileField(
        label="头像",
        help_text="JPG、PNG 或 GIF，与平台上的一致",
        widget=forms.FileInput({"accept": ".jpg,.jpeg,.png,.gif"}),
    )


class ExceptionForm(forms.Form):
    """A second place of a unit on a platform."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="单位", empty_label="请选", widget=PickSelect
    )
    platform = forms.ChoiceField(label="平台", choices=CAPPED)
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea({"rows": 2}))
    expires_on = DayField(label="到期", help_text=DAY_HINT)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    """A later day, with its reason."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea({"rows": 2}))
    expires_on = DayField(label="新的到期日", help_text=DAY_HINT)


class ProblemForm(forms.Form):
    """What the unit found itself: none means 无问题."""

    problems = forms.MultipleChoiceField(
        label="自查发现的问题",
        choices=[(p, p) for p in PROBLEMS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="都不选即「无问题」",
    )
    other = forms.CharField(label="其他问题", max_length=100, required=False)
    rectified = forms.BooleanField(label="已整改", required=False)

    @classmethod
    def of(cls, outlet: Outlet) -> "ProblemForm":
        """Filled with what stands in the register."""
        known = [p for p in outlet.problem_list if p in PROBLEMS]
        other = "、".join(p for p in outlet.problem_list if p not in PROBLEMS)
        return cls(
            initial={"problems": known, "other": other, "rectified": outlet.rectified == "是"}
        )

    @property
    def found(self) -> list[str]:
        """All problems named, in the notice's words."""
        other = self.cleaned_data["other"].replace("，", "、").replace(",", "、")
        return [*self.cleaned_data["problems"], *filter(None, other.split("、"))]


class TermsForm(forms.Form):
    """Each term in working days."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, _days) in TERMS.items():
            self.fields[name.value] = WorkdaysField(label=label)


class DayForm(forms.Form):
    """One day of this deployment."""

    day = DayField(label="日期", help_text=DAY_HINT)
    is_workday = forms.TypedChoiceField(
        label="这天",
        choices=[("yes", "上班"), ("no", "放假")],
        coerce=lambda value: value == "yes",
    )
    note = forms.CharField(label="说明", max_length=60, required=False)


class RouteForm(forms.Form):
    """What stands between a unit's drafts and its leader."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="单位", empty_label="请选", widget=PickSelect
    )
    way = forms.ChoiceField(label="审核环节", choices=Way.choices)
    endorser = forms.ModelChoiceField(
        Unit.objects.none(),
        label="会签单位",
        required=False,
        empty_label="不需要",
        widget=PickSelect,
    )

    def __init__(self, *args: Any, units: Any, endorsers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["endorser"].queryset = endorsers  # type: ignore[attr-defined]
