"""The text that a person sees: scripts, styles, comments and hidden elements out."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNSEEN = ("script", "style", "noscript", "template", "img", "svg", "object", "iframe")
# Elements that do not begin a new line. Unwrapped, their words join those around them, so that a
# number set in two colours is still one number.
_INLINE = {name: name.replace(":", r"\:") for name in (
    "span", "a", "b", "i", "em", "strong", "font", "u", "s", "strike", "del", "ins", "small", "big",
    "sub", "sup", "abbr", "acronym", "code", "kbd", "tt", "mark", "label", "cite", "q", "bdo",
    "time", "var", "wbr", "ruby", "rb", "nobr", "o:p",
)}  # fmt: skip
_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_WITHOUT_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff\xad"


def tag_names(html: str) -> frozenset[str]:
    """The names of all elements that the markup opens, in lower case, and a few that it does not.

    No element but `html`, `head`, `body`, `tbody`, `colgroup`, `p` and `br` comes without its tag.
    """
    names = {name.lower() for name in set(_NAME.findall(html))}
    return frozenset(names | {"img"} if "image" in names else names)  # HTML: image is img


def visible_text(
    tree: LexborHTMLParser, hidden: Iterable[LexborNode], names: frozenset[str]
) -> str:
    """Return the visible text, one block a line. The tree is used up: nothing may be read after.

    `names` are the `tag_names` of its markup: what is not there need not be looked for.
    """
    for node in hidden:
        node.decompose()
    tree.strip_tags(["head", *[name for name in _UNSEEN if name in names]])
    tree.unwrap_tags([tag for name, tag in _INLINE.items() if name in names])
    tree.merge_text_nodes()
    body = tree.body
    return tidy(body.text(separator="\n")) if body is not None else ""


def tidy(text: str) -> str:
    """Blanks become one blank, empty lines go, and characters without width."""
    lines = [" ".join(words) for line in text.split("\n") if (words := line.split())]
    text = "\n".join(lines)
    if not text.isascii() and not "".join(lines).isprintable():
        for character in _WITHOUT_WIDTH:
            text = text.replace(character, "")
    return text
