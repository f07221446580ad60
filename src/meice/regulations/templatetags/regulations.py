"""`{% clause key %}`: a citation, linked where the library has the clause."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from meice.orgs.models import User
from meice.regulations.models import Clause

register = template.Library()
KEPT = "_cited_clauses"
LINK = '<a href="{}" title="{}">{}</a>'


@register.simple_tag(takes_context=True)
def clause(context: Context, cited: str) -> SafeString | str:
    """`cited` is a stable key (`net-name/6`) or a text that cites a clause (`通知 一（二）`). A
    clause that the reader cannot open, or that the library lacks, stays the text it was."""
    known = _known(context)
    found = known.get(str(cited).strip())
    if found is None:
        return str(cited)
    key, called, words = found
    shown = called if str(cited).strip() == key else str(cited)
    return format_html(LINK, reverse("clause", args=[key]), words, shown)


def _known(context: Context) -> Mapping[str, tuple[str, str, str]]:
    """Every citation by key and by text; one query a page, however many are shown."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or not isinstance(user, User):
        return {}
    if not hasattr(request, KEPT):
        setattr(request, KEPT, _read(user))
    found: Mapping[str, tuple[str, str, str]] = getattr(request, KEPT)
    return found


def _read(user: User) -> dict[str, tuple[str, str, str]]:
    rows: dict[str, tuple[str, str, str]] = {}
    seen = Clause.objects.visible_to(user).standing().select_related("document")
    for row in seen.only("key", "number", "text", "cited_as", "document__title"):
        entry: Any = (row.key, f"《{row.document.title}》{row.number}", row.text[:200])
        rows |= dict.fromkeys((row.key, *row.cites), entry)
    return rows
