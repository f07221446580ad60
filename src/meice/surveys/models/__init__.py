"""Checks of annexes; campaigns, what units hand in, what is made of it."""

from meice.surveys.models.campaign import (
    LADDER,
    Campaign,
    CampaignScope,
    CampaignStatus,
    Coverage,
    Reminder,
)
from meice.surveys.models.check import (
    FAULT_LOOKS,
    KEPT_DAYS,
    REASONS,
    TABLES,
    WINDOW_ROWS,
    AnnexCheck,
    CheckedForm,
    Fault,
    MergedPackage,
    RowWindow,
    Upload,
    kept_until,
)
from meice.surveys.models.consolidation import Consolidation, ConsolidationMember, YearSummary
from meice.surveys.models.difference import DifferenceAct, DifferenceDecision
from meice.surveys.models.receipt import Receipt
from meice.surveys.models.row import (
    ROW_ANNEXES,
    Remark,
    RowSource,
    SheetOperation,
    SubmissionHeader,
    SubmissionRow,
)
from meice.surveys.models.submission import (
    EDITABLE,
    UNREPORTED,
    ConfirmedBy,
    Submission,
    SubmissionEvent,
    SubmissionStatus,
)
from meice.surveys.models.upload import Replacement, ReplacementFile

__all__ = [
    "EDITABLE",
    "FAULT_LOOKS",
    "KEPT_DAYS",
    "LADDER",
    "REASONS",
    "ROW_ANNEXES",
    "TABLES",
    "UNREPORTED",
    "WINDOW_ROWS",
    "AnnexCheck",
    "Campaign",
    "CampaignScope",
    "CampaignStatus",
    "CheckedForm",
    "ConfirmedBy",
    "Consolidation",
    "ConsolidationMember",
    "Coverage",
    "DifferenceAct",
    "DifferenceDecision",
    "Fault",
    "MergedPackage",
    "Receipt",
    "Remark",
    "Reminder",
    "Replacement",
    "ReplacementFile",
    "RowSource",
    "RowWindow",
    "SheetOperation",
    "Submission",
    "SubmissionEvent",
    "SubmissionHeader",
    "SubmissionRow",
    "SubmissionStatus",
    "Upload",
    "YearSummary",
    "kept_until",
]
