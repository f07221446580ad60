"""What people type about lexicons: a list, an entry, a file, a reason, an exception."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from meice.editorial.models.lexicon import LexiconKind
from meice.editorial.models.term import TermSeverity
from meice.engines.zhcheck import COLUMNS, Entry, ListKind, Severity
from meice.orgs.models import Unit
from meice.web.fields import DayField, PickSelect

LONGEST_TERM = 80
PLACEHOLDERS: Mapping[str, str] = {
    "message": "给作者看的一句话；不填就用“……应为……”",
    "source": "哪份文件、哪一条",
    "protects": "较长的正确说法，用、隔开",
    "order": "1 排在最前",
    "pattern": "如 20\\d{10}",
}


class LexiconForm(forms.Form):
    """A new list."""

    name = forms.CharField(label="名称", max_length=40, help_text="如：本校规范表述")
    kind = forms.ChoiceField(label="类别", choices=LexiconKind)
    note = forms.CharField(label="说明", max_length=200, required=False)


class EntryForm(forms.Form):
    """An entry of one kind: the fields are the columns of its sheet."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = ListKind(kind)
        for column in COLUMNS[self.kind]:
            self.fields[column.key] = _field(column.key, column.label, required=column.required)
        self.fields["reason"] = forms.CharField(
            label="理由", max_length=200, help_text="为什么加或改；批准的人会看到"
        )

    def entry(self) -> Entry:
        """What was typed."""
        given = self.cleaned_data
        protects = str(given.get("protects", "")).replace("；", "、").split("、")
        return Entry(
            word=given["word"],
            right=given.get("right", ""),
            severity=Severity(given.get("severity") or Severity.WARN),
            message=given.get("message", ""),
            source=given.get("source", ""),
            valid_from=given.get("valid_from"),
            valid_until=given.get("valid_until"),
            protects=tuple(word.strip() for word in protects if word.strip()),
            unit=given.get("unit", ""),
            order=given.get("order") or 0,
        )


def initial_of(entry: Entry) -> dict[str, Any]:
    """What the form of an existing entry begins with."""
    return {
        "word": entry.word,
        "right": entry.right,
        "severity": entry.severity.value,
        "message": entry.message,
        "source": entry.source,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "protects": "、".join(entry.protects),
        "unit": entry.unit,
        "order": entry.order,
    }


def _field(key: str, label: str, *, required: bool) -> forms.Field:
    if key == "severity":
        return forms.ChoiceField(label=label, choices=TermSeverity, initial=TermSeverity.WARN)
    if key in ("valid_from", "valid_until"):
        return DayField(label=label, required=False)
    if key == "order":
        return forms.IntegerField(label=label, min_value=1, max_value=9999, required=required)
    longest = {"word": 100, "unit": 100, "right": 200}.get(key, 300)
    hint = PLACEHOLDERS.get(key, "")
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint)


class IntakeForm(forms.Form):
    """A file of entries."""

    file = forms.FileField(
        label="文件",
        help_text=".xlsx、.csv 或 .toml，20 MB 以内",
        widget=forms.FileInput({"accept": ".xlsx,.xls,.et,.ods,.csv,.txt,.toml"}),
        error_messages={"empty": "这个文件是空的，请另选一个。"},
    )
    reason = forms.CharField(label="理由", max_length=200, help_text="名单从哪里来、为什么导入")
    replaces_all = forms.BooleanField(label="整表替换：文件里没有的旧词条停用", required=False)
    dated = DayField(label="名单日期", required=False, help_text="稿源名单必填：名单截止到哪一天")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=200)


class ExceptionForm(forms.Form):
    """A term that is no issue in a unit's copy."""

    rule = forms.ChoiceField(label="规则", choices=[
        (kind.value, kind.label)
        for kind in (LexiconKind.WORDING, LexiconKind.TITLE, LexiconKind.TERM, LexiconKind.TYPO)
    ])  # fmt: skip
    word = forms.CharField(label="词语", max_length=100, help_text="照词库里的写法")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="单位", empty_label=None, widget=PickSelect,
        help_text="它和它下面的单位都不再提示",
    )  # fmt: skip
    until = DayField(label="有效期至")
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def term_of(query: QueryDict) -> str:
    """The search term of a list."""
    return " ".join(query.get("q", "").split())[:LONGEST_TERM]


def severity_of(query: QueryDict) -> str:
    """The severity of a list; unknown ones are no filter."""
    typed = query.get("severity", "")
    return typed if typed in TermSeverity.values else ""
