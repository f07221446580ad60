"""Markup that would cost its reader too much, made harmless before it is parsed.

Three things cost more than their size: an element with attributes by the ten thousand (each is
compared with all before it), elements left open by the thousand (each new one looks through
all of them), and formatting elements left open in a paragraph, which the standard opens again in
every later one: 30 KB of that become over a gigabyte of nodes. No honest page comes near the limits.
"""

import re

_FEW_TAGS = 400
_MOST_AGAIN = 300_000  # formatting elements × elements, below which nothing is looked at closely
_MOST_REOPENED = 1_000_000  # nodes that could come of it
_MANY = 3_000  # elements opened, below which depth costs nothing
_DEEPEST = 512  # where browsers stop as well (Blink's maximumHTMLParserDOMTreeDepth)

_MAYBE_FORMATTING = re.compile("<[BbCcEeFfIiNnSsTtUu]")
_FORMATTING = re.compile(
    r"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]{0,2000}>?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})(?=[\s/>])[^<>]{0,4000}>")
_LONG_HTML = 20_000
_LOADED = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]{0,30})\s([^<>]{20000,})>")
_MOST_ATTRIBUTES = 1_000
_NEVER_OPEN = frozenset(
    {"a", "area", "base", "basefont", "bgsound", "body", "br", "col", "embed", "frame", "head",
     "hr", "html", "img", "input", "link", "meta", "option", "p", "param", "script", "source",
     "style", "title", "track", "wbr"}
)  # fmt: skip
_DO_NOT_NEST = _NEVER_OPEN | {"dd", "dt", "li", "tbody", "td", "tfoot", "th", "thead", "tr"}


def tame_nesting(html: str) -> str:
    """Return the markup without tags nested too deep and formatting that would multiply."""
    if len(html) > _LONG_HTML:
        html = _LOADED.sub(_unloaded, html)
    opened = html.count("<") - html.count("</")
    if opened <= _FEW_TAGS:
        return html
    if opened > _MANY:
        html = _flattened(html)
    if len(_MAYBE_FORMATTING.findall(html)) * opened > _MOST_AGAIN:
        left_open = _most_open(html)
        if left_open * opened > _MOST_REOPENED:
            return _FORMATTING.sub("", html)
    return html


def _unloaded(tag: re.Match[str]) -> str:
    """The tag without its attributes, if they are too many; a picture written in place stays."""
    return tag[0] if tag[2].count("=") < _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _most_open(html: str) -> int:
    """The most formatting elements that are open at once."""
    depth = deepest = 0
    for tag in _FORMATTING.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _flattened(html: str) -> str:
    """The markup without the tags that are nested deeper than any page needs."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in _DO_NOT_NEST:
            return tag[0] if depth <= _DEEPEST or name in _NEVER_OPEN else ""
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return tag[0] if depth + bool(tag[1]) <= _DEEPEST else ""

    return _TAG.sub(keep, html)
