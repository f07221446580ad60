"""The gate against the hostile servers: each ends in time, within its limits, with its own name."""

import time
import tracemalloc
from ipaddress import ip_address

import pytest

from meice.engines.gate import Answer, Failure, Fetcher, Limits, Policy, Request, fetch
from tests.faults.farm import hostile
from tests.faults.farm.ground import Ground

pytestmark = pytest.mark.xdist_group("farm")
LIMITS = Limits(connect_s=2, total_s=4, bytes_wire=2_000_000, bytes_body=4_000_000, redirects=5)
SPARE_S = 3.0  # for a busy machine
PLANS = hostile.plans()
BYTES_OF_HEADERS = 2 * LIMITS.header_bytes


def policy(ground: Ground) -> Policy:
    """The farm, address by address and port by port; nothing wider."""
    return Policy(exact=ground.exact)


@pytest.fixture(scope="module")
def answers(ground) -> dict[str, Answer]:
    """Every hostile site asked at once."""
    found: dict[str, Answer] = {}
    with Fetcher(policy(ground), LIMITS) as fetcher:
        for plan in PLANS:
            url = ground.url(plan.name)
            fetcher.submit(
                Request(url), lambda answer, name=plan.name: found.update({name: answer})
            )
        fetcher.run_until_idle()
    return found


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_a_fault_gets_its_own_name(answers, plan):
    answer = answers[plan.name]
    if "blocked" in plan.truth.failures and answer.failure is None:
        assert answer.status is not None
        assert answer.status >= 400  # whether that is a challenge is for the crawl to say
        return
    assert answer.failure is not None, answer
    assert answer.failure.value in plan.truth.failures
    assert not answer.body


def test_every_answer_came_in_time_and_within_its_bytes(answers):
    assert len(answers) == len(PLANS)
    late = {
        name: each.elapsed_s
        for name, each in answers.items()
        if each.elapsed_s > LIMITS.total_s + SPARE_S
    }
    large = {
        name: each.received
        for name, each in answers.items()
        if each.received > LIMITS.bytes_wire + BYTES_OF_HEADERS
    }
    assert (late, large) == ({}, {})


def test_no_refused_redirect_was_followed(answers):
    for name in ("redirect-metadata", "redirect-loopback", "redirect-file", "redirect-gopher"):
        answer = answers[name]
        assert answer.status in (302, None)
        assert not answer.address or ip_address(answer.address) in _farm_addresses(answers)


def _farm_addresses(answers: dict[str, Answer]) -> set[object]:
    return {ip_address(each.url.partition("//")[2].partition(":")[0]) for each in answers.values()}


def test_no_detail_repeats_what_the_other_side_said(answers):
    for answer in answers.values():
        assert "passwd" not in answer.detail
        assert "challenge" not in answer.detail


def test_a_name_that_turns_home_between_two_visits_is_refused(ground):
    """Time to live 0: the farm's address at the first look, the machine's own at the next."""
    address, port = ground.origins["fresh"].rpartition("/")[2].split(":")
    said = iter([address, "127.0.0.1"])
    url = f"http://rebind.huayuan.edu.cn:{port}/"
    first, second = (
        fetch(url, policy(ground), LIMITS, resolve=lambda name: (next(said),)) for _ in range(2)
    )
    assert (first.failure, first.address) == (None, address)
    assert (second.failure, second.address) == (Failure.ADDRESS_REFUSED, "")


def test_a_name_that_leads_home_is_refused(ground):
    port = ground.origins["fresh"].rpartition(":")[2]
    answer = fetch(
        f"http://evil.huayuan.edu.cn:{port}/", policy(ground), LIMITS,
        resolve=lambda name: ("127.0.0.1", "169.254.169.254"),
    )  # fmt: skip
    assert answer.failure is Failure.ADDRESS_REFUSED


def test_hostile_hosts_cost_no_memory_that_stays(ground):
    """Bombs and endless bodies, one after the other: what is kept stays below one body."""
    names = ["gzip-bomb", "brotli-bomb", "endless-body", "endless-chunks", "huge-header"]
    tracemalloc.start()
    for name in names:
        fetch(ground.url(name), policy(ground), LIMITS)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < LIMITS.bytes_body


def test_hostile_hosts_do_not_hold_up_the_others(ground):
    """Ordinary pages among the hostile hosts come before the slow ones have ended."""
    done: dict[str, float] = {}
    begun = time.monotonic()
    with Fetcher(policy(ground), LIMITS) as fetcher:
        for plan in PLANS:
            fetcher.submit(Request(ground.url(plan.name)), lambda answer: None)
        for number in range(1, 4):
            url = f"{ground.url('fresh')}info/xyxw/{number}.htm"
            fetcher.submit(
                Request(url), lambda answer: done.update({answer.url: time.monotonic() - begun})
            )
        fetcher.run_until_idle()
    assert len(done) == 3
    assert max(done.values()) < LIMITS.total_s
