"""unreachable: a week, twenty tries a day, 15 seconds, five per cent."""

from datetime import timedelta

import pytest
from tests.engines.webprobe.checks.sites import NOW, RULES, URL

from meice.engines.gate import Failure
from meice.engines.webprobe.checks import Attempt, measure, unreachable
from meice.engines.webprobe.findings import Code

HOUR = timedelta(hours=1)


def history(failed, *, days=7, tries=20, **facts):
    """So many tries a day, the first ``failed`` of all with ``facts``."""
    step = 24 * HOUR / tries
    times = [NOW - number * step for number in range(days * tries)]
    bad = {"failure": Failure.TIMEOUT, "elapsed_s": 15.0, **facts}
    good = {"status": 200, "elapsed_s": 0.5}
    return [Attempt(URL, at, **(bad if n < failed else good)) for n, at in enumerate(times)]


@pytest.mark.parametrize(("failed", "is_found"), [(0, False), (6, False), (7, True), (140, True)])
def test_five_per_cent_of_a_weeks_tries_is_the_line(failed, is_found):
    found = unreachable(history(failed), RULES, NOW)
    assert (found is not None) == is_found


def test_the_finding_says_how_often_and_by_which_clause():
    found = unreachable(history(14), RULES, NOW)
    assert found is not None
    assert found.code is Code.UNREACHABLE
    assert "试 140 次，14 次" in found.evidence
    assert "站点无法访问" in found.rule


@pytest.mark.parametrize("short", [{"days": 6}, {"tries": 19}, {"days": 0}], ids=str)
def test_too_short_a_history_tells_nothing(short):
    assert unreachable(history(200, **short), RULES, NOW) is None
    assert not measure(history(200, **short), RULES.thresholds, NOW).enough


@pytest.mark.parametrize(
    ("facts", "is_failed"),
    [
        ({"failure": Failure.REFUSED, "elapsed_s": 0.1}, True),
        ({"failure": None, "status": 200, "elapsed_s": 15.0}, True),
        ({"failure": None, "status": 200, "elapsed_s": 14.9}, False),
        ({"failure": None, "status": 502, "elapsed_s": 0.1}, True),
        ({"failure": None, "status": 404, "elapsed_s": 0.1}, False),
    ],
    ids=str,
)
def test_what_counts_as_not_open(facts, is_failed):
    seen = measure(history(140, **facts), RULES.thresholds, NOW)
    assert seen.failed == (140 if is_failed else 0)


@pytest.mark.parametrize(
    "facts",
    [{"uncertain": True}, {"failure": Failure.BLOCKED}, {"failure": Failure.ROBOTS_DENIED}],
    ids=str,
)
def test_tries_that_tell_nothing_of_the_site_count_neither_way(facts):
    untold = history(14, **facts)
    assert measure(untold, RULES.thresholds, NOW).tries == 126
    assert unreachable(untold, RULES, NOW) is None


def test_older_tries_are_forgotten():
    old = [Attempt(URL, NOW - timedelta(days=8), 15.0, failure=Failure.TIMEOUT)] * 500
    assert measure(history(0) + old, RULES.thresholds, NOW).failed == 0
