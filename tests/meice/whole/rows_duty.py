"""The doors of duty: role × URL × method × object."""

from tests.meice.whole.rows import ALL, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import LEADER, MEMBERS, OPERATOR, REVIEWER, SECURITY, SEE, WIDE

from meice.orgs.roles import Role

ADMIN = frozenset({Role.ADMIN})
READ = SEE | SECURITY
FAR = WIDE | SECURITY
KEEP = LEADER | DEPARTMENT
SERVE = MEMBERS | DEPARTMENT | SECURITY


def _of_roster(name):
    """A page of a roster, read by whoever sees it."""
    return [*get(name, READ, "near"), *get(name, FAR, "far")]


def _kept(make, name, far=True):
    """An act of its keepers: the leader here, the department everywhere."""
    return [
        *seen(make, name, KEEP, READ, "near"),
        *(seen(make, name, DEPARTMENT, FAR, "far") if far else []),
    ]


DUTY = (
    *get("duty", ALL - ADMIN),  # each her own rows: `test_leaks.py`
    *get("duty-mine", ALL - ADMIN),
    *post("feed-make", SERVE, otherwise=403, blind=ADMIN),
    *post("feed-revoke", NOBODY, otherwise=403, blind=ADMIN),  # nobody has one yet
    *seen(post, "duty-number", SERVE, READ, "near"),
    *seen(post, "duty-number", DEPARTMENT | SECURITY, FAR, "far"),
    *get("roster-list", ALL - ADMIN),
    *both("roster-new", KEEP, otherwise=403),
    *_of_roster("roster"),
    *_of_roster("roster-calendar"),
    *_of_roster("roster-print"),
    *_of_roster("roster-tally"),
    *_of_roster("roster-notes"),
    *seen(post, "roster-export", READ, READ, "near"),
    *seen(post, "roster-export", FAR, FAR, "far"),
    *seen(post, "roster-tally-export", READ, READ, "near"),
    *_kept(both, "roster-edit"),
    *seen(both, "roster-edit", NOBODY, READ, "closed"),
    *_kept(post, "roster-close"),
    *seen(post, "roster-close", NOBODY, READ, "closed"),
    *seen(post, "roster-reopen", KEEP, READ, "closed"),
    *seen(post, "roster-reopen", NOBODY, READ, "near"),
    *_kept(post, "roster-fill"),
    *_kept(post, "roster-replan", far=False),
    *_kept(both, "stand-in-new", far=False),
    *_kept(post, "stand-in-end", far=False),
    *_kept(both, "layer-new", far=False),
    *_kept(both, "layer-edit"),
    *seen(post, "layer-drop", KEEP, READ, "empty"),
    *seen(post, "layer-drop", NOBODY, READ, "near"),
    *_kept(both, "pattern-new", far=False),
    *_kept(both, "pattern-edit"),
    *_kept(post, "pattern-drop"),
    *get("shift", READ, "near"),
    *get("shift", FAR, "far"),
    *_kept(both, "shift-change"),
    *seen(both, "shift-swap", OPERATOR, READ, "hers"),
    *seen(both, "shift-swap", NOBODY, FAR, "far"),
    *seen(both, "shift-handover", OPERATOR, READ, "near"),
    *get("swap", READ, "near"),
    *seen(post, "swap-accept", OPERATOR, READ, "near"),
    *seen(post, "swap-decline", OPERATOR, READ, "near"),
    *seen(post, "swap-withdraw", REVIEWER, READ, "near"),
    *get("handover", READ, "near"),
    *seen(post, "handover-accept", LEADER, READ, "near"),
    *seen(post, "handover-return", LEADER, READ, "near"),
    *seen(post, "item-close", KEEP, READ, "near"),
)
