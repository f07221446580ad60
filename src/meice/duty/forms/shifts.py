"""What people type about a shift: another person, a swap, a note, an absence, a period."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from meice.duty.actions import Absence
from meice.duty.forms.people import PersonField
from meice.duty.gaps import day_words
from meice.duty.models import Member, OpenItem, Roster, Shift, people_of
from meice.kernel.days import read_day
from meice.orgs.models import User
from meice.web.fields import DayField

SWAP_AHEAD = timedelta(weeks=8)
MOST_SWAPPED = 200
LONGEST_PERIOD = timedelta(days=366)
WHO = "写姓名或工号"


class ChangeForm(forms.Form):
    """Who has it instead, and why."""

    to = PersonField(label="改由谁值", help_text=WHO)
    reason = forms.CharField(label="原因", max_length=200)

    use_required_attribute = False

    def __init__(self, *args: Any, shift: Shift, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"].among = people_of(shift.roster.unit)  # type: ignore[attr-defined]


class _Choice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    def label_from_instance(self, shift: Any) -> str:
        return f"{shift.user}：{day_words(shift.day)} {shift.layer} {shift.watch}（{shift.hours}）"


class SwapForm(forms.Form):
    """Whom to ask, and one of her shifts in exchange."""

    to = PersonField(label="请谁", required=False, help_text=f"{WHO}；选了下面一班就不用写")
    given = _Choice(
        Shift.objects.none(), label="换回哪一班", required=False, empty_label="不换回，请对方替班"
    )
    reason = forms.CharField(label="原因", max_length=200)

    use_required_attribute = False

    def __init__(self, *args: Any, shift: Shift, by: User, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"].among = people_of(shift.roster.unit).exclude(pk=by.pk)  # type: ignore[attr-defined]
        rows = Shift.objects.of(shift.roster).filter(
            begins_at__gt=shift.changed_at, begins_at__lt=shift.begins_at + SWAP_AHEAD
        )
        rows = rows.exclude(user=None).exclude(user=by).exclude(swaps__status="asked")
        self.fields["given"].queryset = rows.select_related("layer", "user")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody is asked, by name or by her shift."""
        got = super().clean() or {}
        given, to = got.get("given"), got.get("to")
        if given is not None and to is None:
            got["to"] = given.user
        elif given is not None and given.user != to:
            self.add_error("given", f"这一班不是{to}的。")
        elif to is None and "to" not in self.errors:
            self.add_error("to", "写请谁替班，或选换回的一班。")
        return got


class HandoverForm(forms.Form):
    """The note, what is new and open, what of before is settled."""

    text = forms.CharField(
        label="值班情况", max_length=4000, widget=forms.Textarea({"rows": 5}),
        help_text="巡查情况、发现的问题、处置和上报；没有情况写「无异常」。",
    )  # fmt: skip
    done = forms.ModelMultipleChoiceField(
        OpenItem.objects.none(), label="已办结的事项", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="没勾的继续交给下一班。",
    )  # fmt: skip
    items = forms.CharField(
        label="新的交班事项", max_length=4000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="一行一件，交给下一班接着办；没有就空着。",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, shift: Shift, **given: Any) -> None:
        super().__init__(*args, **given)
        rows = OpenItem.objects.filter(layer=shift.layer_id, done_at=None)
        if rows.exists():
            self.fields["done"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["done"]

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        got = self.cleaned_data
        done = [item.pk for item in got.get("done", ())]
        return {"text": got["text"], "items": got["items"].splitlines(), "done": done}


class NoteForm(forms.Form):
    """A word with an answer."""

    note = forms.CharField(label="附言", max_length=200, required=False)


class StandInForm(forms.Form):
    """Who is away, who stands in, from when to when."""

    absent = forms.ModelChoiceField(User.objects.none(), label="谁不在岗", empty_label="选一个人")
    stand_in = PersonField(label="由谁代班", help_text=WHO)
    first_day = DayField(label="从")
    last_day = DayField(label="到")
    reason = forms.CharField(label="原因", max_length=200, help_text="如：公出、病假")

    use_required_attribute = False

    def __init__(self, *args: Any, roster: Roster, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["stand_in"].among = people_of(roster.unit)  # type: ignore[attr-defined]
        self.fields["absent"].queryset = staff_of(roster)  # type: ignore[attr-defined]

    def absence(self) -> Absence:
        """What was typed."""
        got = self.cleaned_data
        return Absence(
            got["absent"], got["stand_in"], got["first_day"], got["last_day"], got["reason"]
        )


def staff_of(roster: Roster) -> Any:
    """Who stands in its orders or has a shift of it ahead."""
    members = Member.objects.filter(pattern__layer__roster=roster).values("user")
    shifts = Shift.objects.of(roster).exclude(user=None).values("user")
    found = User.objects.filter(pk__in=members) | User.objects.filter(pk__in=shifts)
    return found.order_by("pinyin_key", "pk")


class FillForm(forms.Form):
    """Until which day."""

    until = DayField(label="排到哪天")


def period_of(query: QueryDict, today: date) -> tuple[date, date]:
    """`first` … `last` of the query, at most a year; else the term so far: six months back."""
    first = read_day(query.get("first", ""), today) or today - timedelta(days=182)
    last = read_day(query.get("last", ""), today) or today
    return (first, min(last, first + LONGEST_PERIOD)) if first <= last else (last, first)
