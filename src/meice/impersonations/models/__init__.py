"""Dockets of fake accounts: reports, captures, papers, referrals, re-checks, settings."""

from meice.impersonations.models.dealing import (
    Capture,
    ImpersonationEvent,
    ImpersonationSetting,
    Paper,
    Recheck,
    Referral,
)
from meice.impersonations.models.docket import Impersonation
from meice.impersonations.models.reports import LookUp, Report
from meice.impersonations.models.words import (
    FAKE,
    OPEN,
    SET_ASIDE,
    Demand,
    Guise,
    ImpersonationStatus,
    Outcome,
    PaperKind,
    ReferralStatus,
    Seen,
    Source,
)

__all__ = [
    "FAKE",
    "OPEN",
    "SET_ASIDE",
    "Capture",
    "Demand",
    "Guise",
    "Impersonation",
    "ImpersonationEvent",
    "ImpersonationSetting",
    "ImpersonationStatus",
    "LookUp",
    "Outcome",
    "Paper",
    "PaperKind",
    "Recheck",
    "Referral",
    "ReferralStatus",
    "Report",
    "Seen",
    "Source",
]
