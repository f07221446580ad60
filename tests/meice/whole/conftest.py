"""One of everything in the invented university, for the tests that span all rooms."""

import uuid
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from tests import given
from tests.base_states import base_state
from tests.conftest import Cast
from tests.meice.surveys.conftest import basic_form

from meice.engines.annexes.model import Report
from meice.engines.annexes.write import write_workbook
from meice.files.actions import keep_file
from meice.jobs.actions import enqueue
from meice.jobs.models import Job
from meice.kernel.clock import now
from meice.notices.actions import notify
from meice.orgs.models import SignedIn, Unit, User
from meice.surveys.actions.asked import Incoming, ask_package, receive_files
from meice.surveys.actions.found import keep_package, keep_report
from meice.surveys.tasks import check_key, sweep_checks

MARKUP = '恶<script>evil()</script><b class=evil>"onmouseover="evil()\'>{{7*7}}{% now %}'
DIRECTION = "\u202e\u2066\u200b\u200d\ufeff"


@dataclass
class World:
    """The cast, and things that `arguments` hands to the URLs."""

    cast: Cast
    empty: Any
    intake: Any
    failed: Any
    things: dict[int, dict[str, Any]] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    mark: str = ""
    """Stands in every name that is given from now on."""

    def thing(self, key, make):
        """What `make(world)` makes, once."""
        if key not in self.made:
            self.made[key] = make(self)
        return self.made[key]

    def of_stranger(self, person):
        """Somebody else: of another unit for most, of the own one for the stranger."""
        return self.cast.su if person.pk != self.cast.su.pk else self.cast.he

    def of(self, person):
        """What belongs to `person`, made when first asked for."""
        if person.pk not in self.things:
            self.things[person.pk] = _belongings(person)
        return self.things[person.pk]


def a_check(person):
    """A real annex 1, dropped and waiting."""
    content = write_workbook([basic_form()])
    incoming = Incoming("数信学院.xls", len(content), BytesIO(content))
    return receive_files([incoming], by=person, token=uuid.uuid4())


def _belongings(person):
    check = a_check(person)
    keep_report(check, Report((basic_form(),)))
    package = ask_package(
        check, by=person, unit="数信学院", short_name="数信学院", sent_on=check.received_at.date()
    )
    keep_package(package, ("包.zip", b"PK"), b"PK")
    waiting = a_check(person)
    Job.objects.filter(unique_key=check_key(waiting)).update(state="failed")
    return {
        "check": check,
        "form": check.forms.get(),
        "upload": check.uploads.get(),
        "package": package,
        "waiting": waiting,
        "notice": notify(person, text="试一试。", url="/annexes/"),
        "job": enqueue(sweep_checks, by=person),
        "session": SignedIn.objects.create(user=person, started_at=now(), seen_at=now()),
        "file": keep_file(BytesIO(b"x"), name="a", by=person, purpose="test"),
    }


def make_world(cast):
    failed = enqueue(sweep_checks, by=cast.lu)
    Job.objects.filter(pk=failed.pk).update(state="failed")
    sheet = given.workbook(
        ["工号", "姓名", "单位", "角色"], ["20260001", "新人", "园艺学院", "运维"]
    )
    return World(
        cast,
        empty=given.a_unit("空单位", cast.maths, by=cast.lu),
        intake=given.an_intake(sheet, "people", by=cast.lu),
        failed=failed,
    )


@base_state
def world(cast):
    return make_world(cast)


@base_state
def hostile(world):
    """Everybody and everything of 数信学院 bears a name as an attacker would choose it."""
    world.mark = f"{MARKUP}{DIRECTION}"
    unit = f"学院{world.mark}"
    Unit.objects.filter(pk=world.cast.maths.pk).update(name=unit[:90], short_name=unit[:40])
    for person in (world.cast.he, world.cast.zheng, world.cast.zhou, world.cast.liang):
        User.objects.filter(pk=person.pk).update(name=world.mark[:60])
        person.refresh_from_db()
    world.cast.maths.refresh_from_db()
    return world
