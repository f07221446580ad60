"""The doors of the register: role × URL × method × object."""

from tests.meice.whole.rows import ALL, AUDITOR, DEPARTMENT, NOBODY, both, get, post, seen

from meice.orgs.roles import Role

MEMBERS = frozenset({Role.OPERATOR, Role.REVIEWER, Role.LEADER})
OPERATOR = frozenset({Role.OPERATOR})
REVIEWER = frozenset({Role.REVIEWER})
LEADER = frozenset({Role.LEADER})
SECURITY = frozenset({Role.SECURITY})
WIDE = DEPARTMENT | AUDITOR
SEE = MEMBERS | WIDE
WRITERS = OPERATOR | DEPARTMENT
OWN = MEMBERS | AUDITOR  # of a draft: the department sees it when it is sent

OUTLETS = (
    *both("outlet-list", ALL),  # each her own rows: `test_leaks.py`
    *both("outlet-new", WRITERS, otherwise=403),
    *post("outlet-export", MEMBERS | DEPARTMENT, otherwise=403),
    *get("ledger-export", DEPARTMENT, "department's"),
    *post("outlet-select", ALL),
    *post("filter-save", ALL),
    *post("filter-drop", DEPARTMENT, "department's"),
    *post("outlet-confirm", LEADER, otherwise=403),
    *get("outlet", SEE, "near"),
    *get("outlet", WIDE, "far"),
    *get("outlet", WIDE | SECURITY, "far site"),
    *seen(both, "outlet-change", WRITERS, SEE, "near"),
    *seen(both, "outlet-change", DEPARTMENT, WIDE, "far"),
    *seen(both, "outlet-cancel", WRITERS, SEE, "near"),
    *seen(both, "outlet-cancel", DEPARTMENT, WIDE, "far"),
    *seen(post, "outlet-numbers", MEMBERS | DEPARTMENT, SEE, "near"),
    *seen(post, "outlet-numbers", DEPARTMENT, WIDE, "far"),
    *seen(post, "outlet-numbers", DEPARTMENT, WIDE | SECURITY, "far site"),
    *seen(both, "outlet-problems", OPERATOR | REVIEWER, SEE, "near"),
    *seen(both, "outlet-problems", NOBODY, WIDE, "far"),
    *get("outlet-avatar", SEE, "pictured"),
    *get("outlet-avatar", NOBODY, "far"),  # it has none
)
GOVERNANCE = (
    *get("cluster-list", ALL),
    *post("cluster-plan", WRITERS, otherwise=403),
    *get("exception-list", ALL),
    *both("exception-new", DEPARTMENT, otherwise=403),
    *get("exception-extend", SEE, "near"),
    *get("exception-extend", WIDE, "far"),
    *seen(post, "exception-extend", DEPARTMENT, SEE, "near"),
    *seen(post, "exception-extend", DEPARTMENT, WIDE, "far"),
    *both("ledger-list", DEPARTMENT, otherwise=403),
    *get("ledger-intake", DEPARTMENT, "preview"),
    *post("ledger-map", DEPARTMENT, "preview"),
    *post("ledger-apply", DEPARTMENT, "preview"),
    *post("ledger-drop", DEPARTMENT, "preview"),
    *post("ledger-undo", DEPARTMENT, "applied"),
    *get("filing-settings", LEADER | DEPARTMENT, otherwise=403),
    *post("terms-set", DEPARTMENT, otherwise=403),
    *post("day-set", DEPARTMENT, otherwise=403),
    *post("day-drop", DEPARTMENT, otherwise=403),
    *post("route-set", LEADER | DEPARTMENT, otherwise=403),
)


def _writing(name):
    """What only the writers of a draft may do to it, and nobody once it is sent."""
    return [
        *seen(post, name, OPERATOR, OWN, "draft"),
        *seen(post, name, NOBODY, AUDITOR, "far draft"),
        *seen(post, name, NOBODY, SEE, "deciding"),
    ]


def _step(name, who, at, sees=SEE):
    """An arrow where it leads on, and the same of another unit that nobody near may take."""
    return [
        *seen(post, name, who, sees, at),
        *seen(post, name, who & DEPARTMENT, WIDE, "far deciding"),
    ]


FILINGS = (
    *get("filing-list", ALL),
    *get("filing", OWN, "draft"),
    *get("filing", AUDITOR, "far draft"),
    *get("filing", SEE, "deciding"),
    *get("filing", WIDE, "far deciding"),
    *get("filing", SEE, "arriving"),  # from 园艺学院, to be received by 数信学院
    *seen(get, "filing-edit", OPERATOR, OWN, "draft"),
    *_writing("filing-edit"),
    *_writing("filing-explain"),
    *_writing("filing-attach"),
    *_writing("filing-avatar"),
    *get("filing-scan", OWN, "scanned"),
    *get("filing-scan", NOBODY, "far draft"),
    *seen(get, "filing-print", MEMBERS, OWN, "draft"),
    *seen(get, "filing-print", MEMBERS | DEPARTMENT, SEE, "deciding"),
    *seen(get, "filing-print", DEPARTMENT, WIDE, "far deciding"),
    *seen(get, "filing-annex3", MEMBERS | DEPARTMENT, SEE, "deciding"),
    *seen(get, "filing-annex3", DEPARTMENT, WIDE, "far deciding"),
    *get("filing-accept", SEE, "deciding"),  # leads back to the filing
    *get("filing-return", SEE, "deciding"),
    *seen(post, "filing-submit", NOBODY, OWN, "draft"),  # no checker is switched on
    *seen(post, "filing-submit", OPERATOR, OWN, "routed"),
    *seen(post, "filing-submit", NOBODY, AUDITOR, "far draft"),
    *seen(post, "filing-present", OPERATOR, OWN, "draft"),
    *seen(post, "filing-present", NOBODY, OWN, "routed"),
    *seen(post, "filing-present", NOBODY, AUDITOR, "far draft"),
    *seen(post, "filing-attest", NOBODY, OWN, "draft"),  # without the stamped scan
    *seen(post, "filing-attest", OPERATOR, OWN, "scanned"),
    *seen(post, "filing-attest", NOBODY, AUDITOR, "far draft"),
    *_step("filing-check", REVIEWER, "checking"),
    *_step("filing-confirm", LEADER, "confirming"),
    *_step("filing-transfer", LEADER, "leaving"),
    *_step("filing-receive", LEADER, "arriving"),
    *_step("filing-claim", DEPARTMENT, "deciding"),
    *seen(post, "filing-release", DEPARTMENT, SEE, "claimed"),
    *seen(post, "filing-release", NOBODY, WIDE, "far deciding"),
    *_step("filing-accept", DEPARTMENT, "deciding"),
    *seen(post, "filing-return", REVIEWER, SEE, "checking"),
    *seen(post, "filing-return", LEADER, SEE, "confirming"),
    *_step("filing-return", DEPARTMENT, "deciding"),
    *seen(post, "filing-withdraw", OPERATOR, OWN, "draft"),
    *_step("filing-withdraw", OPERATOR, "deciding"),
    *seen(post, "filing-withdraw", NOBODY, SEE, "claimed"),
)

REGISTRY = (*OUTLETS, *GOVERNANCE, *FILINGS)
