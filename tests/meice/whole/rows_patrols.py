"""The doors of patrols: role × URL × method × object."""

from tests.meice.whole.rows import DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import LEADER, OPERATOR, SEE, WIDE

from meice.orgs.roles import Role

PLANNERS = DEPARTMENT | LEADER | {Role.REVIEWER}
WALKERS = DEPARTMENT | OPERATOR | {Role.REVIEWER}


def _walk(make, name, at="underway"):
    """Of who is named for the round alone."""
    return [*seen(make, name, OPERATOR, SEE, at), *seen(make, name, NOBODY, SEE, "finished")]


def _plan(make, name):
    """By who plans for the unit."""
    return [*seen(make, name, PLANNERS, SEE, "near"), *seen(make, name, DEPARTMENT, WIDE, "far")]


ROUNDS = (
    *both("round-list", SEE),  # each her own rows: `test_leaks.py`
    *get("round-book", SEE),
    *post("round-export", SEE),
    *get("round", SEE, "open"),
    *get("round", SEE, "finished"),
    *get("round", WIDE, "far open"),
    *get("round-print", SEE, "finished"),
    *get("round-print", WIDE, "far open"),
    *seen(post, "round-take", WALKERS - OPERATOR, SEE, "open"),
    *seen(post, "round-take", DEPARTMENT, WIDE, "far open"),
    *seen(post, "round-take", NOBODY, SEE, "finished"),
    *_walk(post, "round-finish", "walked"),
    *seen(post, "round-finish", NOBODY, SEE, "underway"),
    *seen(both, "round-excuse", DEPARTMENT | LEADER, SEE, "missed"),
    *seen(both, "round-excuse", NOBODY, SEE, "open"),
    *get("round-visit", SEE, "underway"),
    *get("round-visit", WIDE, "far open"),
    *_walk(post, "round-visit"),
    *seen(post, "round-visit", NOBODY, WIDE, "far open"),
    *_walk(post, "round-save"),
    *_walk(post, "round-fine"),
    *seen(both, "round-find", OPERATOR, SEE, "underway"),
    *seen(both, "round-report", OPERATOR, SEE, "underway"),
    *get("round-file", SEE, "underway"),
    *seen(post, "round-photo-drop", OPERATOR, SEE, "underway"),
)
PLANS = (
    *get("patrol-plan-list", SEE),
    *seen(both, "patrol-plan-new", PLANNERS, SEE),
    *get("patrol-plan", SEE, "near"),
    *get("patrol-plan", WIDE, "far"),
    *_plan(both, "patrol-plan-edit"),
    *_plan(post, "patrol-plan-pause"),
    *_plan(post, "patrol-plan-start"),
    *seen(post, "patrol-plan-restart", PLANNERS, SEE, "paused"),
    *seen(post, "patrol-plan-restart", NOBODY, SEE, "near"),
    *get("checklist-list", SEE),
    *seen(post, "checklist-copy", PLANNERS, SEE),
    *get("checklist", SEE, "near"),
    *get("checklist", WIDE, "far"),
    *_plan(both, "checklist-edit"),
    *get("patrol-settings", DEPARTMENT, otherwise=403),
    *post("patrol-terms-set", DEPARTMENT, otherwise=403),
    *post("patrol-day-add", DEPARTMENT, otherwise=403),
    *post("patrol-day-drop", DEPARTMENT, "listed", otherwise=403),
)

PATROLS = (*ROUNDS, *PLANS)
