"""The tables of the room."""

from meice.inspections.models.activity import (
    ActivityLine,
    ActivitySource,
    OutletActivity,
    SourceWay,
    StatisticsIntake,
    Vacation,
    speaking_accounts,
)
from meice.inspections.models.discovery import DiscoveryUpload, Lead, LeadStatus, SeenIn
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
    "MANUAL", "OPEN", "SECURITY_CODES", "STANDING", "WEIGHTS", "ActivityLine", "ActivitySource",
    "Attempt", "CheckStatus", "DiscoveryUpload", "Evidence", "EvidenceKind", "Finding",
    "FindingEvent", "FindingExport", "FindingQuerySet", "FindingStatus", "Frequency",
    "Judgement", "Lead", "LeadStatus", "Metric", "Observation", "Origin", "OutletActivity",
    "Run", "RunReason", "RunStatus", "Schedule", "SeenIn", "Severity", "SiteCheck", "SourceWay",
    "StatisticsIntake", "Vacation", "Verdict", "probed_sites", "speaking_accounts",
]  # fmt: skip
