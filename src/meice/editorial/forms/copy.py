"""What is to be read: a pasted text or a file."""

from typing import Any

from django import forms

from meice.engines.documents import Text, read_text

MOST_CHARACTERS = 100_000
LARGEST = 20 * 1024 * 1024
BOM = b"\xef\xbb\xbf"


class CopyForm(forms.Form):
    """One of the two. What was read lies in `copy` afterwards, and nowhere else."""

    text = forms.CharField(
        label="文字",
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text=f"最多 {MOST_CHARACTERS:,} 字",
        error_messages={
            "max_length": "有 %(show_value)s 字，一次最多读 %(limit_value)s 字。请分开读。"
        },
    )
    file = forms.FileField(
        label="或选一个文件",
        required=False,
        help_text=".docx .doc .pdf .txt .md .html .xls .xlsx 等，20 MB 以内",
        error_messages={"empty": "这个文件是空的，请另选一个。"},
    )

    copy: Text

    def clean(self) -> dict[str, Any]:
        """Read it; a file without text is refused with its reason."""
        given: dict[str, Any] = super().clean() or {}
        text, file = given.get("text", "").strip(), given.get("file")
        if self.errors:
            return given
        if bool(text) == bool(file):
            only = "文字和文件只能给一样。" if text else "请粘贴文字，或选一个文件。"
            raise forms.ValidationError(only)
        if file and file.size > LARGEST:
            self.add_error("file", f"文件有 {file.size / 1024 / 1024:.0f} MB，一次最多读 20 MB。")
            return given
        self.copy = _read(given["text"], file)
        if self.copy.refusal:
            self.add_error("file" if file else "text", f"读不了：{self.copy.refusal}。")
        return given


def _read(text: str, file: Any) -> Text:
    """In a limited child; a pasted text goes the way of a text file, its charset beyond doubt."""
    if file:
        return read_text(file.read(), file.name)
    return read_text(BOM + text.encode("utf-8", "replace"), "文字.txt")
