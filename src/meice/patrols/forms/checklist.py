"""The lines of a list: changed, dropped, added."""

from collections.abc import Iterable
from typing import Any

from django import forms

from meice.patrols.checklist import KIND_LABELS, Check
from meice.patrols.models import ChecklistVersion
from meice.rectification.catalogue import CHOICES

LONGEST = 60


class NameForm(forms.Form):
    """The name of a list, and the version that was on the page."""

    name = forms.CharField(label="名称", max_length=80)
    number = forms.IntegerField(widget=forms.HiddenInput)

    use_required_attribute = False


class CheckForm(forms.Form):
    """One line; one without text is none."""

    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    clause = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    source = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="检查项", max_length=LONGEST, help_text="写没有问题时的样子")
    hint = forms.CharField(label="提示", max_length=120, required=False)
    kinds = forms.MultipleChoiceField(
        label="只问这些类型", choices=list(KIND_LABELS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    problem = forms.ChoiceField(label="有问题时归入", choices=CHOICES, initial="other")

    use_required_attribute = False


CheckSet = forms.formset_factory(
    CheckForm, extra=3, max_num=40, absolute_max=40, can_delete=True, can_order=True
)


def initial_checks(version: ChecklistVersion) -> list[dict[str, Any]]:
    """The lines as the form shows them."""
    return [
        {"key": check.key, "clause": check.clause, "source": check.source, "text": check.text,
         "hint": check.hint, "kinds": list(check.kinds), "problem": check.problem}
        for check in version.checks
    ]  # fmt: skip


def checks_of(rows: Iterable[dict[str, Any]]) -> list[Check]:
    """What was typed, in the order of the numbers; lines without text are left out."""
    kept = [row for row in rows if row.get("text") and not row.get("DELETE")]
    kept.sort(key=lambda row: row.get("ORDER") or 1000)
    return [
        Check(
            key=row["key"],
            text=" ".join(row["text"].split()),
            hint=" ".join(row["hint"].split()),
            kinds=tuple(row["kinds"]),
            problem=row["problem"],
            clause=row["clause"],
            source=row["source"],
        )
        for row in kept
    ]
