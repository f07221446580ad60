"""Orders and their items, replies, re-checks, extensions, reminders, circulars, settings."""

from meice.rectification.models.circular import (
    Axis,
    Circular,
    CircularCount,
    CircularRow,
    CircularStatus,
)
from meice.rectification.models.dealing import (
    Extension,
    ExtensionStatus,
    NumberHead,
    RectificationTerm,
    Reminder,
    Rung,
)
from meice.rectification.models.item import (
    MACHINE_LOOKS,
    PERSON_LOOKS,
    ItemStatus,
    OrderItem,
    Outcome,
    Recheck,
    Source,
)
from meice.rectification.models.order import (
    ENDED,
    IN_FORCE,
    WITH_UNIT,
    Order,
    OrderEvent,
    OrderStatus,
)
from meice.rectification.models.reply import Proof, Reply

__all__ = [
    "ENDED",
    "IN_FORCE",
    "MACHINE_LOOKS",
    "PERSON_LOOKS",
    "WITH_UNIT",
    "Axis",
    "Circular",
    "CircularCount",
    "CircularRow",
    "CircularStatus",
    "Extension",
    "ExtensionStatus",
    "ItemStatus",
    "NumberHead",
    "Order",
    "OrderEvent",
    "OrderItem",
    "OrderStatus",
    "Outcome",
    "Proof",
    "Recheck",
    "RectificationTerm",
    "Reminder",
    "Reply",
    "Rung",
    "Source",
]
