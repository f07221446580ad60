"""Fields that several forms of the room share."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from meice.web.public_forms import SeveralFiles

KINDS = ".png,.jpg,.jpeg,.gif,.pdf,.doc,.docx,.xls,.xlsx,.zip,.mp4,.mp3"


class FilesField(forms.FileField):
    """A list of uploads, empty without any."""

    def __init__(self, **given: Any) -> None:
        widget = SeveralFiles({"multiple": True, "accept": KINDS})
        given.setdefault("help_text", "截图、照片、录屏，可多选，每个 20 MB 以内")
        super().__init__(required=False, widget=widget, **given)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        """Each of them, checked as one."""
        single = super().clean
        return [single(one, initial) for one in data or [] if one]


def words(label: str, *, rows: int = 3, hint: str = "", required: bool = True) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        max_length=3000,
        required=required,
        help_text=hint,
        widget=forms.Textarea({"rows": rows}),
    )
