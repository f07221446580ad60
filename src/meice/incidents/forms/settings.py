"""时限, 升级链, 公开举报, 字号."""

from typing import Any

from django import forms

from meice.incidents.models import Audience, Watch
from meice.incidents.workflow import DOORS, TERMS, TIMES, Rung, TermName

MOST_MINUTES = 10080


class TermsForm(forms.Form):
    """The numbers of one group: the times, or the public form."""

    def __init__(self, *args: Any, doors: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = DOORS if doors else TIMES
        for name in self.names:
            if name is TermName.PUBLIC:
                self.fields[name.value] = forms.BooleanField(label="开放公开举报", required=False)
                continue
            self.fields[name.value] = forms.IntegerField(
                label=TERMS[name][0], min_value=1, max_value=MOST_MINUTES,
                widget=forms.NumberInput({"class": "m-w-phone"}),
            )  # fmt: skip

    @property
    def numbers(self) -> dict[TermName, int]:
        """What was said, of valid input."""
        return {name: int(self.cleaned_data[name.value]) for name in self.names}


class RungForm(forms.Form):
    """One step of the chain."""

    watch = forms.ChoiceField(label="等什么", choices=Watch.choices)
    minutes = forms.IntegerField(
        label="时限后几分钟", min_value=-1440, max_value=MOST_MINUTES, help_text="负数是时限前",
        widget=forms.NumberInput({"class": "m-w-phone"}),
    )  # fmt: skip
    audience = forms.ChoiceField(label="告诉谁", choices=Audience.choices)

    use_required_attribute = False

    @property
    def rung(self) -> Rung:
        """What was said, of valid input."""
        got = self.cleaned_data
        return Rung(Watch(got["watch"]), got["minutes"], Audience(got["audience"]))


def rungs_of(chain: "forms.BaseFormSet[_Row]") -> list[Rung]:
    """The chain as it was sent; rows without minutes are none."""
    kept = [form for form in chain.forms if form not in chain.deleted_forms]
    return [form.rung for form in kept if form.cleaned_data.get("minutes") is not None]


class _Row(RungForm):
    minutes = forms.IntegerField(
        label="时限后几分钟", min_value=-1440, max_value=MOST_MINUTES, required=False,
        widget=forms.NumberInput({"class": "m-w-phone"}),
    )  # fmt: skip


class _Rows(forms.BaseFormSet["_Row"]):
    """In a table the headings say what a field is; whoever only hears it is told with the row."""

    def add_fields(self, form: Any, index: Any) -> None:
        """Each field is called by its row and its heading."""
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = f"第{(index or 0) + 1}档 {field.label}"


ChainSet = forms.formset_factory(
    _Row, formset=_Rows, extra=2, max_num=40, absolute_max=40, can_delete=True
)


class HeadForm(forms.Form):
    """What stands before the year of a letter."""

    words = forms.CharField(label="转送函字号", max_length=16, help_text="如：华园媒转")
