"""The filter of the log."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from meice.audit.models import EntryQuerySet
from meice.audit.phrases import named_acts
from meice.kernel.slots import unit_choices
from meice.web.fields import DayField

_NUMBER = re.compile(r"\d{7}")


class LogFilter(forms.Form):
    """Who, which act, which unit, from which day to which day (both included)."""

    who = forms.CharField(
        label="谁", max_length=60, required=False, widget=forms.TextInput({"class": "m-w-name"})
    )
    act = forms.ChoiceField(label="动作", required=False)
    unit = forms.ChoiceField(label="单位", required=False)
    since = DayField(label="从", required=False)
    until = DayField(label="到", required=False)

    def __init__(self, query: Any, user: Any) -> None:
        super().__init__(query)
        acts = sorted(named_acts().items(), key=lambda pair: pair[1])
        units = [pair for source in unit_choices for pair in source.find(user)]
        self._choose("act", acts)
        self._choose("unit", units)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "不限"), *choices]

    def clean_who(self) -> str:
        """A name; long numbers have no place in an address."""
        who: str = self.cleaned_data["who"].strip()
        if _NUMBER.search(who):
            raise forms.ValidationError("按姓名查，不要填号码。")
        return who

    def narrow(self, entries: EntryQuerySet) -> EntryQuerySet:
        """The entries asked for; none while the form has an error."""
        if not self.is_valid():
            return entries.none()
        asked = self.cleaned_data
        if asked["who"]:
            entries = entries.filter(actor_name__icontains=asked["who"])
        if asked["act"]:
            entries = entries.filter(act=asked["act"])
        if asked["unit"]:
            entries = entries.filter(unit_path__startswith=asked["unit"])
        until = asked["until"] and asked["until"] + timedelta(days=1)
        return entries.between(_midnight(asked["since"]), _midnight(until))

    @property
    def is_asking(self) -> bool:
        """Is any condition set?"""
        return self.is_valid() and any(self.cleaned_data.values())


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
