"""The small forms of a submission: a reason, a receipt's key, a remark, an upload."""

from __future__ import annotations

import uuid

from django import forms
from django.utils import timezone

from meice.kernel.clock import now
from meice.kernel.days import read_day
from meice.surveys.forms.check import ManyFilesField
from meice.surveys.models import SubmissionHeader
from meice.web.fields import DayInput

FOUR_ROWS = {"rows": 3}


class ConfirmForm(forms.Form):
    """The leader's confirmation: for which bytes, and why it is late."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    late_reason = forms.CharField(
        label="逾期原因", max_length=300, required=False, widget=forms.Textarea(FOUR_ROWS)
    )
    vouched = forms.BooleanField(label="我已核对以上内容，对其真实性负责。")

    use_required_attribute = False


class ReportForm(forms.Form):
    """Reporting on the stamped scan, or on the unit's behalf."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    told = forms.CharField(
        label="谁在电话里报的", max_length=100, required=False, help_text="姓名和时间；代报时必填"
    )
    late_reason = forms.CharField(
        label="逾期原因", max_length=300, required=False, widget=forms.Textarea(FOUR_ROWS),
        help_text="过了截止时间才要写",
    )  # fmt: skip

    use_required_attribute = False


class NoteForm(forms.Form):
    """A reason in words."""

    note = forms.CharField(label="说明", max_length=1000, widget=forms.Textarea(FOUR_ROWS))

    use_required_attribute = False


class ReturnForm(forms.Form):
    """The text beside the marked cells."""

    note = forms.CharField(
        label="意见", max_length=1000, required=False, widget=forms.Textarea(FOUR_ROWS),
        help_text="标了单元格的可以不写",
    )  # fmt: skip


class RemarkForm(forms.Form):
    """One cell and what to mend there. `row` is blank for annex 2, whose cell is `place`."""

    annex = forms.IntegerField(min_value=1, max_value=4)
    row = forms.IntegerField(required=False)
    column = forms.CharField(max_length=40, required=False)
    place = forms.CharField(max_length=40, required=False)
    text = forms.CharField(label="意见", max_length=500)


class SettleForm(forms.Form):
    """One click on a difference."""

    act = forms.CharField(max_length=12)
    row = forms.IntegerField(required=False)
    outlet = forms.IntegerField(required=False)


HEADER_INPUT = {"class": "m-input", "autocomplete": "off"}


class HeaderForm(forms.Form):
    """填表人, 电话, 填表时间; `seen` is the version of the header it was opened with."""

    filled_by = forms.CharField(
        label="填表人", max_length=60, required=False, widget=forms.TextInput(HEADER_INPUT)
    )
    phone = forms.CharField(
        label="电话", max_length=40, required=False, widget=forms.TextInput(HEADER_INPUT)
    )
    date = forms.CharField(
        label="填表时间", max_length=20, required=False, widget=DayInput(HEADER_INPUT)
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_date(self) -> str:
        """As the forms print it; what cannot be read stays as typed and is an error of the sheet."""
        typed: str = self.cleaned_data["date"]
        day = read_day(typed, timezone.localdate(now()))
        return day.isoformat() if day else typed

    @classmethod
    def of(cls, header: SubmissionHeader | None) -> HeaderForm:
        """Filled with what stands there."""
        if header is None:
            return cls()
        known = {"filled_by": header.filled_by, "phone": header.phone, "date": header.date}
        return cls(initial=known | {"seen": header.version})


class ReplacementForm(forms.Form):
    """Files in place of the sheet."""

    uploads = ManyFilesField(label="文件", help_text="四张 .xls，或一个 .zip")
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    use_required_attribute = False


class ScanForm(forms.Form):
    """The stamped pages."""

    file = forms.FileField(
        label="盖章扫描件",
        help_text="PDF、JPG 或 PNG，20 MB 以内",
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
