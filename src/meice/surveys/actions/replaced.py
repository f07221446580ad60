"""What the worker writes about a drop of files: the forms it could accept, as the engine read them."""

from __future__ import annotations

from django.db import transaction

from meice.engines.annexes.model import Form, Json, Report
from meice.kernel.clock import now
from meice.surveys.models import Replacement


@transaction.atomic
def keep_forms(replacement: Replacement, report: Report) -> int:
    """Keep the accepted forms of `report` with the drop; gives how many there are."""
    forms = [_form_json(form) for form in report.files if form.annex and form.accepted]
    replacement.forms, replacement.read_at = forms, now()
    replacement.save(update_fields=["forms", "read_at"])
    return len(forms)


def _form_json(form: Form) -> Json:
    return {
        "annex": int(form.annex or 0),
        "path": form.path,
        "sheet": form.sheet,
        "header": form.header.to_json(),
        "rows": [row.to_json() for row in form.rows],
    }
