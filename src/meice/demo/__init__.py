"""A throw-away university to look at: `meice demo` calls `build` once on an empty database.

Everything is made through the rooms' own actions, as people would make it, so that the audit
log tells a true story. Each room has one module in `scenes`; a new room adds one and a line below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils import timezone

from meice.demo.scenes import (
    activity,
    campaigns,
    checks,
    compliance,
    duty,
    editorial,
    impersonations,
    incidents,
    inspections,
    letters,
    orders,
    patrols,
    people,
    register,
    regulations,
    training,
)
from meice.demo.stage import Stage
from meice.kernel.clock import now

Login = dict[str, str]

SCENES: tuple[Callable[[Stage], None], ...] = (
    people.play,
    register.play,
    campaigns.play,
    orders.play,
    inspections.play,
    activity.play,
    regulations.play,
    compliance.play,
    training.play,
    impersonations.play,
    checks.play,
    duty.play,
    patrols.play,
    incidents.play,
    editorial.play,
    letters.play,
)


def build(passwords: Mapping[str, str] | None = None, *, today: date | None = None) -> list[Login]:
    """Play all scenes; gives the logins of contracts.md: role, unit, username, password.

    `passwords` by username replace the random ones (tests). `today` dates the packages; by
    default it is today in Shanghai. Raises ValueError on a database that has an administrator.
    """
    stage = Stage(today or timezone.localtime(now()).date(), dict(passwords or {}))
    for play in SCENES:
        play(stage)
    return stage.logins
