"""The chain: every entry, once, in the order in which it was linked, each link over the last.

Why plain SHA-256 and anchors rather than an HMAC under `SECRET_KEY`:
1. Secrets are rotated; a chain that must be proved in ten years cannot hang on one of them.
2. An auditor must be able to verify a copy without being given a key that could forge entries.
3. Whoever changes, removes, reorders or inserts linked rows breaks a hash that follows.
4. Whoever recomputes all that follows, or cuts off the end, contradicts the anchors: once a minute
   the head of the chain is appended to a file outside the database (`anchors.py`) and logged; both
   may be shipped to another machine, and the head printed by `meice verify` may be kept on paper.
5. What this cannot show: forgery by one who can write the database and every copy of the anchors,
   and a false entry that is written now, as if the application had written it. An HMAC kept on the
   same machine would not show the first either.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from meice.audit.models import ChainLink, Entry

BEGINNING = "0" * 64
BATCH = 500
LOOK_BACK = timedelta(days=1)


def head() -> ChainLink | None:
    """The last link; None when the chain has not begun."""
    last: ChainLink | None = ChainLink.objects.order_by("-position").first()
    return last


def link_new_entries(moment: datetime) -> int:
    """Link the entries that are not in the chain; gives their number. Safe to run twice at once:
    a place in the chain is taken once, the later run finds nothing and tries again next time."""
    linked = 0
    try:
        while batch := _link_batch(moment):
            linked += batch
    except IntegrityError:
        return linked
    return linked


@transaction.atomic
def _link_batch(moment: datetime) -> int:
    last = ChainLink.objects.select_for_update().order_by("-position").first()
    links: list[ChainLink] = []
    for entry in _waiting(last):
        last = _next_link(last, entry, moment)
        links.append(last)
    ChainLink.objects.bulk_create(links)
    return len(links)


def _waiting(last: ChainLink | None) -> list[Entry]:
    """Entries without a link. Only those since a day before the last link are looked for, so that
    a long log costs nothing; an older one did not come from the application."""
    entries = Entry.objects.unlinked().order_by("pk")
    recent = entries.filter(at__gte=last.linked_at - LOOK_BACK) if last else entries
    return list(recent[:BATCH])


def _next_link(last: ChainLink | None, entry: Entry, moment: datetime) -> ChainLink:
    link = ChainLink(
        position=last.position + 1 if last else 1,
        entry=entry,
        previous=last.hash if last else BEGINNING,
        linked_at=moment,
    )
    link.hash = link.computed_hash(entry.own_hash)
    return link
