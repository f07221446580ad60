"""Names: rebinding, silent resolvers, and the check at the socket itself."""

import itertools
import os
import select
import socket
import threading
from ipaddress import ip_address, ip_network

import pycurl
import pytest
from tests.engines.gate.conftest import page, redirect, saying

from meice.engines.gate import (
    Failure,
    Fetcher,
    Limits,
    NoSuchName,
    Policy,
    Request,
    ResolverSilent,
    fetch,
)
from meice.engines.gate.door import Door, is_this_machine
from meice.engines.gate.targets import read_target
from meice.engines.gate.wire import Wire

LIMITS = Limits(connect_s=5, total_s=5)


def answering(*turns):
    """A resolver that says something else each time, the last for ever."""
    asked = []

    def resolve(host):
        asked.append(host)
        return turns[min(len(asked), len(turns)) - 1]

    resolve.asked = asked
    return resolve


def loopback_only(port):
    return Policy(allow=(ip_network("127.0.0.1/32"),))


def test_name_is_visited_at_the_address_that_was_checked(serve):
    served = serve(saying(page(b"home")))
    resolve = answering(("127.0.0.1",), ("10.0.0.1",))
    answer = fetch(
        f"http://www.huayuan.test:{served.port}/",
        loopback_only(served.port),
        LIMITS,
        resolve=resolve,
    )
    assert (answer.body, answer.address) == (b"home", "127.0.0.1")
    assert f"Host: www.huayuan.test:{served.port}".encode() in served.heads[0]
    assert resolve.asked == ["www.huayuan.test"]


def test_name_that_turns_to_a_forbidden_address_is_refused(serve):
    served = serve(saying(page()))
    url = f"http://rebind.test:{served.port}/"
    for address in ("127.0.0.2", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1"):
        answer = fetch(url, loopback_only(served.port), LIMITS, resolve=answering((address,)))
        assert answer.failure is Failure.ADDRESS_REFUSED
    assert served.connections == 0


def test_only_the_allowed_ones_of_several_addresses_are_tried(serve):
    served = serve(saying(page(b"home")))
    answer = fetch(
        f"http://mixed.test:{served.port}/",
        loopback_only(served.port),
        LIMITS,
        resolve=answering(("10.0.0.1", "fe80::1", "127.0.0.1")),
    )
    assert (answer.body, answer.address) == (b"home", "127.0.0.1")


def test_redirect_to_a_name_with_a_forbidden_address_is_refused(serve):
    served = serve(saying(redirect(b"http://inside.test/")))
    answer = fetch(served.url, served.policy, LIMITS, resolve=answering(("169.254.169.254",)))
    assert answer.failure is Failure.REDIRECT_REFUSED


def test_socket_is_vetoed_for_an_address_that_was_not_the_one_checked():
    door = Door(Policy(allow=(ip_network("127.0.0.0/8"),)))
    target = read_target("http://www.huayuan.test:8001/")
    pinned = ("127.0.0.1",)
    assert door.veto(target, pinned, socket.AF_INET, ("127.0.0.1", 8001)) is None
    assert door.veto(target, pinned, socket.AF_INET, ("127.0.0.2", 8001))
    assert door.veto(target, pinned, socket.AF_INET, ("127.0.0.1", 8002))
    assert door.veto(target, pinned, socket.AF_INET6, ("127.0.0.1", 8001))


def test_socket_is_vetoed_for_a_special_address_even_when_it_was_pinned():
    door = Door(Policy())
    target = read_target("http://www.huayuan.test/")
    assert door.veto(target, ("127.0.0.1",), socket.AF_INET, ("127.0.0.1", 80))
    assert door.veto(target, ("::1",), socket.AF_INET6, ("::1", 80))


def test_veto_holds_when_the_library_itself_looks_the_name_up(serve, monkeypatch):
    """The control: the name's check is taken away, the socket's alone must hold."""
    served = serve(saying(page()))
    monkeypatch.setattr(Door, "admit", lambda self, target, addresses: (addresses, ""))
    url = f"http://localhost:{served.port}/"
    answer = fetch(url, Policy(), LIMITS, resolve=answering(("127.0.0.1",)))
    assert answer.failure is Failure.ADDRESS_REFUSED
    assert served.connections == 0


def test_without_check_and_veto_the_same_request_would_arrive(serve, monkeypatch):
    """The control of the control: nothing else keeps us out."""
    served = serve(saying(page(b"inside")))
    monkeypatch.setattr(Door, "admit", lambda self, target, addresses: (addresses, ""))
    monkeypatch.setattr(Door, "veto", lambda *anything: None)
    url = f"http://localhost:{served.port}/"
    assert fetch(url, Policy(), LIMITS, resolve=answering(("127.0.0.1",))).body == b"inside"


def test_own_server_is_closed_under_its_address_too(serve):
    served = serve(saying(page()))
    policy = Policy(
        campus_networks=(ip_network("10.0.0.0/8"),), own=frozenset({("db.huayuan.test", 0)})
    )
    answer = fetch("http://10.9.9.9/", policy, LIMITS, resolve=answering(("10.9.9.9",)))
    assert (answer.failure, answer.detail) == (
        Failure.ADDRESS_REFUSED,
        "这是本系统自己的服务器",
    )
    assert served.connections == 0


@pytest.mark.parametrize(("text", "ours"), [("127.0.0.1", True), ("127.9.9.9", False)])
def test_this_machine_knows_its_own_addresses(text, ours):
    assert is_this_machine(ip_address(text)) is ours


def test_unknown_name_is_dns_and_a_silent_resolver_says_nothing(serve):
    def unknown(host):
        raise NoSuchName

    def silent(host):
        raise ResolverSilent

    answer = fetch("http://gone.test/", Policy(), LIMITS, resolve=unknown)
    assert (answer.failure, answer.uncertain) == (Failure.DNS, False)
    answer = fetch("http://gone.test/", Policy(), LIMITS, resolve=silent)
    assert (answer.failure, answer.uncertain) == (Failure.DNS, True)


def test_resolver_that_hangs_is_a_timeout_and_holds_up_nobody(serve):
    served = serve(saying(page(b"home")))
    over = threading.Event()

    def hanging(host):
        if host == "slow.test":
            over.wait()
        return ("127.0.0.1",)

    answers = {}
    limits = Limits(connect_s=0.4, total_s=5)
    with Fetcher(loopback_only(served.port), limits, resolve=hanging) as fetcher:
        for host in ("slow.test", "quick.test"):
            url = f"http://{host}:{served.port}/"
            fetcher.submit(Request(url), lambda answer: answers.update({answer.url[7:11]: answer}))
        fetcher.run_until_idle()
    over.set()
    assert (answers["slow"].failure, answers["slow"].uncertain) == (Failure.TIMEOUT, True)
    assert answers["quic"].body == b"home"
    assert answers["quic"].elapsed_s < 0.4


@pytest.mark.parametrize("scheme", ["ftp", "file", "gopher", "dict", "ws"])
def test_library_itself_refuses_other_protocols(scheme):
    wire = Wire(Door(Policy()), "test", "")
    wire.curl.setopt(pycurl.URL, f"{scheme}://127.0.0.1/etc/passwd")
    with pytest.raises(pycurl.error) as raised:
        wire.curl.perform()
    assert raised.value.args[0] == pycurl.E_UNSUPPORTED_PROTOCOL
    wire.curl.close()


def test_late_word_of_a_resolver_disturbs_nobody_after_the_end():
    over, asked = threading.Event(), threading.Event()

    def hanging(host):
        asked.set()
        over.wait()
        return ("127.0.0.1",)

    with Fetcher(Policy(), Limits(connect_s=0.1, total_s=0.1), resolve=hanging) as fetcher:
        fetcher.submit(Request("http://slow.test/"), lambda answer: None)
        fetcher.run_until_idle()
    assert asked.is_set()
    pipes = [os.pipe() for _ in range(8)]  # they take the numbers that the fetcher gave back
    over.set()
    for thread in [each for each in threading.enumerate() if each.name == "resolver"]:
        thread.join(5)
    said = select.select([reader for reader, _ in pipes], [], [], 0)[0]
    for end in itertools.chain(*pipes):
        os.close(end)
    assert said == []
