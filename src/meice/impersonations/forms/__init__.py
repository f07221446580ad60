"""What is read from requests."""

from meice.impersonations.forms.acts import (
    AnswerForm,
    CloseForm,
    EvidenceForm,
    JudgeForm,
    ReasonForm,
    RecheckForm,
    ReferForm,
    ReturnForm,
    SettingsForm,
)
from meice.impersonations.forms.docket import DocketForm, ReportForm
from meice.impersonations.forms.filters import DocketFilter
from meice.impersonations.forms.public import LookUpForm, PublicReportForm

__all__ = [
    "AnswerForm",
    "CloseForm",
    "DocketFilter",
    "DocketForm",
    "EvidenceForm",
    "JudgeForm",
    "LookUpForm",
    "PublicReportForm",
    "ReasonForm",
    "RecheckForm",
    "ReferForm",
    "ReportForm",
    "ReturnForm",
    "SettingsForm",
]
