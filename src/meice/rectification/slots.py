"""What the room shows elsewhere: sidebar, to-dos, panels, search, what a leaver holds."""

from meice.audit.phrases import name_acts, name_details
from meice.rectification import phrases


def register() -> None:
    """Fill the slots and declare the rounds."""
    name_acts(phrases.ACTS)
    name_details(phrases.DETAILS)
