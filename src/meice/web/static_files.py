"""Which built files are there, and their addresses.

Pages must work without the front-end build ("plain styles"), so a missing file is an answer
here, never an error.
"""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

BUILT = Path(__file__).parent / "static" / "built"
TABLER, HTMX, SPRITE = "built/tabler.css", "built/htmx.min.js", "built/icons.svg"


@cache
def is_built(name: str) -> bool:
    """Is the static file `name` (`built/…`) in the package? Asked once per process."""
    return (BUILT.parent / name).is_file()


@cache
def icon_names() -> frozenset[str]:
    """The icons in the built sprite; none when it was not built."""
    listed = BUILT / "icons.json"
    return frozenset(json.loads(listed.read_text("utf-8"))) if listed.is_file() else frozenset()


@cache
def address(name: str) -> str:
    """The URL of a static file; one missing from the manifest is served under its plain name."""
    try:
        return static(name)
    except ValueError:
        return f"{settings.STATIC_URL}{name}"
