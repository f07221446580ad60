from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "meice.inspections"
    label = "inspections"
    verbose_name = "巡检与核实"

    def ready(self) -> None:
        """Fill the slots (house.md, upwards)."""
        from meice.inspections import slots  # noqa: PLC0415  the models must be there first
        from meice.inspections.activity import slots as activity_slots  # noqa: PLC0415

        slots.register()
        activity_slots.register()
