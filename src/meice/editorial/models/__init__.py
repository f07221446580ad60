"""Manuscripts, revisions, reviews, chains, publications."""

from meice.editorial.models.chain import Chain, ChainStage, EditorialTerm
from meice.editorial.models.lexicon import Lexicon, LexiconKind, LexiconVersion
from meice.editorial.models.manuscript import WITH_REVIEWS, Manuscript, ManuscriptEvent
from meice.editorial.models.opinion import TermException, TermReview, TermVote
from meice.editorial.models.publication import PageCheck, Publication
from meice.editorial.models.review import HELD, WAITING, Review, StandIn
from meice.editorial.models.revision import Attachment, Comment, CopyIssue, Revision, Waiver
from meice.editorial.models.term import ChangeKind, ChangeStatus, Term, TermChange
from meice.editorial.models.words import (
    GATE_HINTS,
    IN_HAND,
    OUT,
    ContentClass,
    ContentForm,
    Gate,
    Intelligence,
    Lane,
    ManuscriptStatus,
    Minors,
    Origin,
    Outcome,
    ReviewStatus,
    Secret,
)

__all__ = [
    "GATE_HINTS",
    "HELD",
    "IN_HAND",
    "OUT",
    "WAITING",
    "WITH_REVIEWS",
    "Attachment",
    "Chain",
    "ChainStage",
    "ChangeKind",
    "ChangeStatus",
    "Comment",
    "ContentClass",
    "ContentForm",
    "CopyIssue",
    "EditorialTerm",
    "Gate",
    "Intelligence",
    "Lane",
    "Lexicon",
    "LexiconKind",
    "LexiconVersion",
    "Manuscript",
    "ManuscriptEvent",
    "ManuscriptStatus",
    "Minors",
    "Origin",
    "Outcome",
    "PageCheck",
    "Publication",
    "Review",
    "ReviewStatus",
    "Revision",
    "Secret",
    "StandIn",
    "Term",
    "TermChange",
    "TermException",
    "TermReview",
    "TermVote",
    "Waiver",
]
