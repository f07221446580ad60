"""Every address of the URLconf, found by walking the resolver."""

import uuid

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

EXAMPLES = {
    "int": 1,
    "str": "package",
    "slug": "units",
    "uuid": uuid.UUID(int=1),
    "path": "nothing/1",
}

PUBLIC = {
    "sign-in": "the door itself",
    "sign-out": "shows nothing, ends what there is",
    "join": "the invitation: behind the code on the slip",
    "session-state": "401 for strangers",
    "session-left": "401 for strangers",
    "feed": "a calendar program cannot sign in: the address itself is the secret, and revocable",
    "report": "anybody may report; a setting of the school, limited by address and in all",
    "report-state": "behind the number and the secret of the receipt",
    "fake-list": "confirmed fakes, for everybody; 404 until the department opens it",
    "fake-report": "reports of fakes by everybody; 404 until the department opens it",
    "fake-state": "behind the number and the secret of the receipt",
}
"""Short, and each with its reason."""


def patterns(resolver=None):
    """(name, pattern) of every view, included lists too."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        elif isinstance(each, URLPattern):
            yield each.name, each


def example(pattern):
    """Arguments that fit the pattern's converters."""
    kinds = {
        "IntConverter": "int",
        "StringConverter": "str",
        "SlugConverter": "slug",
        "UUIDConverter": "uuid",
        "PathConverter": "path",
    }
    converters = pattern.pattern.converters
    return {key: EXAMPLES[kinds[type(each).__name__]] for key, each in converters.items()}
