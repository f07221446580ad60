"""What the network library's errors mean to us."""

from __future__ import annotations

import errno
from dataclasses import dataclass

import pycurl

from meice.engines.gate.answers import Failure

NOT_VERIFIED = frozenset({pycurl.E_PEER_FAILED_VERIFICATION})
BY_CODE = {
    pycurl.E_COULDNT_RESOLVE_HOST: Failure.DNS,
    pycurl.E_OPERATION_TIMEDOUT: Failure.TIMEOUT,
    pycurl.E_GOT_NOTHING: Failure.EMPTY,
    pycurl.E_FILESIZE_EXCEEDED: Failure.TOO_LARGE,
    pycurl.E_PARTIAL_FILE: Failure.BAD_RESPONSE,
    pycurl.E_BAD_CONTENT_ENCODING: Failure.BAD_RESPONSE,
    pycurl.E_UNSUPPORTED_PROTOCOL: Failure.BAD_RESPONSE,  # HTTP/0.9
    pycurl.E_HTTP2: Failure.BAD_RESPONSE,
    92: Failure.BAD_RESPONSE,  # an HTTP/2 stream broken off
    8: Failure.BAD_RESPONSE,  # weird server reply
    100: Failure.TOO_LARGE,  # one header line over the library's own limit
    pycurl.E_SSL_CONNECT_ERROR: Failure.TLS_ERROR,
    pycurl.E_SSL_CIPHER: Failure.TLS_ERROR,
    pycurl.E_SSL_CERTPROBLEM: Failure.TLS_ERROR,
    pycurl.E_PEER_FAILED_VERIFICATION: Failure.TLS_ERROR,
    pycurl.E_SSL_CACERT_BADFILE: Failure.TLS_ERROR,
}
BY_ERRNO = {
    errno.ECONNREFUSED: Failure.REFUSED,
    errno.ECONNRESET: Failure.RESET,
    errno.EPIPE: Failure.RESET,
    errno.ETIMEDOUT: Failure.TIMEOUT,
}
UNREACHABLE = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN}
)
IN_TRANSFER = frozenset({pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR})
DETAILS = {
    Failure.DNS: "域名不存在",
    Failure.REFUSED: "服务器拒绝连接",
    Failure.RESET: "连接被重置",
    Failure.TIMEOUT: "在时限内没有答复",
    Failure.EMPTY: "连接被关闭，没有任何内容",
    Failure.TLS_ERROR: "不能建立可信的加密连接",
    Failure.TOO_LARGE: "内容超过大小限制",
    Failure.BAD_RESPONSE: "答复不符合 HTTP 规定或不完整",
    Failure.UNKNOWN_ERROR: "无法连接，原因不明",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure with its reason; ``uncertain`` when it says nothing about the other side."""

    failure: Failure
    detail: str
    uncertain: bool = False
    code: int = 0  # of the network library


def fault(failure: Failure, code: int = 0) -> Fault:
    """The fault with the usual words."""
    return Fault(failure, DETAILS[failure], code=code)


def read_error(code: int, number: int, text: str) -> Fault:
    """The fault of one error: library code, operating system's number, the library's words."""
    if code in IN_TRANSFER or code in (pycurl.E_COULDNT_CONNECT, pycurl.E_SSL_CONNECT_ERROR):
        if number in BY_ERRNO:
            return fault(BY_ERRNO[number])
        if number in UNREACHABLE:
            return Fault(Failure.UNKNOWN_ERROR, "网络不可达", uncertain=True)
    if code in BY_CODE:
        return fault(BY_CODE[code], code)
    if code in IN_TRANSFER:
        return fault(read_transfer_error(text.lower()))
    return fault(Failure.UNKNOWN_ERROR)


def read_transfer_error(text: str) -> Failure:
    """Errors that the library gives one code: a broken record, endless headers, broken chunks."""
    if "ssl" in text or "tls" in text or "alert" in text:
        return Failure.TLS_ERROR
    return Failure.TOO_LARGE if "too large" in text or "too many" in text else Failure.BAD_RESPONSE
