"""巡查设置: hours of the ladder, notable days."""

from typing import Any

from django import forms

from meice.patrols.rhythm import Notable
from meice.patrols.workflow import TERMS

LONGEST_HOURS = 240


class TermsForm(forms.Form):
    """Each term in hours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, _hours) in TERMS.items():
            self.fields[name.value] = forms.IntegerField(
                label=label, min_value=1, max_value=LONGEST_HOURS, help_text="小时",
                widget=forms.NumberInput({"class": "m-w-phone"}),
            )  # fmt: skip


class NotableForm(forms.Form):
    """One notable day."""

    name = forms.CharField(label="名称", max_length=40, help_text="如：校庆日")
    month = forms.IntegerField(
        label="月", min_value=1, max_value=12, widget=forms.NumberInput({"class": "m-w-phone"})
    )
    day = forms.IntegerField(
        label="日", min_value=1, max_value=31, widget=forms.NumberInput({"class": "m-w-phone"})
    )
    year = forms.IntegerField(
        label="年", min_value=2020, max_value=2100, required=False,
        widget=forms.NumberInput({"class": "m-w-phone"}), help_text="不填就是每年",
    )  # fmt: skip

    use_required_attribute = False

    @property
    def said(self) -> Notable:
        """What was typed."""
        return Notable(**self.cleaned_data)
