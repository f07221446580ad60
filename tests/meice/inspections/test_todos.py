"""What the work page says of findings: mine, and what the office has not claimed."""

from tests.meice.inspections.scene import TUESDAY, a_claim

from meice.inspections.actions.verdicts import claim_finding
from meice.kernel.slots import TodoList, todos


def asked(user):
    """Whose list → the texts of this room's to-dos."""
    found = {}
    for source in todos:
        if source.name in ("我认领的发现", "待认领发现"):
            for todo in source.find(user, TUESDAY):
                found.setdefault(todo.of, []).append(todo.what)
    return found


def test_what_nobody_has_claimed_is_the_offices(school, claim, severe):
    found = asked(school.liang)
    assert set(found) == {TodoList.OFFICE}
    assert [text.startswith("核实：") for text in found[TodoList.OFFICE]] == [True, False]


def test_what_she_has_claimed_is_hers(school, site, claim):
    claim_finding(claim, by=school.liang, at=TUESDAY)
    a_claim(site, "dead-link")
    found = asked(school.liang)
    assert len(found[TodoList.MINE]) == 1
    assert found[TodoList.OFFICE] == ["1 条发现没有人认领"]
    assert set(asked(school.huang)) == {TodoList.OFFICE}


def test_units_have_no_findings_to_claim(school, claim):
    assert asked(school.he) == {}
