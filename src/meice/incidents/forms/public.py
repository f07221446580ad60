"""公开举报: for anybody. Everything is text that is kept and shown; nothing is fetched."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from meice.files.kinds import FileKind, kind_of
from meice.incidents.actions import PublicText
from meice.incidents.classes import IncidentKind
from meice.incidents.forms.fields import words
from meice.web.public_forms import PublicFiles, PublicForm

MOST_FILES, MEGABYTES = 3, 5
ASKED = (
    IncidentKind.HARMFUL, IncidentKind.PRIVACY, IncidentKind.TAMPERED, IncidentKind.HIJACKED,
    IncidentKind.RUMOUR, IncidentKind.OUTAGE, IncidentKind.RIGHTS, IncidentKind.OTHER,
)  # fmt: skip


class ReportPublicForm(PublicForm):
    """What, where, and how to reach her if she wants to be reached."""

    kind = forms.ChoiceField(
        label="是哪一类", choices=[("", "请选"), *[(each.value, each.label) for each in ASKED]]
    )
    title = forms.CharField(label="一句话说明", max_length=120)
    text = words("具体情况", rows=5, hint="何时、在哪里、看到什么")
    link = forms.CharField(label="网址或账号名", max_length=500, required=False)
    proofs = PublicFiles(
        label="截图", most=MOST_FILES, megabytes=MEGABYTES, kind_of=kind_of,
        kinds=(FileKind.PNG, FileKind.JPEG, FileKind.PDF), words="图片或 PDF",
        help_text=f"最多 {MOST_FILES} 个，每个 {MEGABYTES} MB 以内，图片或 PDF",
    )  # fmt: skip
    contact_name = forms.CharField(
        label="怎么称呼你", max_length=40, required=False, help_text="可以不留"
    )
    contact_phone = forms.CharField(
        label="电话", max_length=20, required=False, help_text="可以不留；只有办理的人能看到",
        widget=forms.TextInput({"class": "m-w-phone", "autocomplete": "off", "inputmode": "tel"}),
    )  # fmt: skip
    contact_email = forms.EmailField(label="邮箱", max_length=120, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    @property
    def said(self) -> PublicText:
        """What was said, of valid input."""
        names = PublicText.__dataclass_fields__
        return PublicText(**{name: self.cleaned_data[name] for name in names})

    @property
    def uploads(self) -> list[Any]:
        """The files, of valid input."""
        return list(self.cleaned_data["proofs"] or [])

    @property
    def report_key(self) -> UUID:
        """The form's own key."""
        key: UUID = self.cleaned_data["key"]
        return key


class LookUpForm(forms.Form):
    """Number and secret of a receipt."""

    number = forms.CharField(label="回执号", max_length=20, help_text="如 JB-7K3MQ2ZP")
    secret = forms.CharField(
        label="查询码", max_length=20, widget=forms.TextInput({"autocomplete": "off"})
    )

    use_required_attribute = False
