"""What the machine knows of an outlet, beside the person's own eyes: claims with their age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from meice.inspections.models import Finding, Observation, OutletActivity
from meice.orgs.models import User
from meice.patrols.checklist import ONLY_SITE
from meice.patrols.models import Visit
from meice.web.tones import Look

SHOWN = 5
LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Sight:
    """`rows` are the newest observations with whether they are old; `findings` wait for a person's
    word or stand; `is_blind` where nothing was ever looked at."""

    rows: Sequence[tuple[Observation, bool]]
    findings: Sequence[Finding]
    activity: Look | None
    silent: int | None
    judged_at: datetime | None
    reads_comments: bool

    @property
    def is_blind(self) -> bool:
        """Nothing is known: that is neither good nor bad."""
        return not (self.rows or self.findings or self.judged_at)

    @property
    def newest(self) -> datetime | None:
        """How fresh the freshest is."""
        times = [row.at for row, _ in self.rows]
        return max([*times, *([self.judged_at] if self.judged_at else [])], default=None)


def machine_of(visit: Visit, user: User, at: datetime) -> Sight:
    """Four queries, whatever there is."""
    seen = Observation.objects.visible_to(user).of(visit.outlet)[:LOOKED_AT]
    newest: dict[str, Observation] = {}
    for observation in seen:
        newest.setdefault(observation.metric, observation)
    findings = Finding.objects.visible_to(user).filter(
        outlet=visit.outlet_id, status__in=["found", "half", "recurred", "looking", "confirmed",
                                            "ordered"],
    )  # fmt: skip
    activity = OutletActivity.objects.visible_to(user).filter(outlet=visit.outlet_id).first()
    return Sight(
        rows=[(row, row.is_old(at)) for row in list(newest.values())[:SHOWN]],
        findings=list(findings.order_by("weight", "-last_seen_at")[:SHOWN]),
        activity=activity.state if activity else None,
        silent=activity.silent_days(_day(at)) if activity else None,
        judged_at=activity.judged_at if activity else None,
        reads_comments=visit.kind in ONLY_SITE,
    )


def _day(at: datetime) -> date:
    return timezone.localdate(at)
