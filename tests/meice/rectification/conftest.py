"""The fixtures of the room's tests."""

from tests.base_states import base_state
from tests.meice.rectification.scene import school_with_outlet


@base_state
def both():
    """The school and its outlet."""
    return school_with_outlet()


@base_state
def school(both):
    return both[0]


@base_state
def outlet(both):
    return both[1]
