"""Outlets as the world sees them: platforms, addresses, names."""

from meice.engines.outlets.platforms import (
    PLATFORM_BY_KEY,
    PLATFORMS,
    Annex2Column,
    Platform,
    PlatformKind,
    platform_named,
)

__all__ = [
    "PLATFORMS",
    "PLATFORM_BY_KEY",
    "Annex2Column",
    "Platform",
    "PlatformKind",
    "platform_named",
]
