"""HTTP/2 is spoken where a server offers it: a real granian, over TLS, on loopback."""

import subprocess
import sys
import threading

import pytest
from cryptography.hazmat.primitives import serialization
from tests.engines.gate.test_certificates import HOST, ROOT, ask, issue, pem

from meice.engines.gate import Failure, Fetcher, Limits, Policy, Request

APP = """
def app(environ, start):
    start("200 OK", [("Content-Type", "text/html"), ("X-Protocol", environ["SERVER_PROTOCOL"])])
    return [environ["PATH_INFO"].encode()]
"""
STARTS_IN = 400  # tries, a twentieth of a second apart


@pytest.fixture
def granian(tmp_path, unused_port):
    """The port of a server that speaks HTTP/2 only."""
    leaf = issue("a", ROOT, names=(HOST,))
    key = leaf.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (tmp_path / "roots.pem").write_bytes(pem(ROOT))
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "leaf.pem").write_bytes(pem(leaf))
    (tmp_path / "spoken.py").write_text(APP, "utf-8")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "2"]
    command += ["--host", "127.0.0.1", "--port", str(unused_port), "--log-level", "critical"]
    command += ["--ssl-certificate", "leaf.pem", "--ssl-keyfile", "key.pem", "spoken:app"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as server:
        yield unused_port
        server.terminate()


class At:
    """Where the server stands, as ``ask`` wants it."""

    def __init__(self, port):
        self.port = port


def test_server_that_offers_http2_is_read_in_it(granian, tmp_path):
    waiting = threading.Event()
    for _ in range(STARTS_IN):
        answer = ask(At(granian), str(tmp_path / "roots.pem"))
        if answer.failure is not Failure.REFUSED:
            break
        waiting.wait(0.05)
    assert (answer.http, answer.status, answer.body) == ("2", 200, b"/")
    assert answer.certificate.chain_ok
    answers = many(granian, str(tmp_path / "roots.pem"), 40)
    assert sorted(answers) == sorted(f"/{number}".encode() for number in range(40))


def many(port, roots, count):
    """The bodies of many pages asked for at once."""
    found = []
    policy = Policy(exact=frozenset({(HOST, port)}))
    limits = Limits(connect_s=8, total_s=8)
    with Fetcher(policy, limits, resolve=lambda host: ("127.0.0.1",), roots=roots) as fetcher:
        for number in range(count):
            url = f"https://{HOST}:{port}/{number}"
            fetcher.submit(Request(url), lambda answer: found.append(answer.body))
        fetcher.run_until_idle()
    return found
