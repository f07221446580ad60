"""What the clock does to the server of the journey, in a process of its own beside it.

`python -m tests.browser.patrol.clockwork plan` makes a roster (陈希 is on duty) and one round of
华园数信 for 何嘉敏; prints its pk. `… later 16` lets sixteen minutes pass for every live incident
(its moments move back, the house's clock stays) and then runs the ladder as its job does, twice;
prints the alarms that each person has in her inbox.
"""

import json
import sys
from datetime import time, timedelta

import django

MOMENTS = ("reported_at", "clock_at", "claim_by", "act_by", "clear_by", "look_at")


def plan():
    """The department's plan for one account; its round begins now."""
    from django.utils import timezone

    from meice.duty import actions as duty
    from meice.duty.models import Covers, LayerKind, Turn
    from meice.duty.rota import Hours
    from meice.orgs.models import User
    from meice.patrols import actions
    from meice.registry.models import Outlet

    he, zhou, zheng, chen = (
        User.objects.get(username=name) for name in ("M001", "M002", "M003", "M004")
    )
    at, outlet = timezone.now(), Outlet.objects.select_related("unit").get(name="华园数信")
    roster = duty.create_roster(
        outlet.unit, duty.RosterTerms("新媒体值班", [zhou]), by=zheng, at=at
    )
    layer = duty.add_layer(
        roster, "值班员", LayerKind.OFFICER, round_the_clock=True, by=zheng, at=at
    )
    day = timezone.localdate(at) - timedelta(days=1)  # her night began yesterday
    hours = [Hours("全天", time(8), time(8))]
    terms = duty.PatternTerms(Covers.EVERY, Turn.DAY, day, hours, [chen])
    duty.set_pattern(layer, terms, by=zheng, at=at - timedelta(days=1))
    said = actions.PlanText("账号巡查", outlet.unit, patrollers=[he], outlets=[outlet])
    made = actions.create_plan(said, by=zhou, at=at)
    return actions.start_round(made, occasion="专项巡查", by=zhou, at=at).pk


def later(minutes):
    """The same as waiting so long."""
    from django.db.models import Count, F
    from django.utils import timezone

    from meice.incidents.actions import climb_ladder
    from meice.incidents.models import Incident
    from meice.notices.models import Notice

    back = timedelta(minutes=minutes)
    Incident.objects.live().update(**{name: F(name) - back for name in MOMENTS})
    climb_ladder(timezone.now())
    climb_ladder(timezone.now())
    late = Notice.objects.filter(kind="alarm", text__contains="超时")
    return dict(late.values_list("user__name").annotate(Count("pk")))


if __name__ == "__main__":
    django.setup()
    json.dump(plan() if sys.argv[1] == "plan" else later(int(sys.argv[2])), sys.stdout)
