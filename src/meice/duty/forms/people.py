"""People typed by name or 工号, one a line, in their order; hours typed as `白班 08:00-20:00`."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from meice.duty.rota import Hours
from meice.orgs.models import User

MOST_PEOPLE = 60
MOST_WATCHES = 8
LINE = re.compile(
    r"(?P<name>\S.*?)\s+(?P<begins>\d{1,2}[:：]\d{2})\s*(?:[-–—~～至到]|--)\s*(?:次日)?\s*"
    r"(?P<ends>\d{1,2}[:：]\d{2})"
)


class PeopleField(forms.CharField):
    """Several people out of `among`, in the order of the lines."""

    def __init__(self, *, among: "QuerySet[User] | None" = None, **given: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 5}), max_length=4000, strip=True, **given)
        self.among: QuerySet[User] = among if among is not None else User.objects.none()

    def clean(self, value: Any) -> list[User]:
        """The people; every line that names nobody or several is said."""
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        words = [word for line in lines for word in re.split(r"[、，,;；]", line) if word.strip()]
        if len(words) > MOST_PEOPLE:
            raise ValidationError(f"一次最多写 {MOST_PEOPLE} 人。")
        return named(words, self.among)


class PersonField(forms.CharField):
    """One person out of `among`."""

    def __init__(self, *, among: "QuerySet[User] | None" = None, **given: Any) -> None:
        widget = forms.TextInput({"class": "m-w-name", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=60, strip=True, **given)
        self.among: QuerySet[User] = among if among is not None else User.objects.none()

    def clean(self, value: Any) -> User | None:
        """The person."""
        typed = super().clean(value)
        return named([typed], self.among)[0] if typed else None


def named(words: Iterable[str], among: "QuerySet[User]") -> list[User]:
    """The people of these names or 工号; raises what the field shows, of all lines at once."""
    bare = [word.strip() for word in words]
    asked = Q(pk__in=[])
    for word in bare:
        asked |= Q(name=word) | Q(username__iexact=word)
    rows = list(among.filter(asked).distinct().order_by("pk"))
    found, wrong = [], []
    for word in bare:
        here = [one for one in rows if word == one.name or word.lower() == one.username.lower()]
        if len(here) == 1:
            found.append(here[0])
        elif here:
            numbers = "、".join(one.username for one in here)
            wrong.append(f"叫「{word}」的有 {len(here)} 人，请写工号：{numbers}。")
        else:
            wrong.append(f"没有能在这里值班、叫「{word[:20]}」的人；写姓名或工号。")
    if wrong:
        raise ValidationError(wrong)
    return found


class HoursField(forms.CharField):
    """The watches of a day, one a line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 4}), max_length=600, **given)

    def prepare_value(self, value: Any) -> str:
        """As people write it."""
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(f"{one.name} {one.begins:%H:%M}-{one.ends:%H:%M}" for one in value)

    def clean(self, value: Any) -> list[Hours]:
        """The watches; each line that is not one is said."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_WATCHES:
            raise ValidationError(f"一天最多 {MOST_WATCHES} 个班次。")
        hours, wrong = [], []
        for line in lines:
            try:
                hours.append(_hours(line))
            except ValueError:
                wrong.append(f"「{line[:30]}」认不出来，写成「白班 08:00-20:00」的样子。")
        if wrong:
            raise ValidationError(wrong)
        return hours


def _hours(line: str) -> Hours:
    match = LINE.fullmatch(line)
    if match is None or len(match["name"]) > 12:
        raise ValueError(line)
    return Hours(match["name"], _clock(match["begins"]), _clock(match["ends"]))


def _clock(text: str) -> time:
    """24:00 is the next day's 0:00."""
    hour, minute = text.replace("：", ":").split(":")
    return time(0) if (int(hour), int(minute)) == (24, 0) else time(int(hour), int(minute))
