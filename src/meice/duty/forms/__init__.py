"""What people type: rosters, layers, patterns, shifts, swaps, notes, absences, filters."""

from meice.duty.forms.rosters import (
    VIEWS,
    LayerForm,
    PatternForm,
    RosterFilter,
    RosterForm,
    initial_pattern,
    of_view,
)
from meice.duty.forms.shifts import (
    ChangeForm,
    FillForm,
    HandoverForm,
    NoteForm,
    StandInForm,
    SwapForm,
    period_of,
)

__all__ = [
    "VIEWS",
    "ChangeForm",
    "FillForm",
    "HandoverForm",
    "LayerForm",
    "NoteForm",
    "PatternForm",
    "RosterFilter",
    "RosterForm",
    "StandInForm",
    "SwapForm",
    "initial_pattern",
    "of_view",
    "period_of",
]
