"""One farm for the tests of a process."""

from collections.abc import Iterator

import pytest

from tests.faults.farm.ground import Ground, farm


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    """The whole farm, up until the session ends."""
    with farm() as up:
        yield up
