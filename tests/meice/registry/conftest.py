"""The fixtures of the register's tests."""

from tests.base_states import base_state
from tests.meice.registry.scene import accepted, make_school, opening


@base_state
def school():
    return make_school()


@base_state
def outlet(school):
    """华园数信, in use, filed as BA-2026-0001."""
    return accepted(school, opening(school)).outlet
