from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "meice.inspections"
    label = "inspections"
    verbose_name = "巡检与核实"
