"""The doors of lexicons, of the sign-off sheet and the ledger: role × URL × method × object."""

from tests.meice.whole.rows import ALL, AUDITOR, DEPARTMENT, NOBODY, both, get, post, seen
from tests.meice.whole.rows_registry import MEMBERS, SEE, WIDE

HOME = MEMBERS | AUDITOR


def _kept(make, name, near, far):
    """An act of the department on what units see, too."""
    return [*seen(make, name, DEPARTMENT, SEE, near), *seen(make, name, DEPARTMENT, WIDE, far)]


def _shown(name, near, far):
    return [*get(name, SEE, near), *get(name, WIDE, far)]


LISTS = (
    *get("lexicon-list", SEE),
    *both("lexicon-new", DEPARTMENT, otherwise=403),
    *_shown("lexicon", "lexicon", "far lexicon"),
    *_shown("lexicon-template", "lexicon", "far lexicon"),
    *_shown("lexicon-versions", "lexicon", "far lexicon"),
    *_shown("lexicon-file", "lexicon", "far lexicon"),
    *_kept(both, "lexicon-import", "lexicon", "far lexicon"),
    *_kept(both, "term-new", "lexicon", "far lexicon"),
    *seen(post, "lexicon-rollback", DEPARTMENT, SEE, "lexicon"),
    *_shown("term", "term", "far term"),
    *_kept(both, "term-edit", "term", "far term"),
    *_kept(post, "term-retire", "term", "far term"),
)
CHANGES = (
    *_shown("lexicon-change", "asked", "far asked"),
    *get("lexicon-change", DEPARTMENT, "preview"),
    *get("lexicon-change", NOBODY, "others' preview"),
    *post("change-propose", DEPARTMENT, "preview"),
    *post("change-propose", NOBODY, "others' preview"),
    *_kept(post, "change-approve", "asked", "far asked"),
    *seen(post, "change-approve", NOBODY, SEE, "own asked"),
    *_kept(post, "change-refuse", "asked", "far asked"),
    *seen(post, "change-drop", DEPARTMENT, SEE, "own asked"),
    *seen(post, "change-drop", NOBODY, SEE, "asked"),
    *seen(post, "change-undo", DEPARTMENT, SEE, "imported"),
)
OPINIONS = (
    *post("term-vote", ALL),  # a shipped term
    *get("term-review", DEPARTMENT, otherwise=403),
    *post("term-keep", DEPARTMENT, otherwise=403),
    *get("term-exceptions", ALL),  # each her own rows
    *post("term-exceptions", DEPARTMENT, otherwise=403),
    *_kept(post, "term-exception-end", "exception", "far exception"),
)
LEDGER = (
    *get("review-ledger", SEE),
    *post("review-ledger-export", SEE, otherwise=403),
    *get("editorial-statistics", SEE),
    *get("manuscript-sheet", SEE, "approved"),
    *get("manuscript-sheet", WIDE, "far open"),
    *seen(get, "manuscript-sheet", NOBODY, HOME, "draft"),
    *get("manuscript-document", SEE, "approved"),
    *get("manuscript-document", WIDE, "far open"),
)
LEXICONS = (*LISTS, *CHANGES, *OPINIONS, *LEDGER)
