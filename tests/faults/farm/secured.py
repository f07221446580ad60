"""Sites behind TLS, sound and broken. Their days are the machine's: OpenSSL asks no other clock."""

from __future__ import annotations

from dataclasses import replace

from tests.faults.farm.campus import Campus
from tests.faults.farm.model import Plan, Planted
from tests.faults.farm.rows import PLAIN

SECURE = replace(PLAIN, undecided=frozenset({"slow"}))
LESS = '<img src="{fresh}/style.css" alt=""><script src="{fresh}/style.css"></script>'
FAULTS: dict[str, str] = {
    "expired": "tls-expired",
    "expiring": "tls-expiring",
    "wrong-name": "tls-name",
    "self-signed": "tls-chain",
    "unknown-authority": "tls-chain",
    "incomplete": "tls-chain",
    "old": "tls-old",
}


def plans() -> tuple[Plan, ...]:
    """All sites behind TLS that can be read, at least by one who does not insist."""
    faulty = tuple(
        Plan(f"tls-{kind}", Campus().answer, replace(SECURE, planted=(Planted(code),)), tls=kind)
        for kind, code in FAULTS.items()
    )
    mixed = replace(SECURE, planted=(Planted("mixed-content"),))
    return (
        Plan("tls-sound", Campus().answer, SECURE, tls="sound"),
        *faulty,
        Plan("tls-mixed-content", Campus(home=LESS).answer, mixed, tls="sound"),
    )
