"""The doors of incidents: role × URL × method × object."""

from tests.meice.whole.rows import ALL, AUDITOR, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_inspections import BUSY
from tests.meice.whole.rows_registry import LEADER, OPERATOR, SECURITY, SEE, WIDE

from meice.orgs.roles import Role

HANDS = OPERATOR | LEADER | DEPARTMENT
TELLS = HANDS | SECURITY | {Role.REVIEWER}


def _paper(name):
    """Of an incident that was passed to the security office."""
    return seen(get, name, SEE | SECURITY, SEE | SECURITY, "received")


INCIDENTS = (
    *get("incident-list", ALL),  # each her own rows: `test_leaks.py`
    *post("incident-export", BUSY, otherwise=403),
    *get("incident-book", BUSY, otherwise=403),
    *get("incident-statistics", BUSY, otherwise=403),
    *both("incident-new", TELLS, otherwise=403),
    *get("incident-settings", DEPARTMENT | AUDITOR, otherwise=403),
    *post("incident-times-set", DEPARTMENT, otherwise=403),
    *post("incident-doors-set", DEPARTMENT, otherwise=403),
    *post("incident-chain-set", DEPARTMENT, otherwise=403),
    *post("incident-head-set", DEPARTMENT, otherwise=403),
    *get("incident", SEE, "open"),
    *get("incident", WIDE, "far"),
    *get("incident", SEE | SECURITY, "safe"),
    *get("incident", SEE | SECURITY, "referred"),
    *get("incident", SEE, "closed"),
    *get("incident", WIDE, "public"),
    *seen(post, "incident-acknowledge", HANDS, SEE, "open"),
    *seen(post, "incident-acknowledge", HANDS | SECURITY, SEE | SECURITY, "safe"),
    *seen(post, "incident-acknowledge", NOBODY, SEE, "closed"),
    *seen(post, "incident-acknowledge", NOBODY, WIDE, "far"),
    *seen(post, "incident-handle", HANDS, SEE, "claimed"),
    *seen(post, "incident-handle", NOBODY, SEE, "open"),
    *seen(post, "incident-note", HANDS, SEE, "claimed"),
    *seen(post, "incident-note", NOBODY, SEE, "closed"),
    *seen(post, "incident-assign", LEADER | DEPARTMENT, SEE, "claimed"),
    *seen(post, "incident-grade", DEPARTMENT, SEE, "claimed"),
    *seen(post, "incident-grade", DEPARTMENT | SECURITY, SEE | SECURITY, "safe"),
    *seen(post, "incident-refer", HANDS, SEE, "handling"),
    *seen(post, "incident-refer", NOBODY, SEE, "open"),
    *seen(post, "incident-resume", HANDS | SECURITY, SEE | SECURITY, "referred"),
    *seen(post, "incident-close", DEPARTMENT, SEE, "handling"),
    *seen(post, "incident-close", LEADER | DEPARTMENT, SEE, "ordinary"),
    *seen(post, "incident-close", NOBODY, SEE | SECURITY, "referred"),
    *seen(post, "incident-dismiss", DEPARTMENT, SEE, "open"),
    *seen(post, "incident-reopen", DEPARTMENT, SEE, "closed"),
    *seen(post, "incident-reopen", DEPARTMENT, WIDE, "far"),
    *seen(post, "incident-merge", DEPARTMENT, SEE, "open"),
    *seen(post, "incident-split", DEPARTMENT, SEE, "merged"),
    *seen(post, "incident-contact", DEPARTMENT, WIDE, "public"),
    *get("incident-evidence", SEE, "handling"),
    *_paper("incident-letter-print"),
    *_paper("incident-letter-document"),
    *_paper("incident-letter-scan"),
    *seen(post, "incident-letter-receive", HANDS | SECURITY, SEE | SECURITY, "referred"),
    *seen(post, "incident-letter-receive", NOBODY, SEE | SECURITY, "received"),
)
