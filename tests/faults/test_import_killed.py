"""The process dies in the middle of an import of a ledger (F2), or of a consolidation (F3): all of
it or nothing, and the next try ends it; nobody is told twice."""

import signal

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

ROWS = 12
SCHOOL = """
from datetime import date
from tests import given
from tests.meice.registry.scene import MONDAY, make_school
"""
UPLOADED = f"""{SCHOOL}
from meice.registry.actions.ledger import create_ledger_intake, plan_of
school = make_school()
head = ("账号名称", "类型", "开设单位", "认证主体", "账号ID（网址）", "开通时间")
rows = [(f"艺术之声{{at}}", "视频号", "艺术学院", "华园大学", f"hy_{{at}}", "2021") for at in range({ROWS})]
content = given.workbook(head, *rows)
made = create_ledger_intake(
    content, name="台账.xlsx", unit=school.university, by=school.liang, at=MONDAY
)
print(json.dumps(plan_of(made, MONDAY).counts))
"""
QUEUED = """
from meice.jobs.actions import enqueue_once
from meice.orgs.models import User
from meice.kernel.clock import now
from meice.registry.actions.ledger import plan_of
from meice.registry.models import LedgerIntake
from meice.registry.tasks import apply_ledger
made = LedgerIntake.objects.select_related("unit").get()
by = User.objects.get(username="D001")
enqueue_once(apply_ledger, made.pk, by.pk, plan_of(made, now()).digest, key="ledger", by=by)
"""
REGISTER = """
from meice.audit.models import Entry
from meice.notices.models import Notice
from meice.registry.models import ExceptionGrant, LedgerIntake, LedgerRow, Outlet
print(json.dumps({
    "status": LedgerIntake.objects.get().status,
    "outlets": Outlet.objects.count(),
    "numbers": Outlet.objects.values("number").distinct().count(),
    "exceptions": ExceptionGrant.objects.count(),
    "rows": LedgerRow.objects.count(),
    "audited": Entry.objects.filter(act="ledger.apply").count(),
    "told": [notice.text for notice in Notice.objects.all()],
}))
"""
NOTHING = {"outlets": 0, "numbers": 0, "exceptions": 0, "rows": 0, "audited": 0, "told": []}
BEFORE = {"status": "preview", **NOTHING}
AFTER = {
    "status": "applied", "outlets": ROWS, "numbers": ROWS, "exceptions": ROWS - 1, "rows": ROWS,
    "audited": 1,
}  # fmt: skip
TOLD = [f"台账导入好了：新增 {ROWS} 个，修改 0 个"]
ASKED = """
from datetime import date
from tests.meice.surveys.scene import BEFORE, a_world, received
from meice.surveys.actions import consolidating
world = a_world()
received(world)
consolidating.ask_consolidation(
    world.campaign, sent_on=date(2026, 11, 20), by=world.school.liang, at=BEFORE
)
"""
PACKAGE = """
from meice.surveys.models import Consolidation
found = Consolidation.objects.get()
print(json.dumps({
    "made": found.made_at is not None,
    "members": found.members.count(),
    "rows": found.row_count,
    "whole": bool(found.package) and found.package.path.exists(),
}))
"""
NO_PACKAGE = {"made": False, "members": 0, "rows": 0, "whole": False}
WHOLE = {"made": True, "members": 1, "rows": 1, "whole": True}
LEFT = "from meice.jobs.models import Job\nprint(Job.objects.exclude(state='done').count())"
LATER = """
from datetime import timedelta
from meice.jobs.worker import drain
from meice.kernel.clock import database_now
drain(lambda: database_now() + timedelta(hours=1))
"""
FAULTS = """
from meice.audit import verify as audit
from meice.files import verify as files
print(json.dumps([*audit.altered(), *files.altered()]))
"""


def strike(installation, task, *arguments):
    """Run it, and see it die."""
    victim = installation.fork(f"tests.faults.submitter:{task}", *arguments)
    assert victim.wait(timeout=120) == -signal.SIGKILL, victim.complained


@pytest.mark.parametrize("point", ["Outlet:7", "ExceptionGrant:3", "LedgerRow:12", "Entry:12"])
def test_a_death_in_the_middle_of_an_import_leaves_the_register_as_it_was(installation, point):
    assert installation.begin(UPLOADED)["new"] == ROWS
    strike(installation, "act", "apply_ledger", point)
    assert installation.ask(REGISTER) == BEFORE
    again = installation.fork("tests.faults.submitter:act", "apply_ledger", "never")
    assert again.wait(timeout=120) == 0, again.complained
    assert installation.ask(REGISTER) == {**AFTER, "told": []}
    assert installation.ask(FAULTS) == []


@pytest.mark.parametrize("point", ["Outlet:7", "LedgerRow:12", "Entry:12"])
def test_a_worker_dies_in_an_import_and_another_ends_it_once(installation, point):
    installation.begin(UPLOADED)
    installation.ask(QUEUED)
    strike(installation, "work", point)
    assert installation.ask(REGISTER) == BEFORE
    installation.ask(LATER)
    assert installation.ask(REGISTER) == {**AFTER, "told": TOLD}
    assert installation.ask(LEFT) == 0
    assert installation.ask(FAULTS) == []


@pytest.mark.parametrize("point", ["file", "StoredFile:2", "Consolidation"])
def test_a_worker_dies_in_a_consolidation_and_another_makes_it_once(installation, point):
    installation.begin(ASKED)
    strike(installation, "work", point)
    assert installation.ask(PACKAGE) == NO_PACKAGE
    installation.ask(LATER)
    assert installation.ask(PACKAGE) == WHOLE
    assert installation.ask(LEFT) == 0
    assert installation.ask(FAULTS) == []


def test_a_death_after_the_import_and_the_same_click_again_changes_nothing(installation):
    installation.begin(UPLOADED)
    strike(installation, "act", "apply_ledger", "answer")
    again = installation.fork("tests.faults.submitter:act", "apply_ledger", "never")
    assert again.wait(timeout=120) == 1  # refused: it is applied
    assert "Refused" in again.complained
    assert installation.ask(REGISTER) == {**AFTER, "told": []}
