"""The form of an outlet's entry: one field an item, in sections, people last."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from meice.engines.outlets import PLATFORMS, identify
from meice.orgs.models import Post, Unit
from meice.registry import entry as entries
from meice.registry.entry import PEOPLE, Item, Shape, Value
from meice.registry.models import Filing, FilingKind, Holder, OutletStatus
from meice.web.fields import DayField, PickSelect

ANSWERS = [("", "未填"), ("yes", "是"), ("no", "否")]
PLATFORM_CHOICES = [("", "请选"), *((p.key, p.name) for p in PLATFORMS)]
NEEDED_FOR_A_DRAFT = ("name", "platform", "unit")
WIDTHS = {Shape.DATE: "m-w-date", Shape.NUMBER: "m-w-phone"}
NARROW = {"phone": "m-w-phone", "name": "m-w-name", "title": "m-w-name", "teacher": "m-w-name"}
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("账号", ("name", "platform", "account_id", "url", "permanent_id", "icp", "verified_as")),
    ("归属", ("unit", "responsible_department", "holder", "holder_person", "status")),
    (
        "运营",
        (
            *("opened_on", "followers", "frequency", "purpose", "publishes", "interactive"),
            *("has_review_system", "outsourced", "outsourced_to", "note"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its bound fields."""

    title: str
    fields: list[forms.BoundField]


def field_name(key: str) -> str:
    """The name in the form: `operators.1.name` → `operators__1__name`."""
    return key.replace(".", "__")


class EntryForm(forms.Form):
    """Typed by the item table. `values()` gives the entry, people linked to their accounts."""

    reason = forms.CharField(
        label="事由", required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )
    happened_on = DayField(
        label="变动日期",
        required=False,
        help_text="实际变动的那天；开设填开通或决定开通的那天",
    )
    reports_existing = forms.BooleanField(
        label="账号早已开通，现在补报",
        required=False,
        help_text="补报的账号若是本单位在该平台的第二个，会登记为「待整合」",
    )

    def __init__(
        self,
        *args: Any,
        units: "Any",
        kind: str,
        today: date,
        filing: Filing | None = None,
        entry: Mapping[str, Value] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {field_name(key): _initial(key, value) for key, value in (entry or {}).items()}
        if filing is not None:
            initial |= {
                "reason": filing.reason,
                "happened_on": filing.happened_on,
                "reports_existing": filing.reports_existing,
            }
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.kind, self.today, self.base = kind, today, entry or {}
        for item in entries.ITEMS:
            if item.shape not in (Shape.USER, Shape.FILE):
                self.fields[field_name(item.key)] = _field(item, kind, units)
        if kind != FilingKind.OPEN:
            del self.fields["reports_existing"]

    def sections(self) -> Iterator[Section]:
        """The outlet's fields by heading."""
        for title, keys in SECTIONS:
            yield Section(title, [self[field_name(key)] for key in keys])

    def people(self) -> Iterator[Section]:
        """Each post of the form with its parts."""
        for person, called in PEOPLE.items():
            names = [field_name(f"{person}.{part}") for part, *_ in entries.PERSON_PARTS]
            yield Section(called, [self[name] for name in names if name in self.fields])

    def clean(self) -> dict[str, Any]:
        """The entry's own faults at their fields; a draft may still lack what is due later."""
        cleaned = super().clean() or {}
        values = self.values()
        for key, message in entries.faults_of({**self.base, **values}, self.today):
            is_missing = message.endswith("没有填。") and key not in NEEDED_FOR_A_DRAFT
            if (
                field_name(key) in self.fields
                and not is_missing
                and not self.has_error(field_name(key))
            ):
                self.add_error(field_name(key), message)
        self._compare_address(values)
        return cleaned

    def _compare_address(self, values: Mapping[str, Value]) -> None:
        url, platform = values.get("url"), values.get("platform")
        if not isinstance(url, str):
            return
        found = identify(url)
        if found is None:
            self.add_error("url", "这不是能打开的网址，应像 https://www.example.edu.cn/。")
        elif found.platform.key != platform and found.platform.key != "website":
            self.add_error("url", f"这是{found.platform.name}的网址，与所选类型不符。")

    def values(self) -> dict[str, Value]:
        """What was typed, by item key."""
        values: dict[str, Value] = {}
        for item in entries.ITEMS:
            name = field_name(item.key)
            if name in self.fields and name in self.cleaned_data:
                values[item.key] = _value(item, self.cleaned_data[name])
        self._fill_identity(values)
        return values | _linked(values, self.base)

    def _fill_identity(self, values: dict[str, Value]) -> None:
        """The permanent id stands in many addresses: nobody types it twice."""
        url = values.get("url")
        found = identify(url) if isinstance(url, str) else None
        fits = found is not None and found.platform.key == values.get("platform")
        if found and fits and found.permanent_id and not values.get("permanent_id"):
            values["permanent_id"] = found.permanent_id


def _initial(key: str, value: Value) -> Any:
    item = entries.ITEM_BY_KEY.get(key)
    if item and item.shape is Shape.ANSWER:
        return "" if value is None else ("yes" if value else "no")
    return value


def _field(item: Item, kind: str, units: Any) -> forms.Field:
    required = item.key in NEEDED_FOR_A_DRAFT
    common: dict[str, Any] = {"label": item.label, "required": required, "help_text": item.hint}
    if item.shape is Shape.ANSWER:
        return forms.ChoiceField(choices=ANSWERS, **common)
    if item.shape is Shape.PLATFORM:
        return forms.ChoiceField(choices=PLATFORM_CHOICES, **common)
    if item.shape is Shape.UNIT:
        return forms.ModelChoiceField(units, empty_label="请选", widget=PickSelect, **common)
    if item.shape is Shape.HOLDER:
        return forms.ChoiceField(choices=Holder.choices, **common)
    if item.shape is Shape.STATUS:
        return forms.ChoiceField(choices=_statuses(kind), **common)
    width = WIDTHS.get(item.shape) or NARROW.get(item.key.rsplit(".", 1)[-1], "")
    widget = forms.TextInput({"class": width, "autocomplete": "off"})
    limit = item.limit if item.shape is Shape.TEXT else 40
    return forms.CharField(max_length=limit, widget=widget, **common)


def _statuses(kind: str) -> list[tuple[str, str]]:
    opening = (OutletStatus.IN_USE, OutletStatus.PREPARING)
    standing = (OutletStatus.IN_USE, OutletStatus.PREPARING, OutletStatus.PAUSED)
    wanted = opening if kind == FilingKind.OPEN else standing
    return [(status.value, str(status.label)) for status in wanted]


def _value(item: Item, typed: Any) -> Value:
    if item.shape is Shape.UNIT:
        return typed.pk if isinstance(typed, Unit) else None
    if item.shape is Shape.ANSWER:
        return {"yes": True, "no": False}.get(typed)
    text = " ".join(str(typed).split())
    if item.shape is Shape.DATE:
        return entries.typed_date(text) or None
    if item.shape is Shape.NUMBER:
        digits = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
        return int(digits) if digits.isascii() and digits.isdecimal() else (text or None)
    return text or None


def _linked(values: Mapping[str, Value], base: Mapping[str, Value]) -> dict[str, Value]:
    """People of the unit by name: their account, and what the account knows already.

    Only of those who are new here: who stays is not touched.
    """
    keys = [f"{person}.name" for person in PEOPLE]
    new = [key.removesuffix(".name") for key in keys if values.get(key) != base.get(key)]
    names = {values.get(f"{person}.name") for person in new} - {None}
    unit = Unit.objects.filter(pk=values.get("unit") or 0).first()
    if not names or unit is None:
        return {f"{person}.user": None for person in new}
    posts = Post.objects.current().below(unit.path).filter(user__name__in=names)
    known: dict[str, list[Post]] = {}
    for post in posts.select_related("user", "supervised_by").order_by("pk"):
        known.setdefault(post.user.name, []).append(post)
    linked: dict[str, Value] = {}
    for person in new:
        linked |= _known_person(person, values, known.get(str(values.get(f"{person}.name")), []))
    return linked


def _known_person(person: str, values: Mapping[str, Value], posts: list[Post]) -> dict[str, Value]:
    """One account of that name fills what was left blank; two of a name link nobody."""
    if len({post.user_id for post in posts}) != 1:
        return {f"{person}.user": None}
    post = posts[0]
    facts: dict[str, Value] = {"user": post.user_id}
    facts["phone"] = values.get(f"{person}.phone") or post.user.mobile or None
    permanent = values.get(f"{person}.permanent")
    facts["permanent"] = post.is_permanent if permanent is None else permanent
    if person in entries.OPERATORS and post.is_student:
        teacher = post.supervised_by.name if post.supervised_by else None
        facts |= {"student": True, "permanent": None}
        facts["teacher"] = values.get(f"{person}.teacher") or teacher
    return {f"{person}.{part}": value for part, value in facts.items()}
