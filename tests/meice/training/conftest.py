"""The fixtures of the room's tests."""

from tests.base_states import base_state
from tests.meice.training.scene import a_school


@base_state
def school():
    """华园大学 with its demands."""
    return a_school()
