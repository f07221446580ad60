"""The text that a person sees: scripts, styles, comments and hidden elements out."""

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSEEN = ["script", "style", "noscript", "template", "img", "svg", "object", "iframe", "head"]
# Elements that do not begin a new line. Unwrapped, their words join those around them, so that a
# number set in two colours is still one number.
_INLINE = [
    "span", "a", "b", "i", "em", "strong", "font", "u", "s", "strike", "del", "ins", "small", "big",
    "sub", "sup", "abbr", "acronym", "code", "kbd", "tt", "mark", "label", "cite", "q", "bdo",
    "time", "var", "wbr", "ruby", "rb", "nobr", r"o\:p",
]  # fmt: skip
_WITHOUT_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff\xad"


def visible_text(tree: LexborHTMLParser, hidden: Iterable[LexborNode]) -> str:
    """Return the visible text, one block a line. The tree is used up: nothing may be read after."""
    for node in hidden:
        node.decompose()
    tree.strip_tags(_UNSEEN)
    tree.unwrap_tags(_INLINE)
    tree.merge_text_nodes()
    body = tree.body
    return tidy(body.text(separator="\n")) if body is not None else ""


def tidy(text: str) -> str:
    """Blanks become one blank, empty lines go, and characters without width."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    text = "\n".join([line for line in lines if line])
    if not text.isascii():
        for character in _WITHOUT_WIDTH:
            text = text.replace(character, "")
    return text
