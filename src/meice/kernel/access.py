"""Answers to "may she do this, and if not, why?".

Every `policies.py` returns a `Verdict`; the same verdict guards the act and greys the button.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed, or refused with a Chinese `reason` that the page shows beside the greyed button.

    Falsy when refused, so `a and b` (or `a & b`) is the first refusal, else the last verdict.
    """

    allowed: bool
    reason: str = ""

    def __post_init__(self) -> None:
        """A refusal without a reason would leave the user at a wall: the caller's mistake."""
        if not self.allowed and not self.reason:
            raise ValueError("a refusal needs a reason")

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Verdict") -> "Verdict":
        return other if self.allowed else self


ALLOWED = Verdict(allowed=True)


def refused(reason: str) -> Verdict:
    """A refusal; `reason` is one Chinese sentence: what is in the way and who can help."""
    return Verdict(allowed=False, reason=reason)


def when(condition: bool, otherwise: str) -> Verdict:
    """Allowed when `condition` holds, else refused with the reason `otherwise`."""
    return ALLOWED if condition else refused(otherwise)


class Refused(PermissionDenied):
    """An act was tried against its verdict; `reason` is fit for the page (403)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def require(verdict: Verdict) -> None:
    """Raise `Refused` with the verdict's reason unless it allows the act."""
    if not verdict:
        raise Refused(verdict.reason)
