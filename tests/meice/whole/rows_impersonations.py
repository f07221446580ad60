"""The doors of fake accounts: role × URL × method × object."""

from tests.meice.whole.rows import ALL, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import MEMBERS, SECURITY, SEE, WIDE

REPORTERS = MEMBERS | DEPARTMENT
SAFE = SEE | SECURITY  # what is confirmed, security people see as well


def _office(make, name, at, sees=SEE):
    """An act of the department."""
    return [*seen(make, name, DEPARTMENT, sees, at)]


def _paper(name):
    """Of a confirmed fake, for those who see the unit's business."""
    return [
        *seen(get, name, SEE, SAFE, "confirmed"),
        *seen(get, name, WIDE, WIDE | SECURITY, "far confirmed"),
        *seen(get, name, NOBODY, SEE, "reported"),
    ]


IMPERSONATIONS = (
    *both("impersonation-list", ALL),  # each her own rows: `test_leaks.py`
    *post("impersonation-export", SEE | SECURITY, otherwise=403),
    *both("impersonation-new", REPORTERS, otherwise=403),
    *get("impersonation-candidates", WIDE, otherwise=403),
    *both("impersonation-settings", DEPARTMENT, otherwise=403),
    *get("impersonation", SEE, "reported"),
    *get("impersonation", WIDE, "far reported"),
    *get("impersonation", SAFE, "confirmed"),
    *get("impersonation", WIDE | SECURITY, "far confirmed"),
    *seen(both, "impersonation-edit", REPORTERS, SEE, "reported"),
    *seen(get, "impersonation-edit", DEPARTMENT, WIDE, "far reported"),
    *seen(get, "impersonation-edit", DEPARTMENT, SAFE, "confirmed"),
    *_office(post, "impersonation-accept", "reported"),
    *_office(post, "impersonation-accept", "far reported", WIDE),
    *_office(post, "impersonation-confirm", "judging"),
    *_office(post, "impersonation-dismiss", "judging"),
    *_office(post, "impersonation-doubt", "judging"),
    *seen(post, "impersonation-confirm", NOBODY, SEE, "reported"),
    *_office(post, "impersonation-reconsider", "dismissed"),
    *_office(post, "impersonation-capture", "judging"),
    *seen(post, "impersonation-upload", REPORTERS, SEE, "judging"),
    *seen(post, "impersonation-upload", NOBODY, SEE, "dismissed"),
    *get("impersonation-evidence", SEE, "reported"),
    *get("impersonation-evidence", WIDE, "far reported"),
    *get("impersonation-evidence", SAFE, "confirmed"),
    *_office(both, "impersonation-refer", "confirmed", SAFE),
    *_office(get, "impersonation-refer", "far confirmed", WIDE | SECURITY),
    *_office(post, "impersonation-pack", "confirmed", SAFE),
    *_office(post, "referral-uphold", "applied", SAFE),
    *_office(post, "referral-reject", "applied", SAFE),
    *_office(post, "impersonation-close", "answered", SAFE),
    *_office(post, "impersonation-recheck", "watched", SAFE),
    *_office(post, "impersonation-return", "watched", SAFE),
    *_office(post, "impersonation-publish", "confirmed", SAFE),
    *_office(post, "impersonation-unpublish", "confirmed", SAFE),
    *_paper("impersonation-print"),
    *_paper("impersonation-document"),
    *seen(post, "impersonation-docket", WIDE | SECURITY, SAFE, "confirmed"),
    *seen(post, "impersonation-docket", WIDE, SEE, "reported"),
    *_office(post, "impersonation-contact", "reported"),
)
