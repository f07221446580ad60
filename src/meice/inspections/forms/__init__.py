"""The forms of the room and what the query strings of its lists mean."""

from meice.inspections.forms.acts import JudgeForm, NoteForm, OrderForm, RecordForm, TransferForm
from meice.inspections.forms.filters import FindingFilter
from meice.inspections.forms.schedule import ScheduleForm

__all__ = [
    "FindingFilter",
    "JudgeForm",
    "NoteForm",
    "OrderForm",
    "RecordForm",
    "ScheduleForm",
    "TransferForm",
]
