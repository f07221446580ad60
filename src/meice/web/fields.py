"""Fields that a form types freely: a day or a moment, said back in full; a unit, found by pinyin.

Without JavaScript they are a text field and a plain select; the answer then comes with the page.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from meice.kernel.clock import now
from meice.kernel.days import day_words, moment_words, read_day, read_moment

BAD_DAY = "认不出这个日期「{}」。可写 2026-11-20、11.20、1120 或「明天」。"
BAD_MOMENT = "认不出这个时间「{}」。写成 2026-11-20 12:00，或 11月20日 上午12点。"


def _today() -> date:
    return timezone.localdate(now())


class DayInput(forms.TextInput):
    """A text input that says under itself which day it understood."""

    kind = "day"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"class": "m-w-name", "autocomplete": "off", f"data-m-{self.kind}": "on"}
        super().__init__(own | (attrs or {}))

    def format_value(self, value: Any) -> str:
        """As people write it: `2026-11-20`."""
        return value.isoformat() if isinstance(value, date) else str(value or "")

    def words(self, text: str) -> str:
        """What was understood; blank for what cannot be read."""
        day = read_day(text, _today())
        return day_words(day) if day else ""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        control = super().render(name, value, attrs, renderer)
        said = self.words(self.format_value(value))
        target = (attrs or {}).get("id", "")
        return format_html(
            '{}<output class="m-day-said" for="{}">{}</output>', control, target, said
        )


class MomentInput(DayInput):
    """Day and time."""

    kind = "moment"

    def format_value(self, value: Any) -> str:
        """`2026-11-20 12:00` on the wall of Beijing."""
        if not isinstance(value, datetime):
            return str(value or "")
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"

    def words(self, text: str) -> str:
        """What was understood."""
        moment = read_moment(text, _today())
        return moment_words(moment) if moment else ""


class DayField(forms.Field):
    """A day typed freely; cleans to `date`, None when blank."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """The day; raises what the field shows."""
        if value in (None, "") or isinstance(value, date):
            return value or None
        day = read_day(str(value), _today())
        if day is None:
            raise forms.ValidationError(BAD_DAY.format(str(value).strip()[:40]))
        return day


class MomentField(forms.Field):
    """Day and time typed freely; cleans to an aware `datetime`."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        """The moment in Beijing's zone; raises what the field shows."""
        if value in (None, "") or isinstance(value, datetime):
            return value or None
        moment = read_moment(str(value), _today())
        if moment is None:
            raise forms.ValidationError(BAD_MOMENT.format(str(value).strip()[:40]))
        return timezone.make_aware(moment)


class WorkdaysField(forms.IntegerField):
    """A term: 1 to 250 working days, about a year."""

    def __init__(self, *, label: str) -> None:
        widget = forms.NumberInput({"class": "m-w-phone"})
        super().__init__(
            label=label, min_value=1, max_value=250, help_text="个工作日", widget=widget
        )


def found_by(one: Any) -> str:
    """The letters and other names by which the box of `pick.js` finds a unit or a person."""
    return " ".join(filter(None, (one.pinyin_key, getattr(one, "short_name", "")))).lower()


class _Found:
    """Options carry what they are found by."""

    def create_option(self, name: str, value: Any, *args: Any, **given: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **given)  # type: ignore[misc]
        one = getattr(value, "instance", None)
        if one is not None:
            option["attrs"]["data-find"] = found_by(one)
        return option


class PickSelect(_Found, forms.Select):
    """One unit or person, by name, 简称 or pinyin."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-m-pick": "one"} | (attrs or {}), choices)


class UnitsSelect(_Found, forms.SelectMultiple):
    """Several units."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-m-pick": "many", "size": 8} | (attrs or {}), choices)
