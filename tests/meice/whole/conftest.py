"""A small university for the tests that span all rooms: every role, two faculties, one of each."""

import uuid
from dataclasses import dataclass, field
from io import BytesIO

import pytest

from meice.jobs.actions import enqueue
from meice.jobs.models import Job
from meice.notices.actions import notify
from meice.orgs import actions
from meice.orgs.models import Intake, Unit, User
from meice.orgs.roles import Role
from meice.surveys.actions.asked import Incoming, receive_files
from meice.surveys.models import AnnexCheck
from meice.surveys.tasks import sweep_checks

WHOLE = {Role.DEPARTMENT, Role.SECURITY, Role.AUDITOR, Role.ADMIN}


@dataclass
class World:
    """What there is; `near` lies in the reach of a member of 数信学院, `far` does not."""

    root: Unit
    near: Unit
    far: Unit
    people: dict[str, User] = field(default_factory=dict)
    near_person: User | None = None
    far_person: User | None = None

    def own(self, user):
        """Things that belong to `user`: an annex check, a notice, a job."""
        incoming = Incoming("附件1.xls", 1, BytesIO(b"x"))
        check = receive_files([incoming], by=user, token=uuid.uuid4())
        notice = notify(user, text="试一试。", url="/annexes/")
        job = enqueue(sweep_checks, by=user)
        return check, notice, job


def _person(world, username, name, role, unit, mobile="13800000001"):
    person = actions.Person(username, name, mobile, f"{username}@huayuan.edu.cn")
    terms = actions.PostTerms(role)
    return actions.create_user(person, unit=unit, terms=terms, by=world.people[Role.ADMIN])


@pytest.fixture
def world(db):
    """Built through real actions."""
    admin = actions.create_admin(username="wuxt", name="吴系统", password="Qh7-winter-River")
    root = admin.post.unit
    near, far = (
        actions.create_unit(actions.UnitFacts(name, short, kind="faculty"), parent=root, by=admin)
        for name, short in (("数学与信息学院", "数信学院"), ("经济管理学院", "经管学院"))
    )
    world = World(root, near, far, {Role.ADMIN: admin})
    for number, role in enumerate(Role):
        if role is not Role.ADMIN:
            unit = root if role in WHOLE else near
            world.people[role] = _person(world, f"p{number:03d}", f"周{role.label}", role, unit)
    world.near_person = _person(world, "near1", "何嘉敏", Role.OPERATOR, near, "13800000011")
    world.far_person = _person(world, "far1", "苏雅琴", Role.OPERATOR, far, "13800000012")
    return world


__all__ = ["AnnexCheck", "Intake", "Job", "World"]
