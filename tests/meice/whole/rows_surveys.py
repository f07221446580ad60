"""The doors of campaigns, submissions, their sheets and the year: role × URL × method × object."""

from tests.meice.whole.rows import ALL, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import LEADER, MEMBERS, OPERATOR, SEE, WIDE, WRITERS

NUMBERS = MEMBERS | DEPARTMENT


def _cockpit(make, name, who=DEPARTMENT, at="open"):
    """A page or act of the campaign itself: units have their own submission instead."""
    return seen(make, name, who, WIDE, at)


def _unit(name, who, at):
    """An act of the unit on its submission, and on that of another unit."""
    return [
        *seen(post, name, who, SEE, at),
        *seen(post, name, NOBODY, WIDE, "far received"),
    ]


def _office(name, at):
    """An act of the department; `far received` is past it."""
    return [
        *seen(post, name, DEPARTMENT, SEE, at),
        *seen(post, name, NOBODY, WIDE, "far received"),
    ]


def _page(name, at="drafting"):
    """A page of a submission, near and far."""
    return [*get(name, SEE, at), *get(name, WIDE, "far received")]


def _file(name, at, make=post):
    """A file with whole telephone numbers."""
    return [
        *seen(make, name, NUMBERS, SEE, at),
        *seen(make, name, DEPARTMENT, WIDE, "far received"),
    ]


CAMPAIGNS = (
    *get("campaign-list", ALL),
    *both("campaign-create", DEPARTMENT, otherwise=403),
    *get("campaign", SEE, "open"),
    *get("campaign", DEPARTMENT, "drafted"),
    *get("campaign", WIDE, "far"),
    *_cockpit(both, "campaign-edit"),
    *post("campaign-open", DEPARTMENT, "drafted"),
    *_cockpit(post, "campaign-close"),
    *_cockpit(post, "campaign-reopen", at="closed"),
    *_cockpit(post, "campaign-remind"),
    *_cockpit(post, "campaign-paper"),
    *_cockpit(get, "campaign-late", WIDE),
    *_cockpit(get, "campaign-reminders", WIDE),
    *_cockpit(post, "campaign-export", WIDE),
    *_cockpit(post, "campaign-consolidate", at="consolidated"),
    *_cockpit(get, "campaign-consolidation", WIDE, "consolidated"),
    *_cockpit(get, "campaign-rows", WIDE, "consolidated"),
    *_cockpit(get, "campaign-consolidation-progress", WIDE, "consolidated"),
    *_cockpit(post, "campaign-download", at="consolidated"),
    *get("year-list", WIDE),
    *seen(post, "year-freeze", DEPARTMENT, WIDE),
    *get("year", WIDE, "frozen"),
    *seen(post, "year-download", DEPARTMENT, WIDE, "frozen"),
)
SUBMISSIONS = (
    *_page("submission"),
    *get("submission", SEE, "untouched"),
    *get("submission", SEE, "reported"),
    *_page("submission-history"),
    *_page("submission-confirm", "awaiting"),
    *_unit("submission-start", WRITERS, "untouched"),
    *_unit("submission-present", OPERATOR, "drafting"),
    *_unit("submission-declare", OPERATOR, "zero"),
    *_unit("submission-recall", OPERATOR, "awaiting"),
    *_unit("submission-decline", LEADER, "awaiting"),
    *_unit("submission-confirm", LEADER, "awaiting"),
    *_unit("submission-attest", OPERATOR, "scanned"),
    *seen(post, "submission-attest", NOBODY, SEE, "drafting"),  # without the stamped scan
    *_unit("submission-relay", DEPARTMENT, "drafting"),
    *_unit("submission-revise", OPERATOR, "reported"),
    *_unit("submission-header", WRITERS, "drafting"),
    *_unit("submission-settle", OPERATOR, "differing"),
    *_unit("submission-settle-all", OPERATOR, "differing"),
    *_office("submission-claim", "reported"),
    *_office("submission-release", "claimed"),
    *_office("submission-return", "reported"),
    *_office("submission-accept", "reported"),
    *seen(post, "submission-reopen", DEPARTMENT, SEE, "received"),
    *seen(post, "submission-reopen", DEPARTMENT, WIDE, "far received"),
    *_office("submission-exempt", "untouched"),
    *_office("submission-require", "exempt"),
    *seen(post, "submission-paper", DEPARTMENT, SEE, "reported"),
    *seen(post, "submission-paper", DEPARTMENT, WIDE, "far received"),
    *get("submission-review", WIDE, "reported"),
    *get("submission-review", WIDE, "far received"),
    *seen(post, "submission-remark", DEPARTMENT, WIDE, "reported"),
    *seen(post, "submission-remark", NOBODY, WIDE, "far received"),
    *seen(post, "submission-remark-drop", DEPARTMENT, WIDE, "remarked"),
    *seen(post, "submission-scan", WRITERS, SEE, "drafting"),
    *seen(post, "submission-scan", DEPARTMENT, WIDE, "far received"),
    *_file("submission-annex", "drafting"),
    *_file("submission-package", "drafting"),
    *_file("submission-receipt-package", "reported"),
    *_page("submission-receipt-print", "reported"),
    *seen(post, "submission-scan-file", NUMBERS, SEE, "scanned"),
    *_file("submission-receipt-annex", "reported"),
    *_file("submission-print", "drafting", get),
    *_file("submission-print-all", "drafting", get),
    *seen(both, "submission-upload", WRITERS, SEE, "drafting"),
    *seen(both, "submission-upload", NOBODY, WIDE, "far received"),
    *get("submission-replacement", SEE, "uploaded"),
    *get("submission-replacement-progress", SEE, "uploaded"),
    *seen(post, "submission-replacement-use", WRITERS, SEE, "uploaded"),
    *seen(post, "submission-replacement-drop", WRITERS, SEE, "uploaded"),
)
SHEETS = (
    *_page("sheet"),
    *_page("sheet-annex"),
    *_page("sheet-state"),
    *get("sheet-row", SEE, "drafting"),
    *get("sheet-row", WIDE, "far received"),
    *_unit("sheet-row", WRITERS, "drafting"),
    *_unit("sheet-save", WRITERS, "drafting"),
    *_unit("sheet-row-add", WRITERS, "drafting"),
    *_unit("sheet-row-remove", WRITERS, "drafting"),
    *_unit("sheet-follow", WRITERS, "drafting"),
)

SURVEYS = (*CAMPAIGNS, *SUBMISSIONS, *SHEETS)
