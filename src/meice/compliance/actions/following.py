"""A unit that moves in the tree takes its devices along."""

from django.db.models import F

from meice.compliance.models import Device


def follow_units() -> int:
    """Write the units' present paths on the devices; gives how many were behind."""
    rows = Device.objects.exclude(unit_path=F("unit__path"))
    return sum(
        Device.objects.filter(pk=pk).update(unit_path=path)
        for pk, path in rows.values_list("pk", "unit__path")
    )
