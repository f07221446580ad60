"""答复: how each item was mended, the whole in words, proof; fit for a phone."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.files.uploadedfile import UploadedFile

from meice.rectification.actions import ReplyText
from meice.rectification.forms.decisions import PROOF_KINDS
from meice.rectification.models import OrderItem

BAD_LINK = "链接写成 https://… 的样子；没有就留空。"


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploads, empty without any."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each of them, checked as one."""
        single = super().clean
        return [single(one, initial) for one in data or [] if one]


class ReplyForm(forms.Form):
    """One text and one link an item; `proofs` are its files, `stamped` the page with the seal."""

    text = forms.CharField(
        label="整改情况", max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="原因、怎么改的、以后怎么防止；逾期的写明原因",
    )  # fmt: skip
    proofs = ManyFilesField(
        label="证明材料", required=False, widget=ManyFiles({"multiple": True, "accept": PROOF_KINDS}),
        help_text="截图、注销证明、整改报告等，可多选，每个 20 MB 以内",
    )  # fmt: skip
    stamped = forms.FileField(
        label="盖章件扫描", required=False, widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text="领导不能在系统中确认时才传；传了可「凭盖章件答复」",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, items: Iterable[OrderItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"answer-{item.pk}"] = forms.CharField(
                label="怎么改的", max_length=500, widget=forms.Textarea({"rows": 2}),
                initial=item.answer,
            )  # fmt: skip
            self.fields[f"link-{item.pk}"] = forms.CharField(
                label="证明链接", max_length=500, required=False,
                widget=forms.URLInput({"placeholder": "https://"}), initial=item.answer_link,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Links are http(s): they are shown to people, and nothing here opens them."""
        found: dict[str, Any] = super().clean() or {}
        for item in self.items:
            link = found.get(f"link-{item.pk}", "")
            if link and not _is_web_page(link):
                self.add_error(f"link-{item.pk}", BAD_LINK)
        return found

    @property
    def rows(self) -> list[tuple[OrderItem, Any, Any]]:
        """Each item with its two fields."""
        return [(i, self[f"answer-{i.pk}"], self[f"link-{i.pk}"]) for i in self.items]

    @property
    def said(self) -> ReplyText:
        """What the unit says, of valid input."""
        got = self.cleaned_data
        return ReplyText(
            got["text"],
            {item.pk: got[f"answer-{item.pk}"] for item in self.items},
            {item.pk: got[f"link-{item.pk}"] for item in self.items},
        )


def _is_web_page(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
