"""What people type on the annex page."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone

from meice.engines.annexes.model import Severity
from meice.engines.annexes.naming import parse_package_name
from meice.orgs.models import User
from meice.surveys.actions.asked import Incoming
from meice.surveys.models import AnnexCheck, CheckedForm, Fault
from meice.web.fields import DayField

ACCEPTED_KINDS = ".xls,.xlsx,.ods,.et,.zip,.rar,.7z"
MAX_FILES = 2000


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes many at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Gives a list of uploaded files; an empty file is data, and gets its own result."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            widget=ManyFiles(attrs={"accept": ACCEPTED_KINDS}), allow_empty_file=True, **given
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        files = list(data) if isinstance(data, list | tuple) else [data]
        files = [each for each in files if each]
        if not files:
            raise forms.ValidationError("还没有选文件。把 .xls 或 .zip 拖到框里，或点框选择。")
        if len(files) > MAX_FILES:
            raise forms.ValidationError(f"一次最多 {MAX_FILES} 个文件。请打成压缩包再传。")
        return files


class UploadForm(forms.Form):
    """The files, the folders they came from (filled by the script), the form's own number."""

    use_required_attribute = False

    uploads = ManyFilesField(label="文件", help_text="可以一次选很多个，也可以只选一个压缩包")
    one_unit = forms.BooleanField(
        label="散的文件是同一个单位的一套，互相核对",
        help_text="附件2 对附件1，附件4 对附件3；压缩包和文件夹总是一套",
        required=False,
        initial=True,
    )
    folders = forms.CharField(widget=forms.HiddenInput, required=False)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def incoming(self) -> list[Incoming]:
        """The files under the names they had in their folder."""
        files: list[UploadedFile[bytes]] = self.cleaned_data["uploads"]
        names = _folder_names(self.cleaned_data["folders"], files)
        return [
            Incoming(name, each.size or 0, _stream(each))
            for name, each in zip(names, files, strict=True)
        ]


def _stream(upload: UploadedFile[bytes]) -> IO[bytes]:
    if upload.file is None:  # only a field without an upload has no file
        raise ValueError("an upload without a file")
    return upload.file


def _folder_names(given: str, files: list[UploadedFile[bytes]]) -> list[str]:
    """Relative paths of a dropped folder, as far as they end in the files' own names."""
    bare = [each.name or "文件" for each in files]
    try:
        told = json.loads(given) if given else []
    except ValueError:
        return bare
    if not isinstance(told, list) or len(told) != len(files):
        return bare
    return [_safe_path(str(path), name) for path, name in zip(told, bare, strict=True)]


def _safe_path(path: str, name: str) -> str:
    parts = path.replace("\\", "/").split("/")
    is_plain = all(part not in {"", ".", ".."} for part in parts)
    return path if is_plain and parts[-1] == name else name


class PackageForm(forms.Form):
    """The words of the package's name: 日期 + 单位简称."""

    unit = forms.CharField(
        label="填报单位",
        max_length=200,
        help_text="写进四张表的「填报单位」",
        error_messages={"required": "没有写填报单位。写单位全称。"},
    )
    short_name = forms.CharField(
        label="单位简称",
        max_length=60,
        help_text="写进压缩包的名字",
        widget=forms.TextInput(attrs={"class": "m-w-name"}),
        error_messages={"required": "没有写单位简称。例：数信学院。"},
    )
    sent_on = DayField(
        label="报送日期",
        help_text="发出的那一天，例：2021-06-29",
        error_messages={"required": "没有写报送日期。例：2021-06-29。"},
    )


def prefilled(check: AnnexCheck, user: User, moment: datetime) -> dict[str, Any]:
    """What is known already: the unit that most accepted forms name, the 简称 of the package's
    name or of the person's unit, the day of sending (today in Shanghai)."""
    own = user.post.unit if user.post else None
    named = _commonest_unit(check)
    is_own = own is not None and named in {"", own.name, own.short_name}
    unit = own.name if own is not None and is_own else named
    short = own.called if own is not None and is_own else _short_of_package(check) or named
    return {"unit": unit, "short_name": short, "sent_on": timezone.localtime(moment).date()}


def _commonest_unit(check: AnnexCheck) -> str:
    named = check.forms.filter(accepted=True).exclude(unit="").values_list("unit", flat=True)
    units = list(named)
    return max(set(units), key=lambda unit: (units.count(unit), unit)) if units else ""


def _short_of_package(check: AnnexCheck) -> str:
    for name in check.uploads.values_list("name", flat=True):
        parsed = parse_package_name(name)
        if parsed is not None:
            return parsed.short
    return ""


class FileFilter:
    """Which files of a check are listed: `?state=rejected|warned|clean`."""

    STATES: Mapping[str, Mapping[str, Any]] = {
        "rejected": {"accepted": False},
        "warned": {"accepted": True, "warning_count__gt": 0},
        "clean": {"accepted": True, "warning_count": 0},
    }

    def __init__(self, query: Mapping[str, str]) -> None:
        given = query.get("state", "")
        self.state = given if given in self.STATES else ""

    def apply(self, forms: "QuerySet[CheckedForm]") -> "QuerySet[CheckedForm]":
        """The forms in the chosen state; all without one."""
        return forms.filter(**self.STATES[self.state]) if self.state else forms

    def counts(self, check: AnnexCheck) -> dict[str, int]:
        """How many files each chip would list."""
        return {
            state: check.forms.filter(**wanted).count() for state, wanted in self.STATES.items()
        }


class FaultFilter:
    """Which faults are listed: `?severity=error|warning|info`, `?file=<form>`."""

    def __init__(self, query: Mapping[str, str]) -> None:
        severity = query.get("severity", "")
        self.severity = severity if severity in set(Severity) else ""
        file = query.get("file", "")
        is_number = file.isascii() and file.isdecimal() and len(file) < 15
        self.file = int(file) if is_number else None

    def apply(self, faults: "QuerySet[Fault]") -> "QuerySet[Fault]":
        """The faults that the filter leaves."""
        if self.severity:
            faults = faults.filter(severity=self.severity)
        return faults.filter(form=self.file) if self.file is not None else faults

    def counts(self, check: AnnexCheck) -> dict[str, int]:
        """How many faults each severity has within the chosen file."""
        faults = Fault.objects.filter(check_made=check)
        if self.file is not None:
            faults = faults.filter(form=self.file)
        return {severity: faults.filter(severity=severity).count() for severity in Severity}

    def form_of(self, check: AnnexCheck) -> CheckedForm | None:
        """The chosen file, if it is one of this check."""
        return check.forms.filter(pk=self.file).first() if self.file is not None else None
