"""The deeds of the room; `record_self_check` is the door for the rooms above."""

from meice.inspections.actions.recording import record_finding, record_self_check

__all__ = ["record_finding", "record_self_check"]
