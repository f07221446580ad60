"""What people type: an order, a reply, a conclusion, a filter, a circular, the settings."""

from meice.rectification.forms.circular import CircularFilter, CircularForm
from meice.rectification.forms.decisions import (
    ExtendForm,
    GrantForm,
    HeadForm,
    IssueForm,
    JudgeForm,
    ReasonForm,
    TermsForm,
)
from meice.rectification.forms.filters import OrderFilter
from meice.rectification.forms.order import DraftForm, ItemSet, new_items
from meice.rectification.forms.reply import ReplyForm

__all__ = [
    "CircularFilter",
    "CircularForm",
    "DraftForm",
    "ExtendForm",
    "GrantForm",
    "HeadForm",
    "IssueForm",
    "ItemSet",
    "JudgeForm",
    "OrderFilter",
    "ReasonForm",
    "ReplyForm",
    "TermsForm",
    "new_items",
]
