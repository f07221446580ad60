"""Who may do what: the whole table, every person against every step and state."""

import pytest
from tests.meice.registry.scene import MONDAY, opening

from meice.kernel.access import Refused
from meice.registry import policies
from meice.registry.actions import filings
from meice.registry.actions.outlets import confirm_unchanged, note_problems
from meice.registry.models import Confirmation, Filing
from meice.registry.workflow import FILING

EVERYBODY = [
    "liang",
    "huang",
    "he",
    "chen",
    "zhou",
    "zheng",
    "su",
    "fang",
    "tuan",
    "bao",
    "shen",
    "admin",
]
ALLOWED = {
    ("draft", "present"): {"he", "chen", "liang", "huang"},
    ("draft", "submit"): set(),
    ("draft", "attest"): set(),
    ("draft", "withdraw"): {"he", "chen"},
    ("confirming", "confirm"): {"zheng"},
    ("confirming", "transfer"): set(),
    ("confirming", "return"): {"zheng"},
    ("confirming", "withdraw"): {"he", "chen"},
    ("deciding", "claim"): {"liang", "huang"},
    ("deciding", "release"): set(),
    ("deciding", "accept"): {"liang", "huang"},
    ("deciding", "return"): {"liang", "huang"},
    ("deciding", "withdraw"): {"he", "chen"},
}


def at_state(school, state):
    filing = opening(school)
    if state in ("confirming", "deciding"):
        filings.present_filing(filing, by=school.he, at=MONDAY)
    if state == "deciding":
        filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    return Filing.objects.select_related("unit", "checker_unit", "target_unit").get(pk=filing.pk)


@pytest.mark.parametrize("state", ["draft", "confirming", "deciding"])
def test_the_table_of_steps(school, state):
    filing = at_state(school, state)
    for step in FILING.steps:
        wanted = ALLOWED.get((state, step), set())
        found = {who for who in EVERYBODY if FILING.verdict(step, filing, school.people[who])}
        assert found == wanted, step


def test_every_refusal_says_why(school):
    filing = at_state(school, "deciding")
    for step in FILING.steps:
        for who in EVERYBODY:
            verdict = FILING.verdict(step, filing, school.people[who])
            assert verdict or verdict.reason.endswith("。")


TABLE = {
    "may_draft_filing": {"liang", "huang", "he", "chen"},
    "may_grant_exception": {"liang", "huang"},
    "may_plan_merge": {"liang", "huang", "he", "chen"},
    "may_confirm_unchanged": {"zheng"},
    "may_set_route": {"zheng", "liang", "huang"},
    "may_import_ledger": {"liang", "huang"},
    "may_see_numbers": {"liang", "huang", "he", "chen", "zhou", "zheng", "admin"},
}


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_acts_on_a_unit(school, name):
    ask = getattr(policies, name)
    assert {who for who in EVERYBODY if ask(school.people[who], school.maths)} == TABLE[name]


def test_the_terms_belong_to_the_department(school):
    assert {who for who in EVERYBODY if policies.may_set_terms(school.people[who])} == {
        "liang",
        "huang",
    }


def test_a_leader_confirms_no_change_for_all_outlets_at_once(school, outlet):
    confirm_unchanged(school.maths, by=school.zheng, at=MONDAY)
    outlet.refresh_from_db()
    assert (outlet.confirmed_by, outlet.confirmed_at) == ("郑国强", MONDAY)
    assert Confirmation.objects.get().outlets == 1
    with pytest.raises(Refused, match="主管领导"):
        confirm_unchanged(school.maths, by=school.he, at=MONDAY)


def test_a_self_found_problem_fills_annex_1(school, outlet):
    note_problems(outlet, ["无更新", "运维管理不规范"], rectified=False, by=school.he, at=MONDAY)
    outlet.refresh_from_db()
    assert (outlet.problem_list, outlet.rectified) == (["无更新", "运维管理不规范"], "否")
    note_problems(outlet, [], rectified=True, by=school.he, at=MONDAY)
    outlet.refresh_from_db()
    assert (outlet.problem_list, outlet.rectified) == ([], "-")


def test_another_units_operator_notes_nothing(school, outlet):
    with pytest.raises(Refused):
        note_problems(outlet, ["无更新"], rectified=False, by=school.su, at=MONDAY)
