"""Outlets as the world sees them: platforms, addresses, names.

The name rules are loaded when they are first asked for: their pinyin dictionary takes 0.3 s and
60 MB, which neither the command line nor a sandbox child that only wants a platform should pay.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from meice.engines.outlets.addresses import (
    Address,
    ascii_host,
    bare_host,
    canonical_url,
    read_address,
    readable_host,
)
from meice.engines.outlets.identity import Identity, identify, is_permanent_id
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
from meice.engines.outlets.platforms import (
    PLATFORM_BY_KEY,
    PLATFORMS,
    Annex2Column,
    Platform,
    PlatformKind,
    platform_named,
)

if TYPE_CHECKING:
    from meice.engines.outlets.lookalikes import Likeness, LookAlike, contains_name, find_look_alike
    from meice.engines.outlets.name_rules import RULES, check_candidate, check_name

_LATER = {
    **dict.fromkeys(("Likeness", "LookAlike", "contains_name", "find_look_alike"), "lookalikes"),
    **dict.fromkeys(("RULES", "check_candidate", "check_name"), "name_rules"),
}


def __getattr__(name: str) -> object:
    """Load what needs the pinyin dictionary (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


__all__ = [
    "PLATFORMS", "PLATFORM_BY_KEY", "RULES", "Address", "Annex2Column", "Avatar", "Identity",
    "Likeness", "LookAlike", "NameContext", "NameIssue", "NameLevel", "NameRule", "Platform",
    "PlatformKind", "ProposedOutlet", "RegisteredOutlet", "UnitNames", "ascii_host", "bare_host",
    "canonical_url", "check_candidate", "check_name", "contains_name", "find_look_alike",
    "identify", "is_permanent_id", "platform_named", "read_address", "readable_host",
]  # fmt: skip
