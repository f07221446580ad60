"""What people type: a filter, a document, a pasted text, a clause."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Q
from django.http import QueryDict

from meice.regulations.actions import DocumentFacts
from meice.regulations.cutting import LONGEST_CLAUSE
from meice.regulations.models import DocumentQuerySet as Documents
from meice.regulations.models import Reach, Trust
from meice.web.fields import DayField

LONGEST_TERM = 80
STATES = {"in-force": "现行", "coming": "尚未施行", "ended": "已失效", "undated": "施行日期未知"}
PAPERS = ".pdf,.doc,.docx,.odt,.wps,.ofd"


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """The filters of the list. Unknown values are no filter."""

    term: str = ""
    reach: str = ""
    trust: str = ""
    state: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "DocumentFilter":
        """Read the query."""
        return cls(
            term=" ".join(query.get("q", "").split())[:LONGEST_TERM],
            reach=_one_of(query.get("reach", ""), Reach.values),
            trust=_one_of(query.get("trust", ""), Trust.values),
            state=_one_of(query.get("state", ""), STATES),
        )

    def apply(self, rows: Documents, today: date) -> Documents:
        """The rows that every filter lets through."""
        rows = rows.matching(self.term)
        rows = rows.filter(reach=self.reach) if self.reach else rows
        rows = rows.filter(trust=self.trust) if self.trust else rows
        return rows.filter(_in_state(self.state, today)) if self.state else rows

    @property
    def is_on(self) -> bool:
        """Is anything filtered away?"""
        return bool(self.chips)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters: words and their key in the query."""
        found = [
            (self.term, "q"),
            (str(Reach(self.reach).label) if self.reach else "", "reach"),
            (str(Trust(self.trust).label) if self.trust else "", "trust"),
            (STATES.get(self.state, ""), "state"),
        ]
        return [(text, key) for text, key in found if text]


def _in_state(state: str, today: date) -> Q:
    ended = Q(valid_until__isnull=False, valid_until__lt=today)
    if state == "ended":
        return ended
    if state == "undated":
        return Q(in_force_on__isnull=True) & ~ended
    if state == "coming":
        return Q(in_force_on__gt=today) & ~ended
    return Q(in_force_on__lte=today) & ~ended


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


class DocumentForm(forms.Form):
    """The heading of a document and its original."""

    title = forms.CharField(label="名称", max_length=200, help_text="不带书名号")
    number = forms.CharField(label="文号", max_length=80, required=False)
    issuer = forms.CharField(label="发布机关", max_length=120, required=False)
    reach = forms.ChoiceField(label="类别", choices=Reach.choices, initial=Reach.OWN)
    issued_on = DayField(label="发布日期", required=False)
    in_force_on = DayField(label="施行日期", required=False, help_text="不知道就留空，显示为未知")
    valid_until = DayField(label="有效期至", required=False, help_text="长期有效的留空")
    link = forms.CharField(label="原文链接", max_length=500, required=False)
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    file = forms.FileField(
        label="原件", required=False, widget=forms.FileInput({"accept": PAPERS}),
        help_text="docx、pdf 等，20 MB 以内；涉密文件不得上传",
    )  # fmt: skip

    use_required_attribute = False

    def facts(self) -> DocumentFacts:
        """What was typed."""
        return DocumentFacts(**{key: self.cleaned_data[key] for key in FACTS})


FACTS = (
    "title", "number", "issuer", "reach", "issued_on", "in_force_on", "valid_until", "link", "note",
)  # fmt: skip


class CutForm(forms.Form):
    """A pasted text."""

    text = forms.CharField(
        label="正文", max_length=200_000, widget=forms.Textarea({"rows": 14}),
        help_text="从原件复制正文粘贴。按「第几条」，或「一、（一）」，或「1. 1.1」切分，先预览再保存",
    )  # fmt: skip

    use_required_attribute = False


class ClauseForm(forms.Form):
    """One clause."""

    number = forms.CharField(
        label="条号", max_length=60, widget=forms.TextInput({"class": "m-w-name"})
    )
    text = forms.CharField(
        label="内容", max_length=LONGEST_CLAUSE, widget=forms.Textarea({"rows": 6})
    )

    use_required_attribute = False
