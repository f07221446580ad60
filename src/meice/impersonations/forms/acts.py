"""The small forms of single acts."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from meice.evidence.models import EvidenceKind
from meice.files.kinds import FileKind, kind_of
from meice.impersonations.forms.docket import PICTURES, PLATFORM_CHOICES, clean_link
from meice.impersonations.models import Outcome, PaperKind, Seen
from meice.impersonations.workflow import CHECKS, SWITCHES, TERMS, SettingName
from meice.kernel.clock import now
from meice.web.fields import DayField, WorkdaysField
from meice.web.public_forms import SeveralFiles

UPLOADED = (
    EvidenceKind.SCREENSHOT, EvidenceKind.PHOTO, EvidenceKind.RECORDING, EvidenceKind.DOCUMENT,
)  # fmt: skip
PAPERS = PICTURES | {FileKind.PDF, FileKind.OOXML, FileKind.OLE}
FITS = {
    EvidenceKind.SCREENSHOT: (PICTURES, "图片"),
    EvidenceKind.PHOTO: (PICTURES, "图片"),
    EvidenceKind.DOCUMENT: (PAPERS, "图片、PDF 或 Word 文档"),
}
NO_LIMIT: tuple[frozenset[FileKind], str] = (frozenset(), "")
MOST = 10


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ReasonForm(forms.Form):
    """One text that must be there."""

    reason = forms.CharField(label="理由", max_length=1000, widget=_area(3))
    use_required_attribute = False


class JudgeForm(ReasonForm):
    """研判: what was looked at and why it is so."""

    reason = forms.CharField(
        label="研判意见", max_length=1000, widget=_area(3),
        help_text="看了哪些证据，为什么这样认定。名称相似只是线索，不能单凭它认定",
    )  # fmt: skip


class ManyFilesField(forms.FileField):
    """A list of uploads, at least one."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        """Each of them, checked as one."""
        single = super().clean
        files = [single(one, initial) for one in data or [] if one]
        if not files:
            raise forms.ValidationError("没有选文件。")
        if len(files) > MOST:
            raise forms.ValidationError(f"一次最多传 {MOST} 个文件。")
        return files


class EvidenceForm(forms.Form):
    """Files of one kind."""

    kind = forms.ChoiceField(label="是什么", choices=[(k.value, k.label) for k in UPLOADED])
    paper = forms.ChoiceField(
        label="用作", choices=[("", "一般证据"), *PaperKind.choices], required=False
    )
    uploads = ManyFilesField(
        label="文件", widget=SeveralFiles({"multiple": True}),
        help_text=f"可多选，最多 {MOST} 个；录屏每个 100 MB 以内，其他 20 MB 以内",
    )  # fmt: skip
    source = forms.CharField(label="来源网址", max_length=1000, required=False)
    note = forms.CharField(label="说明", max_length=500, required=False)
    use_required_attribute = False

    def clean_source(self) -> str:
        """An http(s) address, or nothing."""
        return clean_link(self.cleaned_data["source"])

    def clean(self) -> dict[str, Any]:
        """Files are what they are said to be, by their first bytes."""
        found: dict[str, Any] = super().clean() or {}
        kinds, words = FITS.get(EvidenceKind(found.get("kind") or "recording"), NO_LIMIT)
        for one in found.get("uploads", []) if kinds else ():
            head = one.read(4096)
            one.seek(0)
            if kind_of(head) not in kinds:
                self.add_error("uploads", f"「{one.name}」不是{words}。")
        if found.get("paper") and found.get("kind") != EvidenceKind.DOCUMENT:
            self.add_error("kind", "报送材料请选「文书」。")
        return found


class ReferForm(forms.Form):
    """登记报送."""

    sent_on = DayField(label="报送日期", required=False, help_text="不填即今天")
    ticket = forms.CharField(
        label="受理单号", max_length=60, required=False, help_text="对方给的号；没有可以以后补"
    )
    note = forms.CharField(
        label="缺少材料的说明", max_length=500, required=False, widget=_area(2),
        help_text="材料齐全不用填",
    )  # fmt: skip
    use_required_attribute = False

    def clean_sent_on(self) -> Any:
        """Not in the future."""
        return _past(self.cleaned_data["sent_on"], "报送日期")


class AnswerForm(forms.Form):
    """登记答复."""

    answered_on = DayField(label="答复日期", required=False, help_text="不填即今天")
    ticket = forms.CharField(label="受理单号", max_length=60, required=False)
    answer = forms.CharField(
        label="对方怎么答复", max_length=500, required=False, widget=_area(2),
        help_text="不处置的必填理由",
    )  # fmt: skip
    use_required_attribute = False

    def clean_answered_on(self) -> Any:
        """Not in the future."""
        return _past(self.cleaned_data["answered_on"], "答复日期")


class CloseForm(forms.Form):
    """结案."""

    outcome = forms.ChoiceField(label="结果", choices=Outcome.choices)
    reason = forms.CharField(
        label="怎样核实的", max_length=500, widget=_area(2), help_text="何时打开看过、看到什么"
    )
    use_required_attribute = False


class ComebackForm(forms.Form):
    """Under which name it came back; blank: the same account."""

    name = forms.CharField(
        label="新的昵称", max_length=100, required=False, help_text="同一个账号又出现就不填"
    )
    platform = forms.ChoiceField(
        label="新的平台", choices=[("", "同一平台"), *PLATFORM_CHOICES[1:]], required=False
    )
    url = forms.CharField(label="新的主页链接", max_length=1000, required=False)
    account_id = forms.CharField(label="新的账号ID", max_length=100, required=False)
    use_required_attribute = False

    def clean_url(self) -> str:
        """An http(s) address, or nothing."""
        return clean_link(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        """A new account has a name."""
        found: dict[str, Any] = super().clean() or {}
        others = ("platform", "url", "account_id")
        if any(found.get(key) for key in others) and not found.get("name"):
            self.add_error("name", "换了账号的，写上新的昵称。")
        return found


class RecheckForm(ComebackForm):
    """复查: what was seen where."""

    found = forms.ChoiceField(label="看到的", choices=Seen.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="看了哪里、看到什么", max_length=500, widget=_area(2),
        help_text="按名称搜过哪些平台，打开了哪个链接",
    )  # fmt: skip
    field_order = ("found", "note", "name", "platform", "url", "account_id")


class ReturnForm(ComebackForm):
    """再次出现, seen between or after the re-checks."""

    note = forms.CharField(label="在哪里看到的", max_length=500, widget=_area(2))
    field_order = ("note", "name", "platform", "url", "account_id")


class SettingsForm(forms.Form):
    """Terms in working days, how many re-checks, the two public pages, the words of numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, _) in TERMS.items():
            self.fields[name.value] = WorkdaysField(label=label)
        self.fields[SettingName.CHECKS.value] = forms.IntegerField(
            label=CHECKS[0], min_value=1, max_value=12, help_text="次",
            widget=forms.NumberInput({"class": "m-w-phone"}),
        )  # fmt: skip
        self.fields["head"] = forms.CharField(
            label="编号字号", max_length=16, widget=forms.TextInput({"class": "m-w-name"})
        )
        for name, (label, words) in SWITCHES.items():
            self.fields[name.value] = forms.BooleanField(
                label=label, required=False, help_text=words
            )


def _past(day: Any, word: str) -> Any:
    today = timezone.localdate(now())
    if day and day > today:
        raise forms.ValidationError(f"{word}不能晚于今天。")
    return day or today
