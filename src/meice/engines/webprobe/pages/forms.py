"""The forms of a page: where they send what."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.model import Field, Form

_MOST_FORMS = 20
_MOST_FIELDS = 60
_HINT_LIMIT = 100


def read_forms(tree: LexborHTMLParser, base: Base) -> tuple[Form, ...]:
    """Return the forms; one that sends to its own page has that page's address."""
    return tuple(_form(node, base) for node in tree.css("form")[:_MOST_FORMS])


def _form(node: LexborNode, base: Base) -> Form:
    attributes = node.attributes
    url = base.absolute(attributes.get("action") or "") or base.page
    method = (attributes.get("method") or "get").lower()
    fields = node.css("input,select,textarea")[:_MOST_FIELDS]
    return Form(url, method if method in ("get", "post") else "get", tuple(map(_field, fields)))


def _field(node: LexborNode) -> Field:
    attributes = node.attributes
    hint = attributes.get("placeholder") or attributes.get("title") or ""
    if attributes.get("type") == "submit":
        hint = attributes.get("value") or hint
    kind = (attributes.get("type") or "text").lower() if node.tag == "input" else node.tag or ""
    return Field(attributes.get("name") or "", kind, hint.strip()[:_HINT_LIMIT])
