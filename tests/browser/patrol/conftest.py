"""A school with a round to be walked, people who sit down at it, and a clock that can be moved."""

import json
import subprocess
import sys

import pytest

from tests.browser.campaign.conftest import seat  # noqa: F401  the same seats, at another server
from tests.browser.conftest import START_SECONDS
from tests.browser.serving import served
from tests.chromium import ROOT


@pytest.fixture(scope="session")
def university(tmp_path_factory):
    """The server; 数信学院 has its outlets in the register."""
    with served(tmp_path_factory.mktemp("patrol"), "--school") as (site, _):
        yield site


@pytest.fixture
def clockwork(university):
    """`clockwork("later", 16)`: what `tests.browser.patrol.clockwork` answers."""

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.patrol.clockwork", *map(str, words)],
            cwd=ROOT, env=university.environment, capture_output=True, check=False,
            timeout=START_SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run
