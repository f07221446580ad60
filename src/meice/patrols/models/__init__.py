"""Checklists, plans, rounds and what was seen on them."""

from meice.patrols.models.checklist import Checklist, ChecklistVersion
from meice.patrols.models.plan import (
    MOST_OUTLETS,
    PLAN_LOOKS,
    WEEKDAYS,
    Manning,
    Plan,
    PlanStatus,
)
from meice.patrols.models.round import (
    ROUND_LOOKS,
    TO_DO,
    Round,
    RoundEvent,
    RoundQuerySet,
    RoundStatus,
)
from meice.patrols.models.terms import NotableDay, PatrolTerm, RoundReminder, Rung
from meice.patrols.models.visit import SEEN_LOOKS, Answer, Photo, Seen, Visit

__all__ = [
    "MOST_OUTLETS",
    "PLAN_LOOKS",
    "ROUND_LOOKS",
    "SEEN_LOOKS",
    "TO_DO",
    "WEEKDAYS",
    "Answer",
    "Checklist",
    "ChecklistVersion",
    "Manning",
    "NotableDay",
    "PatrolTerm",
    "Photo",
    "Plan",
    "PlanStatus",
    "Round",
    "RoundEvent",
    "RoundQuerySet",
    "RoundReminder",
    "RoundStatus",
    "Rung",
    "Seen",
    "Visit",
]
