"""What people type: the report, the acts, the filters, the settings, the public form."""

from meice.incidents.forms.acts import (
    AssignForm,
    CloseForm,
    GradeForm,
    MeasureForm,
    MergeForm,
    NoteForm,
    ReasonForm,
    ReceiveForm,
    ReferForm,
)
from meice.incidents.forms.filters import IncidentFilter
from meice.incidents.forms.public import LookUpForm, ReportPublicForm
from meice.incidents.forms.report import ReportForm
from meice.incidents.forms.settings import ChainSet, HeadForm, TermsForm

__all__ = [
    "AssignForm",
    "ChainSet",
    "CloseForm",
    "GradeForm",
    "HeadForm",
    "IncidentFilter",
    "LookUpForm",
    "MeasureForm",
    "MergeForm",
    "NoteForm",
    "ReasonForm",
    "ReceiveForm",
    "ReferForm",
    "ReportForm",
    "ReportPublicForm",
    "TermsForm",
]
