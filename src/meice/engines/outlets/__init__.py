"""Outlets as the world sees them: platforms, addresses, names."""

from meice.engines.outlets.addresses import (
    Address,
    ascii_host,
    bare_host,
    canonical_url,
    read_address,
    readable_host,
)
from meice.engines.outlets.identity import Identity, identify, is_permanent_id
from meice.engines.outlets.lookalikes import Likeness, LookAlike, contains_name, find_look_alike
from meice.engines.outlets.name_model import (
    Avatar,
    NameContext,
    NameIssue,
    NameLevel,
    NameRule,
    ProposedOutlet,
    RegisteredOutlet,
    UnitNames,
)
from meice.engines.outlets.name_rules import RULES, check_candidate, check_name
from meice.engines.outlets.platforms import (
    PLATFORM_BY_KEY,
    PLATFORMS,
    Annex2Column,
    Platform,
    PlatformKind,
    platform_named,
)

__all__ = [
    "PLATFORMS", "PLATFORM_BY_KEY", "RULES", "Address", "Annex2Column", "Avatar", "Identity",
    "Likeness", "LookAlike", "NameContext", "NameIssue", "NameLevel", "NameRule", "Platform",
    "PlatformKind", "ProposedOutlet", "RegisteredOutlet", "UnitNames", "ascii_host", "bare_host",
    "canonical_url", "check_candidate", "check_name", "contains_name", "find_look_alike",
    "identify", "is_permanent_id", "platform_named", "read_address", "readable_host",
]  # fmt: skip
