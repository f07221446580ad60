"""Other websites and accounts that a page leads to."""

from collections.abc import Iterator

from meice.engines.outlets import identify
from meice.engines.webprobe.pages.model import Link, Outbound, Page, Where

_LEADING = frozenset({Where.A, Where.AREA, Where.FRAME, Where.REFRESH, Where.OPTION, Where.FORM})


def outbound(page: Page, *, qr_texts: tuple[str, ...] = ()) -> tuple[Outbound, ...]:
    """Return each outlet that the page leads to once, in the order of the page.

    A website stands for its host and port: a link into it is not another outlet. `qr_texts` are
    what its QR codes say (`read_qr`). A short link names a platform but no account: its
    identifier is then empty and its own address tells it apart.
    """
    found: dict[tuple[str, str], Outbound] = {}
    for url in (*_leaving(page), *qr_texts):
        if (one := _outlet(url, page.url)) is not None:
            found.setdefault((one.kind, one.identifier or one.url), one)
    return tuple(found.values())


def _leaving(page: Page) -> Iterator[str]:
    links: tuple[Link, ...] = page.links
    yield from (link.url for link in links if link.where in _LEADING and not link.same_site)


def _outlet(url: str, found_on: str) -> Outbound | None:
    identity = identify(url) if url[:4].lower() == "http" else None
    if identity is None:
        return None
    if identity.platform.key != "website":
        return Outbound(
            identity.platform.key, identity.identifier, identity.canonical_url, found_on
        )
    host = identity.identifier.partition("/")[0]
    origin = "/".join(identity.canonical_url.split("/")[:3]) + "/"
    return Outbound("website", host, origin, found_on)
