"""The doors of findings, probes, activity and leads: role × URL × method × object."""

from tests.meice.whole.rows import ALL, AUDITOR, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import MEMBERS, SECURITY, SEE, WIDE

from meice.orgs.roles import Role

BUSY = ALL - {Role.ADMIN}
VERIFIERS = DEPARTMENT | SECURITY
WATCHERS = VERIFIERS | AUDITOR
UNITS = MEMBERS | DEPARTMENT


def _verdict(name, at="near", guarded="near security"):
    """What a person says of a finding: the department; of security classes security people too."""
    return [
        *seen(post, name, DEPARTMENT, SEE, at),
        *(seen(post, name, VERIFIERS, SEE | SECURITY, guarded) if guarded else []),
    ]


FINDINGS = (
    *get("finding-queue", BUSY),
    *both("finding-list", BUSY),  # each her own rows: `test_leaks.py`
    *both("finding-new", DEPARTMENT, otherwise=403),
    *post("findings-order", DEPARTMENT, otherwise=403),
    *post("finding-export", BUSY),
    *get("finding-exported", DEPARTMENT, "department's"),
    *get("finding", SEE, "near"),
    *get("finding", SEE | SECURITY, "near security"),
    *get("finding", WIDE, "far"),
    *get("finding", WIDE | SECURITY, "far security"),
    *get("finding-evidence", SEE, "proved"),
    *_verdict("finding-claim"),
    *seen(post, "finding-claim", DEPARTMENT, WIDE, "far"),
    *seen(post, "finding-claim", VERIFIERS, WIDE | SECURITY, "far security"),
    *seen(post, "finding-claim", NOBODY, SEE, "confirmed"),
    *seen(post, "finding-release", DEPARTMENT, SEE, "claimed"),
    *seen(post, "finding-release", NOBODY, SEE, "near"),  # nobody holds it
    *seen(post, "finding-transfer", DEPARTMENT, SEE, "claimed"),
    *seen(post, "finding-transfer", DEPARTMENT, WIDE, "far"),
    *_verdict("finding-judge"),
    *seen(post, "finding-judge", DEPARTMENT, WIDE, "far"),
    *seen(post, "finding-judge", VERIFIERS, WIDE | SECURITY, "far security"),
    *seen(post, "finding-judge", NOBODY, SEE, "confirmed"),
    *_verdict("finding-reconsider", "confirmed", ""),
    *seen(post, "finding-reconsider", DEPARTMENT, WIDE, "far confirmed"),
    *seen(post, "finding-reconsider", NOBODY, SEE, "near"),
    *_verdict("finding-order", "confirmed", ""),
    *seen(post, "finding-order", DEPARTMENT, WIDE, "far confirmed"),
    *seen(post, "finding-order", NOBODY, SEE, "near"),
)
PROBES = (
    *get("schedule-list", WATCHERS),
    *seen(both, "schedule-new", VERIFIERS, WATCHERS),
    *seen(both, "schedule-edit", VERIFIERS, WATCHERS, "whole"),
    *seen(post, "schedule-start", VERIFIERS, WATCHERS, "whole"),
    *seen(post, "schedule-start", VERIFIERS, WATCHERS, "busy"),  # told why, on the list
    *get("run-list", WATCHERS),
    *get("run", WATCHERS, "waiting"),
    *get("run-progress", WATCHERS, "waiting"),
    *seen(post, "run-cancel", VERIFIERS, WATCHERS, "waiting"),
    *get("site-check", SEE | SECURITY, "near"),
    *get("site-check", WIDE | SECURITY, "far"),
    *seen(post, "site-check-confirm", VERIFIERS, SEE | SECURITY, "near"),
    *seen(post, "site-check-confirm", VERIFIERS, WIDE | SECURITY, "far"),
)
ACTIVITY = (
    *get("activity-list", SEE, otherwise=403),
    *post("activity-export", SEE, otherwise=403),
    *get("activity-settings", DEPARTMENT, otherwise=403),
    *post("line-set", DEPARTMENT, otherwise=403),
    *post("vacation-add", DEPARTMENT, otherwise=403),
    *post("vacation-drop", DEPARTMENT, "department's", otherwise=403),
    *get("outlet-activity", SEE, "near"),
    *get("outlet-activity", WIDE, "far"),
    *get("outlet-activity", WIDE | SECURITY, "far site"),
    *seen(post, "activity-attest", MEMBERS, SEE, "near"),
    *seen(post, "activity-attest", NOBODY, WIDE, "far"),
    *seen(post, "activity-sample", DEPARTMENT, SEE, "near"),
    *seen(post, "activity-sample", DEPARTMENT, WIDE, "far"),
    *seen(post, "source-feed", UNITS, SEE, "near"),
    *seen(post, "source-feed", DEPARTMENT, WIDE, "far"),
    *seen(post, "source-wechat", UNITS, SEE, "near"),
    *seen(post, "source-wechat", DEPARTMENT, WIDE, "far"),
    *seen(post, "source-ask", UNITS, SEE, "near"),
    *seen(post, "source-ask", DEPARTMENT, WIDE, "far"),
    *seen(post, "source-drop", UNITS, SEE, "near"),
    *seen(post, "source-drop", DEPARTMENT, WIDE, "far"),
    *both("statistics-list", UNITS, otherwise=403),
    *get("statistics", SEE, "near"),
    *get("statistics", WIDE, "far"),
    *seen(post, "statistics-apply", UNITS, SEE, "near"),
    *seen(post, "statistics-apply", DEPARTMENT, WIDE, "far"),
)


def _say(name, at, host=""):
    """What the department says of a lead; of hosts security people know."""
    return [
        *seen(post, name, DEPARTMENT, WIDE, at),
        *(seen(post, name, DEPARTMENT, WIDE | SECURITY, host) if host else []),
    ]


LEADS = (
    *both("lead-list", WATCHERS, otherwise=403),
    *post("lead-export", WATCHERS, otherwise=403),
    *both("lead-upload", VERIFIERS, otherwise=403),
    *get("lead", WIDE, "account"),
    *get("lead", WIDE | SECURITY, "host"),
    *_say("lead-adopt", "account", "host"),
    *_say("lead-disown", "account", "host"),
    *_say("lead-suspect", "account", "host"),
    *_say("lead-rethink", "judged"),
    *seen(post, "lead-adopt", NOBODY, WIDE, "judged"),
)

INSPECTIONS = (*FINDINGS, *PROBES, *ACTIVITY, *LEADS)
