"""The page of one outlet: three answers a check, what was seen, what was done; fit for a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from meice.patrols.actions import Said, VisitText
from meice.patrols.checklist import Check
from meice.patrols.models import Answer, Photo, Seen, Visit

PARTS = ("state", "note", "measure")
SOUGHT_NOTE = "写下看到的问题。"


class VisitForm(forms.Form):
    """`state-`, `note-` and `measure-` of each check; `note` on the whole. What has no answer yet is
    left open: half a page is kept as it is."""

    use_required_attribute = False

    def __init__(self, *args: Any, checks: Sequence[Check], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            self.fields[f"state-{check.key}"] = forms.ChoiceField(
                choices=Seen.choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"note-{check.key}"] = forms.CharField(max_length=1000, required=False)
            self.fields[f"measure-{check.key}"] = forms.CharField(max_length=500, required=False)
        self.fields["note"] = forms.CharField(max_length=500, required=False)

    @property
    def said(self) -> VisitText:
        """What was said, of valid input. Well is well: no words are kept with it."""
        got = self.cleaned_data
        answers = {
            check.key: _said(got, check.key) for check in self.checks if got[f"state-{check.key}"]
        }
        return VisitText(answers, got["note"])


def _said(got: dict[str, Any], key: str) -> Said:
    state = Seen(got[f"state-{key}"])
    if state == Seen.OK:
        return Said(state)
    measure = got[f"measure-{key}"] if state == Seen.PROBLEM else ""
    return Said(state, got[f"note-{key}"], measure)


@dataclass(frozen=True, slots=True)
class Line:
    """One check as the page shows it: with the answer that is kept, or was refused just now."""

    place: int
    check: Check
    state: str
    note: str
    measure: str
    answer: Answer | None
    photos: Sequence[Photo]

    @property
    def lacks_note(self) -> bool:
        """A problem without words: the outlet is not done."""
        return self.state == Seen.PROBLEM and not self.note.strip()


def lines_of(visit: Visit, checks: Sequence[Check], form: VisitForm | None = None) -> list[Line]:
    """In the order of the list."""
    kept = {answer.key: answer for answer in visit.answers.all()}
    photos = list(visit.photos.all())
    typed = form.data if form is not None and form.is_bound else None
    lines = []
    for place, check in enumerate(checks, 1):
        answer = kept.get(check.key)
        state, note, measure = (getattr(answer, part, "") for part in PARTS)
        if typed is not None:
            state, note, measure = (typed.get(f"{part}-{check.key}", "") for part in PARTS)
        shown = [photo for photo in photos if photo.key == check.key]
        lines.append(Line(place, check, state, note, measure, answer, shown))
    return lines


class PhotoForm(forms.Form):
    """One picture, of one check or of the whole."""

    photo = forms.FileField(
        label="照片或截图", widget=forms.FileInput({"accept": "image/png,image/jpeg,image/gif"})
    )
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
