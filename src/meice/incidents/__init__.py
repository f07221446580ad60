"""Incidents from the report to the lessons."""
