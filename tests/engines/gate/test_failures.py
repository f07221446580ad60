"""Every way a server can fail is an answer of its own kind, within the limits."""

import gzip
import socket
import struct
import zlib
from dataclasses import replace

import brotli
import pytest
from tests.engines.gate.conftest import page, read_head, saying

from meice.engines.gate import Failure, Limits, Policy, Request, fetch

QUICK = Limits(connect_s=0.5, total_s=0.5, bytes_wire=200_000, bytes_body=400_000)
PATIENT = replace(QUICK, total_s=8.0, connect_s=8.0)
HEAD = b"HTTP/1.1 200 OK\r\n"


def reset(connection, served):
    """Answer the head, then break off without a farewell."""
    read_head(connection)
    connection.sendall(HEAD + b"Content-Length: 100\r\n\r\nabc")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silent(connection, served):
    """Accept and never answer."""
    read_head(connection)
    served.over.wait()


def trickling(first, piece):
    def script(connection, served):
        read_head(connection)
        served.trickle(connection, first, piece)

    return script


def flooding(first, piece):
    def script(connection, served):
        read_head(connection)
        served.flood(connection, first, piece)

    return script


def once(answer):
    def script(connection, served):
        read_head(connection)
        connection.sendall(answer)

    return script


def encoded(name, body):
    return once(page(body, b"Content-Encoding: " + name))


BOMB = bytes(50_000_000)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
SCRIPTS = {
    "reset": (reset, Failure.RESET),
    "closes after the request": (lambda connection, served: read_head(connection), Failure.EMPTY),
    "never answers": (silent, Failure.TIMEOUT),
    "slow head": (trickling(HEAD, b"X"), Failure.TIMEOUT),
    "endless short headers": (trickling(HEAD, b"X-A: b\r\n"), Failure.TIMEOUT),
    "endless headers": (flooding(HEAD, b"X-A: " + b"b" * 100 + b"\r\n"), Failure.TOO_LARGE),
    "one endless header": (flooding(HEAD + b"X-A: ", b"b" * 10_000), Failure.TOO_LARGE),
    "endless interim answers": (flooding(b"", b"HTTP/1.1 102 x\r\n\r\n"), Failure.TOO_LARGE),
    "slow body": (trickling(HEAD + b"Content-Length: 99999\r\n\r\n", b"x"), Failure.TIMEOUT),
    "endless body": (flooding(HEAD + b"\r\n", b"x" * 10_000), Failure.TOO_LARGE),
    "endless chunks": (flooding(CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n"), Failure.TOO_LARGE),
    "says ten gigabytes": (once(HEAD + b"Content-Length: 10000000000\r\n\r\n"), Failure.TOO_LARGE),
    "less than it says": (once(HEAD + b"Content-Length: 10\r\n\r\nabc"), Failure.BAD_RESPONSE),
    "broken chunks": (once(CHUNKED + b"zz\r\nabc\r\n"), Failure.BAD_RESPONSE),
    "negative length": (once(HEAD + b"Content-Length: -5\r\n\r\nabc"), Failure.BAD_RESPONSE),
    "not HTTP": (once(b"SSH-2.0-OpenSSH_9.2\r\n"), Failure.BAD_RESPONSE),
    "HTTP/0.9": (once(b"<html>hello</html>"), Failure.BAD_RESPONSE),
    "broken status": (once(b"HTTP/1.1 abc OK\r\n\r\n"), Failure.BAD_RESPONSE),
    "gzip bomb": (encoded(b"gzip", gzip.compress(BOMB, 9)), Failure.TOO_LARGE),
    "deflate bomb": (encoded(b"deflate", zlib.compress(BOMB, 9)), Failure.TOO_LARGE),
    "brotli bomb": (encoded(b"br", brotli.compress(BOMB, quality=5)), Failure.TOO_LARGE),
    "nested gzip": (
        encoded(b"gzip, gzip", gzip.compress(gzip.compress(BOMB, 9), 9)),
        Failure.TOO_LARGE,
    ),
    "deep nesting": (encoded(b"gzip, gzip, gzip, gzip, gzip, gzip", b"x"), Failure.BAD_RESPONSE),
    "not gzip": (encoded(b"gzip", b"plain text, not packed"), Failure.BAD_RESPONSE),
}


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_hostile_server_is_an_answer_of_its_kind(serve, name):
    script, expected = SCRIPTS[name]
    served = serve(script)
    limits = QUICK if expected is Failure.TIMEOUT else PATIENT
    answer = fetch(served.url, served.policy, limits)
    assert answer.failure is expected
    assert answer.body == b""
    assert answer.detail
    assert answer.elapsed_s < limits.total_s + 2
    assert answer.received < 2_000_000


def test_closed_port_is_refused(serve):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    policy = Policy(exact=frozenset({("127.0.0.1", port)}))
    answer = fetch(f"http://127.0.0.1:{port}/", policy, QUICK)
    assert (answer.failure, answer.uncertain) == (Failure.REFUSED, False)


def test_packed_page_comes_unpacked(serve):
    served = serve(saying(page(gzip.compress(b"<p>ok</p>"), b"Content-Encoding: gzip")))
    answer = fetch(served.url, served.policy, PATIENT)
    assert (answer.status, answer.body, answer.http) == (200, b"<p>ok</p>", "1.1")
    assert answer.address == "127.0.0.1"
    assert answer.ok


def test_header_values_are_read_in_utf8_or_latin1_and_names_lowered(serve):
    served = serve(saying(page(b"x", b"X-Name: \xe5\x8d\x8e\xe5\x9b\xad", b"X-OLD: caf\xe9")))
    answer = fetch(served.url, served.policy, PATIENT)
    assert (answer.header("X-Name"), answer.header("x-old")) == ("华园", "café")


def test_interim_answers_are_not_the_answer(serve):
    served = serve(saying(b"HTTP/1.1 103 Early Hints\r\nX-A: 1\r\n\r\n" + page(b"x")))
    answer = fetch(served.url, served.policy, PATIENT)
    assert (answer.status, answer.header("x-a"), answer.body) == (200, "", b"x")


def test_trailers_do_not_become_headers(serve):
    body = CHUNKED + b"1\r\nx\r\n0\r\nX-Late: 1\r\n\r\n"
    served = serve(saying(body))
    assert fetch(served.url, served.policy, PATIENT).header("x-late") == ""


def test_unchanged_page_is_asked_for_with_its_validators_and_answers_304(serve):
    served = serve(saying(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'))
    validators = {"etag": '"a"', "modified": "Tue, 29 Jun 2021 04:00:00 GMT"}
    answer = fetch(Request(served.url, **validators), served.policy, PATIENT)
    assert (answer.status, answer.body, answer.failure) == (304, b"", None)
    assert b'if-none-match: "a"\r\n' in served.heads[0]
    assert b"if-modified-since: Tue, 29 Jun 2021 04:00:00 GMT\r\n" in served.heads[0]


def test_validator_with_a_line_break_is_dropped(serve):
    served = serve(saying(page()))
    hostile = "x\r\nx-smuggled: 1"
    fetch(Request(served.url, etag=hostile), served.policy, PATIENT)
    assert b"smuggled" not in served.heads[0]


@pytest.mark.parametrize("name", ["Host", "Content-Length", "bad name", "x\r\ny"])
def test_header_that_no_request_may_have_is_the_callers_mistake(name):
    with pytest.raises(ValueError, match="header"):
        fetch(Request("http://a.invalid/", headers=((name, "x"),)), Policy())


def test_environment_proxy_is_ignored(serve, monkeypatch):
    proxy = serve(saying(page(b"proxied")))
    served = serve(saying(page(b"direct")))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    assert fetch(served.url, served.policy, PATIENT).body == b"direct"
    assert proxy.connections == 0


def test_post_sends_its_body_and_follows_no_redirect(serve):
    served = serve(saying(b"HTTP/1.1 307 x\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"))
    answer = fetch(Request(served.url, method="POST", body=b"{}"), served.policy, PATIENT)
    assert (answer.status, answer.hops, served.connections) == (307, (), 1)
    assert served.heads[0].startswith(b"POST / HTTP/1.1\r\n")
