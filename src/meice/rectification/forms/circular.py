"""A circular: scope, period, words; and the filter of their list."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from meice.engines.outlets import PLATFORMS
from meice.orgs.models import Unit
from meice.rectification.actions import CircularText
from meice.rectification.models import Circular, CircularStatus
from meice.web.fields import DayField

BASIS = (
    "《关于加强学校新媒体（网站）运维管理的通知》；参照《政府网站与政务新媒体检查指标》"
    "（国办秘函〔2019〕19号）。"
)


class CircularForm(forms.Form):
    """What is checked, when, and what is said of it."""

    title = forms.CharField(label="标题", max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="范围", empty_label=None)
    platforms = forms.MultipleChoiceField(
        label="类型", choices=[(p.key, p.name) for p in PLATFORMS if p.publishes], required=False,
        widget=forms.CheckboxSelectMultiple, help_text="不选即全部类型",
    )  # fmt: skip
    first_day = DayField(label="检查开始")
    last_day = DayField(label="检查结束")
    basis = forms.CharField(
        label="检查依据", max_length=1000, required=False, initial=BASIS,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    overall = forms.CharField(
        label="整体评价", max_length=3000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="合格率和问题分类由系统统计，不用手写",
    )  # fmt: skip
    demands = forms.CharField(
        label="整改要求", max_length=3000, required=False, widget=forms.Textarea({"rows": 4})
    )
    mend_by = DayField(label="整改时限", required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The period runs forward."""
        got: dict[str, Any] = super().clean() or {}
        first, last = got.get("first_day"), got.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", "检查结束须不早于开始。")
        return got

    @property
    def said(self) -> CircularText:
        """Of valid input."""
        return CircularText(**self.cleaned_data)

    @classmethod
    def of(cls, circular: Circular, units: Any) -> "CircularForm":
        """Filled with a draft."""
        fields = (
            "title", "unit", "platforms", "first_day", "last_day", "basis", "overall", "demands",
            "mend_by",
        )  # fmt: skip
        return cls(initial={name: getattr(circular, name) for name in fields}, units=units)


@dataclass(frozen=True, slots=True)
class CircularFilter:
    """The filters of the list."""

    term: str = ""
    status: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "CircularFilter":
        """Read the query."""
        status = query.get("status", "")
        return cls(
            term=" ".join(query.get("q", "").split())[:80],
            status=status if status in CircularStatus.values else "",
        )
