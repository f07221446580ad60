"""The tables of the room."""

from meice.inspections.models.finding import Finding, FindingQuerySet
from meice.inspections.models.observation import Attempt, Metric, Observation
from meice.inspections.models.proof import Evidence, EvidenceKind, FindingEvent, FindingExport
from meice.inspections.models.run import (
    CheckStatus,
    Run,
    RunReason,
    RunStatus,
    SiteCheck,
    Verdict,
)
from meice.inspections.models.schedule import Frequency, Schedule, probed_sites
from meice.inspections.models.words import (
    MANUAL,
    OPEN,
    SECURITY_CODES,
    STANDING,
    WEIGHTS,
    FindingStatus,
    Judgement,
    Origin,
    Severity,
)

__all__ = [
    "MANUAL", "OPEN", "SECURITY_CODES", "STANDING", "WEIGHTS", "Attempt", "CheckStatus",
    "Evidence", "EvidenceKind", "Finding", "FindingEvent", "FindingExport", "FindingQuerySet",
    "FindingStatus", "Frequency", "Judgement", "Metric", "Observation", "Origin", "Run",
    "RunReason", "RunStatus", "Schedule", "Severity", "SiteCheck", "Verdict", "probed_sites",
]  # fmt: skip
