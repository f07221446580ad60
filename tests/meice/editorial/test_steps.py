"""Every person at every step: the table says who passes, everybody else is told why not.

The table is written from the notice (分级审核、先审后发, nobody two stages, no author), not from the
policies. What an attempt did is undone, so that no cell depends on another.
"""

import pytest
from django.db import transaction
from tests.meice.editorial import scene
from tests.meice.editorial.scene import MONDAY, hours
from tests.meice.registry.scene import make_person

from meice.editorial.actions import publishing, reviewing, submitting, writing
from meice.editorial.models import Manuscript
from meice.kernel.access import Refused
from meice.orgs.roles import Role

pytestmark = pytest.mark.django_db

LINK = "https://sx.huayuan.edu.cn/news/7.htm"
OPERATORS, LEADERS, OFFICE = {"he", "chen"}, {"zheng"}, {"liang", "huang"}
FIRST, SECOND = {"zhou", "luo", "gu"}, {"luo", "gu"}


PEOPLE = (
    "he", "chen", "zhou", "luo", "gu", "zheng", "liang", "huang", "su", "pan", "bao", "ruan", "admin",
)  # fmt: skip
"""Of 数信学院 two operators, three reviewers, the leader and an auditor; the department; strangers."""
SOME = ("he", "zhou", "zheng", "liang")
"""Who are asked where a state lets nobody pass: the roles that may do the step in another state."""


class Undo(Exception):
    """Takes an attempt back."""


def claim(manuscript, by, world):
    reviewing.claim_review(world.stage(manuscript), by=by, at=MONDAY)


def release(manuscript, by, world):
    reviewing.release_review(world.stage(manuscript), by=by, at=MONDAY)


def pass_(manuscript, by, world):
    said = scene.verdict(manuscript)
    reviewing.pass_review(world.stage(manuscript), said, by=by, at=MONDAY)


def return_(manuscript, by, world):
    said = scene.verdict(manuscript, gates=[], opinion="重写")
    reviewing.return_review(world.stage(manuscript), said, by=by, at=MONDAY)


def comment(manuscript, by, world):
    reviewing.add_comment(manuscript, "写全名", quote="周教授", by=by, at=MONDAY)


def save(manuscript, by, world):
    scene.saved(world.school, manuscript, by=by, title="新标题")


def submit(manuscript, by, world):
    submitting.submit_manuscript(manuscript, by=by, at=MONDAY)


def reopen(manuscript, by, world):
    submitting.reopen_manuscript(manuscript, by=by, at=MONDAY)


def drop(manuscript, by, world):
    submitting.drop_manuscript(manuscript, by=by, at=MONDAY)


def publish(manuscript, by, world):
    places = [publishing.Place(world.site, LINK, hours(1))]
    publishing.publish_manuscript(manuscript, places, by=by, at=hours(1))


def correct(manuscript, by, world):
    publishing.correct_manuscript(manuscript, reason="人名有误", by=by, at=MONDAY)


def withdraw(manuscript, by, world):
    publishing.withdraw_manuscript(manuscript, reason="内容有误", by=by, at=MONDAY)


STEPS = (
    claim, release, pass_, return_, comment, save, submit, reopen, drop, publish, correct, withdraw,
)  # fmt: skip
TABLE = {
    "draft": {
        save: OPERATORS, submit: OPERATORS, drop: OPERATORS,
    },
    "first open": {claim: FIRST, reopen: OPERATORS},
    "first claimed by zhou": {
        release: {"zhou"}, pass_: {"zhou"}, return_: {"zhou"}, comment: {"zhou"},
        reopen: OPERATORS,
    },
    "second open": {claim: SECOND, reopen: OPERATORS},
    "third open": {claim: LEADERS, reopen: OPERATORS},
    "third claimed by zheng": {
        release: LEADERS, pass_: LEADERS, return_: LEADERS, comment: LEADERS, reopen: OPERATORS,
    },
    "extra open": {claim: OFFICE, reopen: OPERATORS},
    "extra claimed by liang": {
        release: {"liang"}, pass_: {"liang"}, return_: {"liang"}, comment: {"liang"},
        reopen: OPERATORS,
    },
    "returned": {save: OPERATORS, submit: OPERATORS, drop: OPERATORS},
    "approved": {reopen: OPERATORS, publish: OPERATORS | OFFICE},
    "published": {correct: OPERATORS | OFFICE, withdraw: LEADERS | OFFICE},
    "correcting": {
        save: OPERATORS, submit: OPERATORS, withdraw: LEADERS | OFFICE,
    },
    "corrected": {correct: OPERATORS | OFFICE, withdraw: LEADERS | OFFICE},
    "withdrawn": {},
    "dropped": {},
}  # fmt: skip


class World:
    """The school, and one manuscript in each state of the table."""

    def __init__(self):
        self.school = school = scene.editorial_school()
        school.people["ruan"] = make_person("M009", "阮青", school.maths, Role.AUDITOR)
        self.site = scene.with_site(school)
        self.made = {}
        for name in TABLE:
            self.made[name] = getattr(self, name.replace(" ", "_"))()

    def stage(self, manuscript):
        """The stage that a page would offer: the one whose turn it is, else the last."""
        return scene.turn(manuscript) or scene.fresh(manuscript).reviews.last() or NoStage()

    def draft(self):
        return scene.drafted(self.school)

    def first_open(self):
        return scene.submitted(self.school)

    def first_claimed_by_zhou(self):
        made = scene.submitted(self.school)
        scene.claimed(made, self.school.zhou)
        return made

    def second_open(self):
        return scene.passed(scene.submitted(self.school), self.school.zhou)

    def third_open(self):
        return scene.passed(scene.submitted(self.school), self.school.zhou, self.school.luo)

    def third_claimed_by_zheng(self):
        made = self.third_open()
        scene.claimed(made, self.school.zheng)
        return made

    def extra_open(self):
        made = scene.submitted(self.school, content_class="important", impact="无不良影响")
        return scene.passed(made, *scene.three(self.school))

    def extra_claimed_by_liang(self):
        made = self.extra_open()
        scene.claimed(made, self.school.liang)
        return made

    def returned(self):
        made = self.first_claimed_by_zhou()
        said = scene.verdict(made, gates=[], opinion="重写导语")
        return reviewing.return_review(scene.turn(made), said, by=self.school.zhou, at=MONDAY)

    def approved(self):
        return scene.approved(self.school)

    def published(self):
        return scene.published(self.school, self.site)

    def correcting(self):
        return publishing.correct_manuscript(
            self.published(), reason="人名有误", by=self.school.he, at=MONDAY
        )

    def corrected(self):
        made = scene.saved(self.school, self.correcting(), title="更正后的标题")
        submitting.submit_manuscript(made, by=self.school.he, at=MONDAY)
        made = scene.passed(made, *scene.three(self.school))
        places = [publishing.Place(self.site, LINK, MONDAY)]
        return publishing.publish_manuscript(made, places, by=self.school.he, at=MONDAY)

    def withdrawn(self):
        return publishing.withdraw_manuscript(
            self.published(), reason="内容有误", by=self.school.zheng, at=MONDAY
        )

    def dropped(self):
        return submitting.drop_manuscript(self.draft(), by=self.school.he, at=MONDAY)


class NoStage:
    """A manuscript that was never sent has none to offer."""

    pk, round, manuscript = 0, 0, None


def tried(step, manuscript, person, world):
    """Whether it passed, and the reason where it did not; what it did is undone."""
    try:
        with transaction.atomic():
            step(Manuscript.objects.get(pk=manuscript.pk), person, world)
            raise Undo
    except Undo:
        return True, ""
    except Refused as refusal:
        return False, refusal.reason


def test_only_the_allowed_ones_pass_and_each_refusal_says_why():
    world = World()
    wrong, refused = [], 0
    for state, manuscript in world.made.items():
        for step in STEPS:
            if state in ("draft", "dropped") and step in (claim, release, pass_, return_):
                continue  # no stage has ever been laid out
            for name in PEOPLE if step in TABLE[state] else SOME:
                passes, reason = tried(step, manuscript, world.school.people[name], world)
                if passes is not (name in TABLE[state].get(step, set())):
                    wrong.append(f"{state}: {name} {step.__name__}: {passes} {reason}")
                refused += not passes
                if not passes and not (reason.endswith("。") and len(reason) > 6):
                    wrong.append(f"{state}: {name} {step.__name__} says {reason!r}")
    assert "\n".join(wrong) == ""
    assert refused > 700


def test_only_operators_begin_a_manuscript():
    school = scene.editorial_school()
    allowed, reasons = set(), set()
    for name, person in school.people.items():
        try:
            with transaction.atomic():
                writing.draft_manuscript(school.maths, scene.written(), by=person, at=MONDAY)
                allowed.add(name)
        except Refused as refusal:
            reasons.add(refusal.reason)
    assert allowed == OPERATORS
    assert reasons == {"稿件由单位的运维人员起草。"}
