"""Whatever bytes a server sends, there is one answer, and the next request is not disturbed."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.gate.conftest import page, read_head

from meice.engines.gate import Fetcher, Limits, Policy, Request

PIECES = [b"HTTP/1.1 200 OK", b"HTTP/1.1 301 x", b"HTTP/1.0 404", b"HTTP/2 200", b"HTTP/1.1 100 c"]
PIECES += [b"\r\n", b"\n", b"\r", b": ", b"\r\n\r\n", b"Location: ", b"/a", b"http://[", b"//\\@"]
PIECES += [b"Content-Length: 3", b"Content-Length: -1", b"Transfer-Encoding: chunked", b"3\r\nabc"]
PIECES += [b"Content-Encoding: gzip", b"\x1f\x8b\x08", b"Set-Cookie: a=\x00b", b"\xff\xfe", b"abc"]
answers = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=14).map(b"".join)


@given(said=answers)
@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_one_answer(serve, said):
    def script(connection, served):
        head = read_head(connection)
        connection.sendall(page(b"next") if b"GET /next " in head else said)

    served = serve(script)
    found = []
    limits = Limits(connect_s=5, total_s=5, redirects=2)
    with Fetcher(Policy(exact=served.policy.exact), limits) as fetcher:
        for path in ("", "next"):
            fetcher.submit(Request(served.url + path), found.append)
            fetcher.run_until_idle()
    first, second = found
    assert first.failure is not None or first.status is not None
    assert first.failure is None or (first.body == b"" and first.detail)
    assert all(name == name.lower() for name, _ in first.headers)
    assert second.body == b"next"
