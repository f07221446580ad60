"""Two people at one draft: what each changed, chosen item by item; nothing typed is lost.

What a form was opened with travels with it, signed: the server needs no half-saved state.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from meice.kernel.clock import now
from meice.registry import entry as entries
from meice.registry.actions.register import names_of
from meice.registry.entry import Entry, Shape
from meice.registry.models import Filing
from meice.web.conflicts import Conflict

SALT = "registry.filing"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the form showed when it was opened; `mine` is set once a conflict was found."""

    version: int
    content: dict[str, Any]
    at: str
    mine: dict[str, Any] | None = None

    @property
    def token(self) -> str:
        """For the hidden field."""
        parts = [self.version, self.content, self.at, self.mine]
        return signing.dumps(parts, salt=SALT, compress=True)

    @classmethod
    def read(cls, token: str) -> "Opened | None":
        """None for anything that we did not write."""
        try:
            version, content, at, mine = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(version, content, at, mine)


def opened_now(filing: Filing) -> Opened:
    """The filing as it is shown now."""
    return Opened(filing.version, dict(filing.content), now().isoformat())


def conflict_of(filing: Filing, opened: Opened, mine: Entry) -> Conflict:
    """The three sides: as opened, as saved meanwhile, as typed here."""
    theirs = filing.content
    sides = [_words(side) for side in (opened.content, theirs, mine)]
    last = filing.events.last()
    again = Opened(filing.version, opened.content, opened.at, dict(mine))
    return Conflict.between(
        sides[0],
        sides[1],
        {**sides[0], **sides[2]},
        labels={item.key: item.label for item in entries.ITEMS if item.shape is not Shape.USER},
        other=last.by_name if last else "别人",
        opened_at=datetime.fromisoformat(opened.at),
        saved_at=last.at if last else now(),
        version=again.token,
        save_url=reverse("filing-edit", args=[filing.pk]),
        record_url=reverse("filing", args=[filing.pk]),
    )


def conflict_page(
    request: HttpRequest, filing: Filing, opened: Opened, mine: Entry
) -> HttpResponse:
    """409 with the table."""
    conflict = conflict_of(filing, opened, mine)
    return render(request, "web/conflict.html", {"conflict": conflict}, status=409)


def resolved(conflict: Conflict, posted: QueryDict, theirs: Entry, mine: Entry) -> dict[str, Any]:
    """Theirs, with what only I changed and what I chose of mine; links of people follow names."""
    kept = conflict.resolve({key: str(value) for key, value in posted.items()})
    values = {**theirs, **{key: mine.get(key) for key in kept}}
    for person in entries.PEOPLE:
        if f"{person}.name" in kept:
            values[f"{person}.user"] = mine.get(f"{person}.user")
    return values


def _words(entry: Entry) -> dict[str, str]:
    names = names_of([entry])
    return {
        key: entries.shown(item, entry[key], names.get(item.shape))
        for key, item in entries.ITEM_BY_KEY.items()
        if key in entry
    }
