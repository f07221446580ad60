"""What people type: a text to be read, a manuscript, a verdict, a publication, the settings."""

from meice.editorial.forms.copy import CopyForm
from meice.editorial.forms.filters import ManuscriptFilter
from meice.editorial.forms.manuscript import ManuscriptForm
from meice.editorial.forms.settings import ChainForm, StageSet, StandInForm, TermsForm
from meice.editorial.forms.verdicts import (
    CommentForm,
    PlaceSet,
    ReasonForm,
    VerdictForm,
    WaiverForm,
)

__all__ = [
    "ChainForm",
    "CommentForm",
    "CopyForm",
    "ManuscriptFilter",
    "ManuscriptForm",
    "PlaceSet",
    "ReasonForm",
    "StageSet",
    "StandInForm",
    "TermsForm",
    "VerdictForm",
    "WaiverForm",
]
