"""What people type in the pages of the room."""

from meice.patrols.forms.answers import Line, PhotoForm, VisitForm, lines_of
from meice.patrols.forms.checklist import CheckSet, NameForm, checks_of, initial_checks
from meice.patrols.forms.filters import KEPT, VIEWS, RoundFilter
from meice.patrols.forms.plan import PlanForm
from meice.patrols.forms.raising import ExcuseForm, FindingForm, FinishForm, IncidentForm, StartForm
from meice.patrols.forms.settings import NotableForm, TermsForm

__all__ = [
    "KEPT",
    "VIEWS",
    "CheckSet",
    "ExcuseForm",
    "FindingForm",
    "FinishForm",
    "IncidentForm",
    "Line",
    "NameForm",
    "NotableForm",
    "PhotoForm",
    "PlanForm",
    "RoundFilter",
    "StartForm",
    "TermsForm",
    "VisitForm",
    "checks_of",
    "initial_checks",
    "lines_of",
]
