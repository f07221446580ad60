"""unreachable: a week, twenty tries a day, 15 seconds, five per cent."""

from datetime import timedelta

import pytest
from tests.engines.webprobe.checks.sites import NOW, RULES, URL

from meice.engines.gate import Answer, Failure
from meice.engines.webprobe.checks import Attempt, measure, opened, unreachable
from meice.engines.webprobe.findings import Code

HOUR = timedelta(hours=1)


def history(failed, *, days=7, tries=20, **facts):
    """So many tries a day, the last ``failed`` of all with ``facts``."""
    step = 24 * HOUR / tries
    times = [NOW - (number + 1) * step for number in range(days * tries)]
    bad = {"opened": False, "elapsed_s": 15.0, **facts}
    good = {"opened": True, "elapsed_s": 0.5}
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
        ({"elapsed_s": 0.1}, True),
        ({"opened": True, "elapsed_s": 15.0}, True),
        ({"opened": True, "elapsed_s": 14.9}, False),
    ],
    ids=str,
)
def test_what_counts_as_not_open(facts, is_failed):
    seen = measure(history(140, **facts), RULES.thresholds, NOW)
    assert seen.failed == (140 if is_failed else 0)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"status": 200}, True),
        ({"status": 404}, False),
        ({"status": 500}, False),
        ({"status": 403}, None),
        ({"status": 429}, None),
        ({"failure": Failure.TIMEOUT}, False),
        ({"failure": Failure.REFUSED}, False),
        ({"failure": Failure.DNS}, False),
        ({"failure": Failure.DNS, "uncertain": True}, None),
        ({"failure": Failure.BLOCKED}, None),
        ({"failure": Failure.ROBOTS_DENIED}, None),
        ({"failure": Failure.ADDRESS_REFUSED}, None),
        ({"failure": Failure.REDIRECT_REFUSED}, None),
        ({"failure": Failure.TOO_LARGE}, True),
    ],
    ids=str,
)
def test_what_an_answer_says(answer, expected):
    assert opened(Answer(URL, URL, **answer)) is expected


def test_tries_that_tell_nothing_of_the_site_count_neither_way():
    untold = history(14, opened=None)
    seen = measure(untold, RULES.thresholds, NOW)
    assert (seen.tries, seen.failed, seen.untold) == (126, 0, 14)
    assert unreachable(untold, RULES, NOW) is None


def test_older_tries_are_forgotten():
    old = [Attempt(URL, NOW - timedelta(days=8), opened=False)] * 500
    assert measure(history(0) + old, RULES.thresholds, NOW).failed == 0
