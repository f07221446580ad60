"""Who may what: each verdict asked for every role, and every refusal says why."""

import pytest
from tests.meice.patrols.scene import MONDAY, a_plan, a_round, answered, hours

from meice.kernel.access import Refused
from meice.patrols import actions, policies
from meice.patrols.actions import terms
from meice.patrols.models import Answer, Plan, Round
from meice.patrols.rhythm import Notable
from meice.patrols.workflow import PLAN, ROUND, TermName

EVERYBODY = {"liang", "huang", "he", "chen", "zhou", "zheng", "su", "fang", "tuan", "bao", "shen",
             "admin"}  # fmt: skip
PLANNERS = {"liang", "huang", "zhou", "zheng"}
WALKERS = {"liang", "huang", "he", "chen", "zhou"}
READERS = EVERYBODY - {"bao", "admin"}
"""Of the room at all; each then sees the rows of her own subtree."""


def allowed(school, ask):
    """Who passes; everybody else gets a Chinese reason."""
    verdicts = {key: ask(school.people[key]) for key in EVERYBODY}
    assert all(verdict.reason for verdict in verdicts.values() if not verdict)
    return {key for key, verdict in verdicts.items() if verdict}


def test_the_table_of_a_plan(school):
    plan = a_plan(school)
    assert allowed(school, lambda by: policies.may_see_patrols(by)) == READERS
    assert allowed(school, lambda by: policies.may_plan(by, school.maths)) == PLANNERS
    assert allowed(school, lambda by: policies.may_edit_plan(by, plan)) == PLANNERS
    assert allowed(school, lambda by: PLAN.verdict("pause", plan, by)) == PLANNERS
    assert allowed(school, lambda by: PLAN.verdict("restart", plan, by)) == set()
    assert allowed(school, lambda by: policies.may_start_round(by, plan)) == PLANNERS
    assert allowed(school, lambda by: policies.may_edit_checklist(by, plan.checklist)) == PLANNERS
    assert allowed(school, lambda by: policies.may_open_settings(by)) == {"liang", "huang"}
    assert allowed(school, lambda by: policies.may_set_terms(by)) == {"liang", "huang"}


def test_the_table_of_a_round(school, round, visit):
    answered(school, visit, comments="广告")
    answer = Answer.objects.select_related("visit__round").get(key="comments")
    assert allowed(school, lambda by: policies.may_patrol_for(by, school.maths)) == WALKERS
    assert allowed(school, lambda by: policies.may_answer(by, round)) == {"he"}
    assert allowed(school, lambda by: policies.may_take_round(by, round)) == WALKERS - {"he"}
    assert allowed(school, lambda by: policies.may_add_photo(by, visit)) == {"he"}
    assert allowed(school, lambda by: policies.may_drop_photo(by, visit)) == {"he"}
    assert allowed(school, lambda by: policies.may_raise_finding(by, answer)) == {"he"}
    assert allowed(school, lambda by: policies.may_raise_incident(by, answer)) == {"he"}
    assert allowed(school, lambda by: policies.may_export_rounds(by)) == READERS
    assert allowed(school, lambda by: ROUND.verdict("begin", round, by)) == {"he"}
    for step in ("resume", "excuse", "miss"):
        assert allowed(school, lambda by, step=step: ROUND.verdict(step, round, by)) == set()


def test_a_missed_round_is_made_up_by_its_patroller_and_excused_by_others(school, round):
    actions.climb_ladder(hours(1))
    missed = Round.objects.get(pk=round.pk)
    excusers = {"liang", "huang", "zheng"}
    assert allowed(school, lambda by: ROUND.verdict("finish", missed, by)) == set()
    assert allowed(school, lambda by: ROUND.verdict("resume", missed, by)) == {"he"}
    assert allowed(school, lambda by: ROUND.verdict("excuse", missed, by)) == excusers
    assert not ROUND.verdict("miss", missed, None)


def test_a_walked_round_is_finished_by_its_patroller(school, round):
    for visit in round.visits.all():
        actions.fine_visit(visit, by=school.he, at=MONDAY)
    walked = Round.objects.get(pk=round.pk)
    assert allowed(school, lambda by: ROUND.verdict("finish", walked, by)) == {"he"}


def test_what_the_verdict_refuses_the_action_refuses(school, round, visit):
    plan = Plan.objects.get()
    deeds = (
        lambda by: a_plan(school, by=by, name="另一个"),
        lambda by: actions.pause_plan(plan, by=by),
        lambda by: actions.start_round(plan, occasion="加巡", by=by, at=MONDAY),
        lambda by: actions.fine_visit(visit, by=by, at=MONDAY),
        lambda by: terms.set_term(TermName.LEADER, 3, by=by),
        lambda by: terms.add_day(Notable("校庆", 10, 18), by=by),
    )
    for deed in deeds:
        for key in ("su", "shen", "admin", "bao"):
            with pytest.raises(Refused):
                deed(school.people[key])


def test_rows_are_those_of_the_chosen_posts_subtree(school, round):
    seers = {key for key in EVERYBODY if Round.objects.visible_to(school.people[key]).exists()}
    assert seers == {"liang", "huang", "he", "chen", "zhou", "zheng", "shen"}
    assert {key for key in EVERYBODY if Plan.objects.visible_to(school.people[key])} == seers
    other = a_round(school, name="全校", by=school.liang, unit=school.university,
                    patrollers=[school.liang])  # fmt: skip
    assert other not in Round.objects.visible_to(school.he)
