"""Whose word about the address of a person is taken: that of the proxies which the operator names.

Behind a proxy everybody comes from its address. Five wrong passwords typed anywhere would shut
the door for that name everywhere, and the audit would tell no two machines apart.
"""

from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import Any

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

HEADER = "HTTP_X_FORWARDED_FOR"
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind(application: Application, proxies: Sequence[str]) -> Application:
    """`REMOTE_ADDR` becomes the last address in X-Forwarded-For that is no proxy's.

    `proxies`: addresses and networks. The header is not listened to when the connection comes
    from elsewhere, or when something in it is no address: anybody may write into it.
    """
    if not proxies:
        return application
    listening: Application = wrap_wsgi_with_proxy_headers(application, list(proxies))

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = environ.get(HEADER, "")
        if told and not all(_is_address(each.strip()) for each in told.split(",")):
            del environ[HEADER]
        return listening(environ, start_response)

    return answer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
