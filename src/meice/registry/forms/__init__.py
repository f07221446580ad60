"""What people type: an entry, a decision, a filter, an import, a setting."""

from meice.registry.forms.decisions import (
    AvatarForm,
    DayForm,
    ExceptionForm,
    ExtendForm,
    ProblemForm,
    ReturnForm,
    RouteForm,
    ScanForm,
    TermsForm,
)
from meice.registry.forms.entry import EntryForm
from meice.registry.forms.filters import FilingFilter, OutletFilter, Sort

__all__ = [
    "AvatarForm",
    "DayForm",
    "EntryForm",
    "ExceptionForm",
    "ExtendForm",
    "FilingFilter",
    "OutletFilter",
    "ProblemForm",
    "ReturnForm",
    "RouteForm",
    "ScanForm",
    "Sort",
    "TermsForm",
]
