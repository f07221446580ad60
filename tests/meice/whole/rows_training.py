"""The doors of training: role × URL × method × object."""

from tests.meice.whole.rows import ALL, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import LEADER, OPERATOR, SEE, WIDE

from meice.orgs.roles import Role

READ = ALL - {Role.ADMIN}
BLIND = frozenset({Role.ADMIN})
WORKS = OPERATOR | LEADER | DEPARTMENT

TRAINING = (
    *get("training-list", READ),  # each her own rows: `test_leaks.py`
    *get("training-mine", READ),
    *get("training-topics", READ),
    *post("training-topics", DEPARTMENT, otherwise=403, blind=BLIND),
    *both("training-topic-edit", DEPARTMENT, "made", 403, BLIND),
    *post("training-topic-retire", DEPARTMENT, "made", 403, BLIND),
    *get("training-needs", SEE, otherwise=403, blind=BLIND),
    *post("training-needs-export", WORKS, otherwise=403, blind=BLIND),
    *both("training-new", WORKS, otherwise=403, blind=BLIND),
    *get("training", SEE, "near"),
    *get("training", WIDE, "far"),
    *get("training", SEE, "held"),
    *seen(both, "training-edit", WORKS, SEE, "near"),
    *seen(both, "training-edit", DEPARTMENT, WIDE, "far"),
    *seen(both, "training-edit", NOBODY, SEE, "held"),
    *seen(post, "training-hold", WORKS, SEE, "begun"),
    *seen(both, "training-cancel", WORKS, SEE, "near"),
    *seen(both, "training-cancel", DEPARTMENT, WIDE, "far"),
    *get("training-material", SEE, "near"),
    *get("training-material", NOBODY, "far"),  # it has none
    *seen(both, "training-attend", WORKS, SEE, "begun"),
    *seen(both, "training-attend", DEPARTMENT, WIDE, "far"),
    *seen(post, "training-invite", WORKS, SEE, "near"),
    *get("training-sheet", SEE, "near"),
    *get("training-sheet", WIDE, "far"),
    *seen(both, "training-import", WORKS, SEE, "near"),
    *get("attendance-intake", OPERATOR, "read"),
    *post("attendance-apply", OPERATOR, "read"),
    *post("attendance-drop", OPERATOR, "read"),
    *get("certificate-list", READ),
    *both("certificate-new", WORKS, otherwise=403, blind=BLIND),
    *get("certificate-file", SEE, "near"),
    *get("certificate-file", NOBODY, "far"),  # it has none
    *seen(post, "certificate-drop", WORKS, SEE, "near"),
    *seen(post, "certificate-drop", DEPARTMENT, WIDE, "far"),
)
