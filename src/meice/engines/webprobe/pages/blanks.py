"""Columns with nothing in them (空白栏目): boxes on a home page, and whole list pages."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.column_words import is_more, kind_of_column, name_among
from meice.engines.webprobe.pages.columns import Around, NamedList
from meice.engines.webprobe.pages.entries import cells_of
from meice.engines.webprobe.pages.model import Column, Link

Node = LexborNode

_LEVELS = 6
_MOST_BOXES = 60  # no home page has more; looking around each is not free
_HEADING_TEXT = 80
_EMPTY_LISTS = "ul,ol,dl,table,tbody"
_LISTS = "ul[class*=list],ul[class*=news],div[class*=list],div[id*=list],tbody,ul[id*=list]"
BLANK_WORDS = re.compile(
    r"暂无(?:任何)?(?:相关)?(?:数据|内容|信息|记录|文章|新闻|通知|公告|文件)?|没有(?:找到|查到)?(?:任何|相关)*(?:信息|记录|内容|数据|文章)"
    r"|共\s*0\s*[条篇]|总共\s*0\s*(?:条)?记录|(?<!\d)0\s*条记录|(?:内容|栏目|页面)?(?:正在)?(?:建设|更新|整理|完善|添加)中"
    r"|敬请期待|no (?:data|records?|results?)\b",
    re.IGNORECASE,
)


def blank_boxes(anchors: Iterable[tuple[Node, Link]], base: Base) -> Iterator[Column]:
    """Boxes with a name and a 更多 link and an empty list under them."""
    more = (pair for pair in anchors if is_more(pair[1].text))
    for node, link in islice(more, _MOST_BOXES):
        box = _box_around(node, link.url, base)
        if box is None or not _is_empty(box):
            continue
        lines = [line for line in cells_of(box) if not BLANK_WORDS.search(line)]
        if name := name_among(lines):
            yield Column(name, link.url, kind_of_column(name), 0, 0, None, base.page)


def _box_around(node: Node, url: str, base: Base) -> Node | None:
    """The largest element that holds no link but 更多 and the name with the same address."""
    box = None
    above = node.parent
    for _ in range(_LEVELS):
        if above is None or above.tag in ("body", "html", None):
            break
        anchors = above.css("a[href]")
        if len(anchors) > 2 or any(
            base.absolute(anchor.attributes.get("href") or "") not in (url, None)
            for anchor in anchors
        ):
            break
        box, above = above, above.parent
    return box


def _is_empty(box: Node) -> bool:
    """An empty list stands in it, or words that say there is nothing."""
    if len(box.text().strip()) > _HEADING_TEXT:
        return False
    empty = any(not node.text().strip() for node in box.css(_EMPTY_LISTS))
    return empty or bool(BLANK_WORDS.search(box.text()))


def blank_page(lists: Sequence[NamedList], around: Around, *, empty_list: bool) -> Column | None:
    """The column of a list page that lists nothing: said in words, or by a list left empty."""
    if not around.is_list_page or any(one.dated for one in lists):
        return None
    if not (empty_list or BLANK_WORDS.search(around.text)):
        return None
    name = around.breadcrumb[-1]
    return Column(name, around.url, kind_of_column(name), 0, 0, None, around.url, True)


def has_empty_list(tree: LexborHTMLParser) -> bool:
    """An element that is called a list and holds nothing."""
    return any(
        not node.text().strip() and node.css_first("img") is None for node in tree.css(_LISTS)
    )
