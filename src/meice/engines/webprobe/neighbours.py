"""The pages behind links to other owners, asked for once in a run, whichever site linked first."""

from __future__ import annotations

from dataclasses import dataclass, field

from meice.engines.gate import Answer, Limits, Request
from meice.engines.outlets import identify
from meice.engines.webprobe.checks import Neighbour
from meice.engines.webprobe.checks.links import host_of, leaves
from meice.engines.webprobe.checks.words import HARMLESS, under
from meice.engines.webprobe.pages import Link, Page, Where
from meice.engines.webprobe.pages.addresses import registrable_domain, split_host

LIMITS = Limits(connect_s=8, total_s=12, bytes_wire=400_000, bytes_body=1_000_000, redirects=6)
TEXT = 3_000  # characters of the page that are kept
REMEMBERED = 50_000  # pages
LEADING = frozenset({Where.A, Where.AREA})


@dataclass(frozen=True, slots=True)
class Lead:
    """A link to another owner: the words of the link and the page it stands on."""

    url: str
    text: str
    found_on: str


@dataclass(slots=True)
class Neighbourhood:
    """All neighbours of a run. An address is None here while its answer is awaited."""

    told: dict[str, Neighbour | None] = field(default_factory=dict)

    def ask(self, lead: Lead) -> Request | None:
        """The request to make, or None when another site has asked already."""
        if lead.url in self.told or len(self.told) >= REMEMBERED:
            return None
        self.told[lead.url] = None
        return Request(lead.url, insecure=True, limits=LIMITS)

    def take(self, lead: Lead, answer: Answer, page: Page) -> None:
        """Keep what the page behind the link shows."""
        self.told[lead.url] = Neighbour(
            url=lead.url,
            link_text=lead.text,
            found_on=lead.found_on,
            final_url=answer.final_url,
            status=answer.status,
            failure=answer.failure,
            title=page.title,
            text=page.text[:TEXT],
        )

    def awaited(self, lead: Lead) -> bool:
        """Whether the answer is still to come."""
        return self.told.get(lead.url, _NONE) is None


_NONE = Neighbour("", "", "", "", None, None)


def owner_of(link: Link) -> str:
    """Whose a link's target is, for one question each; nothing for what need not be asked.

    The school's own hosts, platforms' pages, and domains that only authorities and schools get.
    """
    if link.where not in LEADING or not leaves(link) or link.hidden_by is not None:
        return ""
    host = host_of(link.url)
    if not host or under(host, HARMLESS):
        return ""
    found = identify(link.url)
    if found is None or found.platform.key != "website":
        return ""
    domain = registrable_domain(host)
    return ":".join(split_host(link.url)) if domain == host else domain
