"""The draft of an order: its items, the demands, the basis."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms

from meice.orgs.models import User
from meice.rectification.actions import NewItem
from meice.rectification.catalogue import CHOICES, Severity
from meice.rectification.models import OrderItem, Source
from meice.registry.models import Outlet
from meice.web.fields import DayField

MANUAL_SOURCES = [(s.value, s.label) for s in Source if s not in (Source.PROBE, Source.SELF)]


class ItemForm(forms.Form):
    """One problem; a row without a word is none."""

    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)
    problem = forms.ChoiceField(label="问题", choices=[("", "请选"), *CHOICES])
    outlet = forms.ModelChoiceField(
        Outlet.objects.none(), label="账号（网站）", required=False, empty_label="单位自身"
    )
    text = forms.CharField(
        label="事实", max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text="写明何时看到什么，如：截至10月30日，最近一条信息发布于9月28日",
    )  # fmt: skip
    severity = forms.ChoiceField(
        label="轻重", choices=[("", "按问题目录"), *Severity.choices], required=False
    )
    source_kind = forms.ChoiceField(
        label="来源", choices=MANUAL_SOURCES, required=False, initial=Source.MANUAL
    )
    updated_on = DayField(label="检查时更新日期", required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, outlets: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outlets is not None:
            self.fields["outlet"].queryset = outlets  # type: ignore[attr-defined]


class _Items(forms.BaseFormSet[ItemForm]):
    """At least one problem."""

    def clean(self) -> None:
        """Blank rows do not count."""
        if not any(self.errors) and not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError("整改单至少写一个问题。")


ItemSet = forms.formset_factory(
    ItemForm, formset=_Items, extra=3, max_num=50, absolute_max=50, can_delete=True
)


class DraftForm(forms.Form):
    """The words around the items; blank: proposed from the catalogue."""

    demands = forms.CharField(
        label="整改要求", max_length=3000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="不填按问题目录自动写",
    )  # fmt: skip
    basis = forms.CharField(
        label="认定依据", max_length=1000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="不填按条款自动写",
    )  # fmt: skip


def initial_items(items: Iterable[OrderItem]) -> list[dict[str, Any]]:
    """The rows of a draft as the form shows them."""
    return [
        {
            "kept": item.pk, "problem": item.problem, "outlet": item.outlet_id, "text": item.text,
            "severity": item.severity, "source_kind": item.source_kind,
            "updated_on": item.updated_on,
        }
        for item in items
    ]  # fmt: skip


def new_items(
    rows: Iterable[Mapping[str, Any]], kept: Iterable[OrderItem] = (), people: Iterable[User] = ()
) -> list[NewItem]:
    """What the rows order; a row that was there keeps the finding it came from."""
    known = {item.pk: item for item in kept}
    names = {person.pk: person for person in people}
    return [_new_item(row, known, names) for row in rows if row and not row.get("DELETE")]


def _new_item(
    row: Mapping[str, Any], known: Mapping[int, OrderItem], names: Mapping[int, User]
) -> NewItem:
    item = NewItem(
        problem=row["problem"],
        text=row["text"],
        outlet=row["outlet"],
        severity=row["severity"],
        source_kind=row["source_kind"] or Source.MANUAL,
        updated_on=row["updated_on"],
    )
    old = known.get(row.get("kept") or 0)
    if old is None:
        return item
    return replace(
        item,
        source_kind=old.source_kind,
        source_id=old.source_id,
        source_url=old.source_url,
        evidence_count=old.evidence_count,
        verified_by=tuple(names[pk] for pk in old.verified_by if pk in names),
        verified_on=old.verified_on,
    )
