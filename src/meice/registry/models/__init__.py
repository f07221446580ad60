"""Outlets, contacts, exceptions, filings, imports, and the settings of filing."""

from meice.registry.models.contact import MAX_OPERATORS, Contact, ContactKind
from meice.registry.models.exception import ExceptionGrant, ExceptionKind, MergeItem, MergePlan
from meice.registry.models.export import ExportForm, LedgerExport
from meice.registry.models.filing import (
    OPEN,
    ConfirmedBy,
    FieldChange,
    Filing,
    FilingEvent,
    FilingKind,
    FilingStatus,
    ReturnReason,
)
from meice.registry.models.intake import IntakeStatus, LedgerIntake, LedgerRow, RowAct
from meice.registry.models.kept import (
    MOST_SAVED,
    MOST_SELECTED,
    ListName,
    OutletSelection,
    SavedFilter,
)
from meice.registry.models.outlet import (
    ACTIVE,
    Gap,
    Holder,
    NameHistory,
    Outlet,
    OutletStatus,
    Precision,
    Rectified,
    within,
)
from meice.registry.models.terms import Confirmation, Counter, DayOverride, Route, Term, Way

__all__ = [
    "ACTIVE",
    "MAX_OPERATORS",
    "MOST_SAVED",
    "MOST_SELECTED",
    "OPEN",
    "Confirmation",
    "ConfirmedBy",
    "Contact",
    "ContactKind",
    "Counter",
    "DayOverride",
    "ExceptionGrant",
    "ExceptionKind",
    "ExportForm",
    "FieldChange",
    "Filing",
    "FilingEvent",
    "FilingKind",
    "FilingStatus",
    "Gap",
    "Holder",
    "IntakeStatus",
    "LedgerExport",
    "LedgerIntake",
    "LedgerRow",
    "ListName",
    "MergeItem",
    "MergePlan",
    "NameHistory",
    "Outlet",
    "OutletSelection",
    "OutletStatus",
    "Precision",
    "Rectified",
    "ReturnReason",
    "Route",
    "RowAct",
    "SavedFilter",
    "Term",
    "Way",
    "within",
]
