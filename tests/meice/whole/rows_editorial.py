"""The doors of manuscripts: role × URL × method × object."""

from tests.meice.whole.rows import ALL, AUDITOR, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import LEADER, MEMBERS, OPERATOR, SEE, WIDE

from meice.orgs.roles import Role

REVIEWER = frozenset({Role.REVIEWER})
HOME = MEMBERS | AUDITOR
"""Who sees what was never sent to a reviewer: its unit, and those who read everything."""
PUBLISHERS = OPERATOR | DEPARTMENT
SETTERS = LEADER | DEPARTMENT

WRITING = (
    *get("manuscript-list", ALL),  # each her own rows: `test_leaks.py`
    *both("manuscript-new", OPERATOR, otherwise=403),
    *get("manuscript", HOME, "draft"),
    *get("manuscript", AUDITOR, "far draft"),
    *get("manuscript", SEE, "open"),
    *get("manuscript", WIDE, "far open"),
    *seen(both, "manuscript-edit", OPERATOR, HOME, "draft"),
    *seen(both, "manuscript-edit", NOBODY, SEE, "open"),
    *seen(both, "manuscript-edit", NOBODY, WIDE, "far open"),
    *seen(post, "manuscript-submit", OPERATOR, HOME, "draft"),
    *seen(post, "manuscript-submit", NOBODY, WIDE, "far open"),
    *seen(post, "manuscript-reopen", OPERATOR, SEE, "open"),
    *seen(post, "manuscript-reopen", NOBODY, WIDE, "far open"),
    *seen(post, "manuscript-drop", OPERATOR, HOME, "draft"),
    *seen(post, "manuscript-drop", NOBODY, SEE, "open"),
)
REVIEWING = (
    *seen(post, "review-claim", REVIEWER, SEE, "open"),
    *seen(post, "review-claim", NOBODY, WIDE, "far open"),
    *seen(post, "review-release", REVIEWER, SEE, "claimed"),
    *seen(post, "review-pass", REVIEWER, SEE, "claimed"),
    *seen(post, "review-pass", NOBODY, SEE, "open"),
    *seen(post, "review-pass", NOBODY, WIDE, "far open"),
    *seen(post, "review-return", REVIEWER, SEE, "claimed"),
    *seen(post, "manuscript-comment", REVIEWER, SEE, "claimed"),
    *seen(post, "manuscript-comment", NOBODY, SEE, "open"),
    *seen(post, "comment-drop", REVIEWER, SEE, "commented"),
    *seen(post, "issue-waive", REVIEWER, SEE, "faulty"),
)
PUBLISHING = (
    *seen(both, "manuscript-publish", PUBLISHERS, SEE, "approved"),
    *seen(both, "manuscript-publish", NOBODY, SEE, "open"),
    *seen(both, "manuscript-correct", PUBLISHERS, SEE, "published"),
    *seen(both, "manuscript-withdraw", SETTERS, SEE, "published"),
    *seen(both, "manuscript-withdraw", NOBODY, SEE, "approved"),
    *seen(post, "manuscript-check", PUBLISHERS, SEE, "published"),
    *get("page-check", SEE, "checked"),
    *get("manuscript-history", HOME, "draft"),
    *get("manuscript-history", SEE, "published"),
    *get("manuscript-history", WIDE, "far open"),
    *get("manuscript-difference", SEE, "corrected"),
    *get("manuscript-difference", WIDE, "far open"),
    *get("manuscript-file", SEE, "enclosed"),
)
SETTINGS = (
    *get("editorial-settings", SETTERS, otherwise=403),
    *post("editorial-terms-set", DEPARTMENT, otherwise=403),
    *post("chain-set", DEPARTMENT, otherwise=403),
    *post("chain-drop", DEPARTMENT, "near", 403),
    *post("stand-in-add", SETTERS, otherwise=403),
    *post("manuscript-stand-in-end", SETTERS, "near", 403),
)
MANUSCRIPTS = (*WRITING, *REVIEWING, *PUBLISHING, *SETTINGS)
