"""What may leave the house: URL, address table, check at the socket, fetch under limits."""

from meice.engines.gate.addresses import Network
from meice.engines.gate.answers import Answer, Certificate, Failure, Limits, Request
from meice.engines.gate.fetcher import Fetcher
from meice.engines.gate.policy import Policy
from meice.engines.gate.resolver import NoSuchName, Resolve, ResolverSilent
from meice.engines.gate.targets import Refused, Target, read_target

__all__ = [
    "Answer",
    "Certificate",
    "Failure",
    "Fetcher",
    "Limits",
    "Network",
    "NoSuchName",
    "Policy",
    "Refused",
    "Request",
    "Resolve",
    "ResolverSilent",
    "Target",
    "fetch",
    "read_target",
]


def fetch(
    asked: str | Request,
    policy: Policy,
    limits: Limits | None = None,
    *,
    resolve: Resolve | None = None,
) -> Answer:
    """Ask for one URL (a string is a plain GET) and wait for its answer, ``total_s`` at most."""
    request = Request(asked) if isinstance(asked, str) else asked
    found: list[Answer] = []
    with Fetcher(policy, limits, concurrency=1, resolve=resolve) as fetcher:
        fetcher.submit(request, found.append)
        fetcher.run_until_idle()
    return found[0]
