"""Rosters, layers, patterns, shifts, swaps, hand-overs, stand-ins, reminders, feeds."""

from meice.duty.models.handover import Handover, HandoverStatus, OpenItem
from meice.duty.models.kinds import (
    BY_HAND,
    Cause,
    Covers,
    DayKind,
    LayerKind,
    Turn,
)
from meice.duty.models.reminder import CalendarFeed, Reminder, ReminderKind
from meice.duty.models.roster import (
    SERVING,
    Layer,
    Member,
    Pattern,
    Roster,
    Watch,
    people_of,
)
from meice.duty.models.shift import Shift, ShiftEvent, StandIn
from meice.duty.models.swap import Swap, SwapStatus

__all__ = [
    "BY_HAND",
    "SERVING",
    "CalendarFeed",
    "Cause",
    "Covers",
    "DayKind",
    "Handover",
    "HandoverStatus",
    "Layer",
    "LayerKind",
    "Member",
    "OpenItem",
    "Pattern",
    "Reminder",
    "ReminderKind",
    "Roster",
    "Shift",
    "ShiftEvent",
    "StandIn",
    "Swap",
    "SwapStatus",
    "Turn",
    "Watch",
    "people_of",
]
