"""A unit that moves in the tree takes its sessions and certificates along."""

from django.db.models import F

from meice.training.models import Certificate, TrainingSession


def follow_units() -> int:
    """Write the units' present paths on the rows; gives how many were behind."""
    behind = 0
    for model in (TrainingSession, Certificate):
        rows = model._default_manager.exclude(unit_path=F("unit__path"))
        for pk, path in rows.values_list("pk", "unit__path"):
            behind += model._default_manager.filter(pk=pk).update(unit_path=path)
    return behind
