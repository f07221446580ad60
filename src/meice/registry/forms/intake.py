"""The upload of a ledger."""

from typing import Any

from django import forms

from meice.orgs.models import Unit


class UploadForm(forms.Form):
    """A workbook, and the unit that rows without one belong to."""

    file = forms.FileField(
        label="台账文件",
        help_text=".xlsx、.xls、.ods、.et；附件1、附件4 可直接传",
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.et"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="缺省单位",
        help_text="表里没写开设单位的行归它；只与它和它下面的台账比对",
        empty_label=None,
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
