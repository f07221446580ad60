"""Who may pass which door: role × URL × method × object. A new URL needs a row here.

`at` names the object in the world: `near` lies in the reach of a member of 数信学院, `far` does
not, `own` is the person's own, `others` somebody else's; any other word names a thing and the
state it is in (`things_*.py`). `who` passes (anything but 401, 403, 404 and 5xx); everybody else
gets `otherwise`: 404 where the thing does not exist for them, 403 where they see it and may not
(but `blind` ones, who do not even see it). `PUBLIC` doors have no row: see `addresses.PUBLIC`.
Each room with business has a table of its own beside this one (`rows_*.py`).
"""

from tests.meice.whole.rows import (
    ALL,
    AUDITOR,
    NOBODY,
    Row,
    both,
    get,
    owned,
    post,
    reach,
)
from tests.meice.whole.rows_compliance import COMPLIANCE, REGULATIONS
from tests.meice.whole.rows_duty import DUTY
from tests.meice.whole.rows_editorial import MANUSCRIPTS
from tests.meice.whole.rows_impersonations import IMPERSONATIONS
from tests.meice.whole.rows_incidents import INCIDENTS
from tests.meice.whole.rows_inspections import ACTIVITY, FINDINGS, LEADS, PROBES
from tests.meice.whole.rows_lexicons import LEXICONS
from tests.meice.whole.rows_patrols import PATROLS
from tests.meice.whole.rows_rectification import RECTIFICATION
from tests.meice.whole.rows_registry import REGISTRY
from tests.meice.whole.rows_surveys import CAMPAIGNS, SHEETS, SUBMISSIONS
from tests.meice.whole.rows_training import TRAINING

from meice.orgs.roles import Role

PEOPLE = ALL - {Role.SECURITY}
WHOLE = frozenset({Role.DEPARTMENT, Role.AUDITOR, Role.ADMIN})
EXPORT = frozenset({Role.LEADER, Role.DEPARTMENT, Role.ADMIN})
NUMBERS = PEOPLE - {Role.AUDITOR}
ADMIN = frozenset({Role.ADMIN})
SECURITY = frozenset({Role.SECURITY})
NOT_ADMIN = ALL - ADMIN

BASE: tuple[Row, ...] = (
    # orgs
    *get("home", ALL),
    *both("password-change", ALL),
    *post("session-extend", ALL),
    *get("me", ALL),
    *get("me-changed", ALL),
    *post("me-keys", ALL),
    *both("proof", ALL),
    *get("post-choose", ALL),
    *post("post-choose", NOBODY),  # without a post of one's own in the form
    *post("sessions-end", ALL),
    *owned(post, "session-end"),
    *get("unit-list", PEOPLE),
    *post("unit-export", EXPORT, otherwise=403, blind=SECURITY),
    *reach(get, "unit", PEOPLE, WHOLE),
    *reach(both, "unit-create", ADMIN, ADMIN),
    *reach(both, "unit-edit", ADMIN, ADMIN),
    *reach(both, "unit-move", ADMIN, ADMIN),
    *post("unit-close", ADMIN, "empty"),
    *post("unit-close", NOBODY, "near", 403, NOT_ADMIN),
    *post("unit-reopen", NOBODY, "near", 403, NOT_ADMIN),
    *get("user-list", PEOPLE),
    *post("user-list", PEOPLE),
    *both("user-create", ADMIN),
    *post("user-export", EXPORT, otherwise=403, blind=SECURITY),
    *post("users-invite", ADMIN),
    *reach(get, "user", PEOPLE, WHOLE),
    *post("user-number", NUMBERS, "near", 403, SECURITY),
    *post("user-number", WHOLE - AUDITOR, "far", 403, ALL - WHOLE),
    *reach(both, "user-edit", ADMIN, ADMIN),
    *reach(both, "user-leave", ADMIN, ADMIN),
    *reach(post, "user-disable", ADMIN, ADMIN),
    *post("user-enable", NOBODY, "near", 403, NOT_ADMIN),
    *reach(post, "user-invite", ADMIN, ADMIN),
    *reach(both, "post-give", ADMIN, ADMIN),
    *reach(post, "post-take", ADMIN, ADMIN),
    *get("post-teacher", NOBODY, "near"),  # only a student's post has a teacher
    *post("post-teacher", NOBODY, "near"),
    *get("intake-list", ADMIN),
    *get("intake-template", ADMIN),
    *both("intake-upload", ADMIN),
    *get("intake", ADMIN, "intake"),
    *post("intake-columns", ADMIN, "intake"),
    *post("intake-apply", ADMIN, "intake"),
    *post("intake-drop", ADMIN, "intake"),
    *get("intake-faults", ADMIN, "intake"),
    # audit
    *get("audit-log", AUDITOR),
    *post("audit-export", AUDITOR),
    *get("audit-verify", AUDITOR),
    *post("audit-verify-start", AUDITOR),
    # jobs
    *get("job-status", ADMIN),
    *owned(get, "job"),
    *post("job-retry", NOBODY, "own"),  # it has not failed
    *post("job-retry", ADMIN, "failed"),
    # notices
    *get("inbox", ALL),
    *post("notices-read", ALL),
    *owned(post, "notice-open"),
    *owned(post, "notice-read"),
    # web
    *both("search", ALL),
    # surveys
    *get("annexes", ALL),
    *post("annexes-check", ALL),
    *get("annexes-blank", ALL),
    *get("annexes-example", NOBODY, "none"),  # only the demo lays examples down
    *owned(get, "annex-check"),
    *owned(get, "annex-progress"),
    *post("annex-recheck", ALL, "given-up"),
    *post("annex-recheck", NOBODY, "others"),
    *owned(post, "annex-delete"),
    *owned(get, "annex-faults"),
    *owned(post, "annex-faults-export"),
    *owned(get, "annex-package"),
    *owned(post, "annex-merge"),
    *owned(post, "annex-package-download"),
    *owned(get, "annex-form"),
    *owned(post, "annex-unmask"),
    *owned(post, "annex-rewrite"),
    *owned(post, "annex-upload"),
)
BUSINESS: dict[str, tuple[Row, ...]] = {
    "registry": REGISTRY,
    "campaigns": CAMPAIGNS,
    "submissions": SUBMISSIONS,
    "sheets": SHEETS,
    "findings": (*FINDINGS, *PROBES),
    "activity": (*ACTIVITY, *LEADS),
    "rectification": RECTIFICATION,
    "manuscripts": MANUSCRIPTS,
    "lexicons": LEXICONS,
    "duty": DUTY,
    "patrols": PATROLS,
    "incidents": INCIDENTS,
    "impersonations": IMPERSONATIONS,
    "regulations": REGULATIONS,
    "compliance": COMPLIANCE,
    "training": TRAINING,
}
PARTS = {"base": BASE, **BUSINESS}
"""The table in parts, each tried in one world of its own."""
TABLE = tuple(row for part in PARTS.values() for row in part)
