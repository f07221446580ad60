"""What stands after the end of the document: nobody writes there but who broke in (domain.md 5.8)."""

from selectolax.lexbor import LexborHTMLParser

from meice.engines.documents.nesting import tame_nesting
from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.links import read_link
from meice.engines.webprobe.pages.model import Concealment, Hidden, Link

_LONGEST = 200_000
_TEXT_LIMIT = 20_000


def after_end(html: str, base: Base) -> Hidden | None:
    """Return the links written after `</html>`, or None when there are none."""
    end = html.rfind("</html>")
    if end < 0:
        end = html.rfind("</HTML>")
    tail = html[end + 7 : end + 7 + _LONGEST] if end >= 0 else ""
    if "<a" not in tail and "<A" not in tail:
        return None
    tree = LexborHTMLParser(tame_nesting(tail))
    read = (read_link(node, base, Concealment.AFTER_END) for node in tree.css("a[href]"))
    links: tuple[Link, ...] = tuple(link for link in read if link)
    if not links:
        return None
    text = " ".join(tree.text(separator=" ").split())[:_TEXT_LIMIT]
    return Hidden(Concealment.AFTER_END, text, links, tail.strip()[:200])
