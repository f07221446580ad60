"""Compliance items, devices and their checks, custody of logins, imports, history, terms."""

from meice.compliance.models.custody import Custody, CustodyStatus, Factor
from meice.compliance.models.device import (
    CHECKLIST,
    CheckResult,
    Device,
    DeviceCheck,
    DeviceKind,
    DeviceStatus,
    result_of,
)
from meice.compliance.models.history import ComplianceEvent, ComplianceTerm, ExpiryReminder
from meice.compliance.models.intake import DeviceIntake, DeviceIntakeStatus
from meice.compliance.models.item import (
    CLAIMED,
    GAPS,
    STANDING_LOOKS,
    ComplianceItem,
    Grade,
    ItemKind,
    ItemState,
    Standing,
)

__all__ = [
    "CHECKLIST",
    "CLAIMED",
    "GAPS",
    "STANDING_LOOKS",
    "CheckResult",
    "ComplianceEvent",
    "ComplianceItem",
    "ComplianceTerm",
    "Custody",
    "CustodyStatus",
    "Device",
    "DeviceCheck",
    "DeviceIntake",
    "DeviceIntakeStatus",
    "DeviceKind",
    "DeviceStatus",
    "ExpiryReminder",
    "Factor",
    "Grade",
    "ItemKind",
    "ItemState",
    "Standing",
    "result_of",
]
