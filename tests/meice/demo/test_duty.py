"""The demo's duty: a month of rosters, somebody on duty, something waiting for people."""

from datetime import timedelta

from tests.meice.demo.conftest import TODAY

from meice.demo.scenes.duty import Hands
from meice.demo.stage import Stage
from meice.duty.models import Handover, Roster, Shift, Swap
from meice.orgs.models import Unit


def test_a_living_month_of_duty(built):
    rosters = {roster.unit.called: roster for roster in Roster.objects.select_related("unit")}
    assert len(rosters) == 4
    assert {name for name, roster in rosters.items() if roster.troubles} == {"校团委"}
    days = set(Shift.objects.values_list("day", flat=True))
    assert {TODAY + timedelta(days=at) for at in range(-30, 40)} <= days
    at = Hands(Stage(TODAY, {})).at()
    names = [
        person.name for person in Shift.objects.on_duty(Unit.objects.get(short_name="数信学院"), at)
    ]
    assert len(names) == 2
    assert names[-1] == "郑国强"
    library = Unit.objects.get(short_name="图书馆")
    assert len(Shift.objects.on_duty(library, at)) == 3  # the department's


def test_something_waits_for_people(built):
    assert [swap.to.name for swap in Swap.objects.asked()] == ["周启明"]
    assert Handover.objects.filter(status="waiting").count() == 1
    assert Handover.objects.filter(status="accepted").count() == 4
