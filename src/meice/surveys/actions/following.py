"""A unit that moves in the tree takes its campaigns, submissions and summaries along."""

from django.db.models import F

from meice.surveys.models import Campaign, Submission, YearSummary


def follow_units() -> int:
    """Write the present path where it is another; gives how many rows were behind."""
    behind = 0
    for model in (Campaign, Submission, YearSummary):
        rows = model._default_manager.exclude(unit_path=F("unit__path"))
        for pk, path in rows.values_list("pk", "unit__path"):
            behind += model._default_manager.filter(pk=pk).update(unit_path=path)
    return behind
