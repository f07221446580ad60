"""One spelling of a record, so that equal content has an equal hash everywhere and for ever."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def canonical(content: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, without blanks, in UTF-8; times as UTC with microseconds."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_spell
    )
    return text.encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical spelling, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _spell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    raise TypeError(f"not in an audit record: {type(value).__name__}")
