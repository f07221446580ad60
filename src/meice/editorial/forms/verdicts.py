"""A reviewer's forms, and those of publishing."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms

from meice.editorial.actions.publishing import Place
from meice.editorial.actions.reviewing import Verdict
from meice.editorial.forms.manuscript import OutletsField, outlets_for
from meice.editorial.models import GATE_HINTS, Gate, Manuscript
from meice.registry.models import Outlet
from meice.web.fields import MomentField


class VerdictForm(forms.Form):
    """五关, words, mistakes found in the proof; `revision` is the text that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    gates = forms.MultipleChoiceField(
        label="五关", choices=Gate.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    opinion = forms.CharField(
        label="意见", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="退回须写，或在正文上批注",
    )  # fmt: skip
    mistakes = forms.IntegerField(
        label="校对差错（处）", min_value=0, max_value=999, required=False,
        widget=forms.NumberInput({"class": "m-w-date"}),
    )  # fmt: skip

    use_required_attribute = False
    open_places: Mapping[str, Sequence[int]] = MappingProxyType({})
    """Under each gate the numbers of the issues that still block."""

    @property
    def said(self) -> Verdict:
        """What she says, of valid input."""
        got = self.cleaned_data
        return Verdict(got["revision"], got["gates"], got["opinion"], got["mistakes"] or 0)

    @property
    def gate_rows(self) -> list[tuple[str, str, str, str, bool]]:
        """Value, label, what it looks at, what is open there, ticked."""
        ticked = set(self["gates"].value() or [])
        return [
            (g.value, str(g.label), GATE_HINTS[g], self._open_at(g), g.value in ticked)
            for g in Gate
        ]

    def _open_at(self, gate: Gate) -> str:
        places = self.open_places.get(gate, ())
        return f"第 {'、'.join(map(str, places))} 处未处理" if places else ""


class CommentForm(forms.Form):
    """Words at the text."""

    quote = forms.CharField(
        label="对哪几个字", max_length=500, required=False,
        help_text="从正文里复制；在正文里选中会自己填上。不填是写给全文",
    )  # fmt: skip
    near = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="批注", max_length=500, widget=forms.Textarea({"rows": 2}))

    use_required_attribute = False


class WaiverForm(forms.Form):
    """Why an issue may stand."""

    reason = forms.CharField(label="放行的理由", max_length=300)

    use_required_attribute = False


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea({"rows": 3}))

    use_required_attribute = False


class OneOutletField(forms.ModelChoiceField[Outlet]):
    """An outlet with its platform."""

    label_from_instance = OutletsField.label_from_instance


class PlaceForm(forms.Form):
    """One outlet, the link, the time; a row without an outlet is none."""

    outlet = OneOutletField(Outlet.objects.none(), label="账号", required=False, empty_label="—")
    url = forms.CharField(
        label="链接", max_length=1000, required=False,
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip
    published_at = MomentField(label="发布时间", required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, manuscript: Manuscript, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlet"].queryset = outlets_for(manuscript.unit)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An outlet has its time; a link has its outlet."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("outlet") and not found.get("published_at") and not self.errors:
            self.add_error("published_at", "写发布的时间。")
        if found.get("url") and not found.get("outlet") and not self.errors:
            self.add_error("outlet", "选发布的账号。")
        return found


class _Places(forms.BaseFormSet[PlaceForm]):
    """At least one place."""

    def clean(self) -> None:
        """Blank rows do not count."""
        if not any(self.errors) and not self.places:
            raise forms.ValidationError("至少写一个发布的账号。")

    @property
    def places(self) -> list[Place]:
        """What was typed, of valid input."""
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        return [
            Place(row["outlet"], row["url"], row["published_at"])
            for row in rows
            if row.get("outlet")
        ]


PlaceSet = forms.formset_factory(PlaceForm, formset=_Places, extra=3, max_num=20, absolute_max=20)
