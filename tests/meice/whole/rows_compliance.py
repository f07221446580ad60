"""The doors of the regulations library and of compliance: role × URL × method × object."""

from tests.meice.whole.rows import ALL, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import LEADER, MEMBERS, OPERATOR, SECURITY, SEE, WIDE

from meice.orgs.roles import Role

READ = ALL - {Role.ADMIN}
BLIND = frozenset({Role.ADMIN})
WORKS = OPERATOR | LEADER | DEPARTMENT
SITES = WIDE | SECURITY
OURS = SEE | SECURITY

REGULATIONS = (
    *get("regulation-list", READ),
    *both("regulation-new", DEPARTMENT, otherwise=403, blind=BLIND),
    *get("regulation", READ, "made"),
    *get("regulation", READ, "shipped"),
    *seen(both, "regulation-edit", DEPARTMENT, READ, "made"),
    *seen(both, "regulation-edit", NOBODY, READ, "shipped"),
    *seen(both, "regulation-cut", DEPARTMENT, READ, "made"),
    *seen(both, "regulation-cut", DEPARTMENT, READ, "shipped"),
    *get("regulation-file", READ, "made"),
    *get("clause", READ, "made"),
    *seen(both, "clause-edit", DEPARTMENT, READ, "made"),
    *seen(post, "clause-drop", DEPARTMENT, READ, "made"),
)
COMPLIANCE = (
    *get("compliance-list", READ),  # each her own rows: `test_leaks.py`
    *post("compliance-export", READ),
    *get("compliance-settings", DEPARTMENT, otherwise=403, blind=BLIND),
    *post("compliance-terms-set", DEPARTMENT, otherwise=403, blind=BLIND),
    *get("compliance", SEE, "near"),
    *get("compliance", WIDE, "far"),
    *get("compliance", SITES, "far site"),
    *seen(both, "compliance-record", WORKS, SEE, "near"),
    *seen(both, "compliance-record", DEPARTMENT, WIDE, "far"),
    *seen(both, "compliance-record", DEPARTMENT | SECURITY, SITES, "far site"),
    *get("compliance-file", SEE, "near"),
    *get("compliance-file", NOBODY, "far"),  # it has none
    *get("custody-list", READ),
    *post("custody-export", READ),
    *seen(both, "custody-new", WORKS, SEE, "near"),
    *seen(both, "custody-new", DEPARTMENT, WIDE, "far"),
    *get("custody", SEE, "near"),
    *get("custody", WIDE, "far"),
    *seen(both, "custody-edit", WORKS, SEE, "near"),
    *seen(post, "custody-rotate", WORKS, SEE, "near"),
    *seen(post, "custody-rotate", DEPARTMENT, WIDE, "far"),
    *seen(post, "custody-return", WORKS, SEE, "near"),
    *seen(post, "custody-show", MEMBERS | DEPARTMENT, SEE, "near"),
    *get("device-list", READ),
    *post("device-export", READ),
    *both("device-new", WORKS, otherwise=403, blind=BLIND),
    *get("device", OURS, "near"),
    *get("device", SITES, "far"),
    *seen(both, "device-edit", WORKS, OURS, "near"),
    *seen(both, "device-edit", DEPARTMENT, SITES, "far"),
    *seen(both, "device-check", WORKS | SECURITY, OURS, "near"),
    *seen(both, "device-check", DEPARTMENT | SECURITY, SITES, "far"),
    *seen(both, "device-retire", WORKS, OURS, "near"),
    *seen(post, "device-restore", WORKS, OURS, "retired"),
    *both("devices-upload", WORKS, otherwise=403, blind=BLIND),
    *get("devices-intake", OPERATOR, "read"),
    *post("devices-apply", OPERATOR, "read"),
    *post("devices-drop", OPERATOR, "read"),
)
