"""What the scenes share: who is who, which passwords were drawn, which logins are printed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date

from meice.demo.university import Holder
from meice.orgs.models import Unit, User

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"


@dataclass
class Stage:
    """Filled by the scenes in their order."""

    today: date
    passwords: dict[str, str]
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    logins: list[dict[str, str]] = field(default_factory=list)

    @property
    def admin(self) -> User:
        """The administrator who sets everything up."""
        return self.people["admin"]

    def password_of(self, username: str) -> str:
        """The password given for `username`, else one drawn now."""
        return self.passwords.setdefault(username, draw_password())

    def print_login(self, holder: Holder, user: User) -> None:
        """Put `user` on the list of logins."""
        self.people[holder.username] = user
        self.logins.append(
            {
                "role": holder.role.value,
                "unit": holder.unit,
                "username": holder.username,
                "password": self.password_of(holder.username),
            }
        )


def draw_password() -> str:
    """Fourteen signs of four kinds, in groups that can be typed from paper."""
    groups = [
        "".join(secrets.choice(_CAPITALS) for _ in range(2))
        + "".join(secrets.choice(_LETTERS) for _ in range(2)),
        "".join(secrets.choice(_DIGITS) for _ in range(4)),
        "".join(secrets.choice(_LETTERS) for _ in range(4)),
    ]
    return "-".join(groups)
