"""Reposts: the source is named, and its subject is one from whom may be reposted.

二（三）of the notice: 转载应注明来源，保证来源可追溯. The white list is 《互联网新闻信息稿源单位名单》 or
the school's own, imported and dated; party and government are allowed besides it (domain.md 4.3).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity, WhiteList

SOURCE = "《互联网新闻信息服务管理规定》第十五条：转载应注明来源，保证可追溯"

_REPOST = re.compile(r"本文(?:系|为)?转载|[（(【\[]\s?转载\s?[）)】\]]")
_CREDIT = re.compile(
    r"(?P<sign>来源[ \t]?[：:｜丨]|(?:转载|转|摘编)自[ \t]?[：:｜丨]?|[图文]源[ \t]?[：:｜丨])"
    r"[ \t]*(?P<name>[^\n，。；;,）)】\]|｜]{0,40})"
)
_FROM_THE_NET = re.compile(r"(?:来源于?|来自)(?:互联网|网络|网上)(?![一-鿿])")
# 来源 and 转自 are also parts of ordinary prose: before a credit stands its object, or no word.
_BEFORE = re.compile(
    r"(?:^|[^一-鿿]|稿件|文章|文字|图文|图片|照片|配图|视频|音频|内容|素材|资料|信息|新闻|本文|转载|原文)$"
)
_NOBODY = re.compile(
    r"(?:互联)?网络?(?:上|公开|综合|整理|转载)*(?:图片|资料|素材)?|网友|百度(?:图片|百科|搜索)?"
    r"|朋友圈|综合(?:网络|整理|媒体)?|不详|佚名|未知|其他|各大?媒体|公开资料"
)
_QUOTES = re.compile(r"[“”‘’《》「」\"'【\[（(：:\s]+")
_CHANNEL = "微信公众平台|微信公众号|公众号|微信|微博|视频号|抖音号?|头条号|客户端|官网|网站"
_BEFORE_NAME = re.compile(rf"^(?:官方)?(?:{_CHANNEL})")
_AFTER_NAME = re.compile(rf"(?:官方)?(?:{_CHANNEL})+$")
_KIND_OF_HOUSE = re.compile(r"(?:(?:通讯|杂志|出版)?社|(?<=...)(?:网|台|集团))$")
_OFFICIAL = re.compile(
    r"国务院|人民政府|中国政府网|党委|纪委|监委|宣传部|组织部|统战部|党建网|人大|政协|法院|检察院"
    r"|共青团|团中央|妇联|工会|网信|公安|[省市县区]政府|gov\.cn"
    r"|(?:教育|科技|科学技术|财政|文化和旅游|农业农村|生态环境|国防|外交|民政|司法|自然资源|应急管理|"
    r"工业和信息化|人力资源和?社会保障|国家安全)(?:部|厅|局|委员会)"
    r"|(?:卫生健康|发展和?改革|卫健|发改|国资)委|^中共|^国家[一-鿿]{2,12}(?:局|办|委员会?|署)"
)


def check(copy: Copy) -> Iterator[Issue]:
    """Yield reposts without a source, and sources that the white list does not know."""
    credits = [match for match in _CREDIT.finditer(copy.text) if _is_credit(copy.text, match)]
    nameless = list(_FROM_THE_NET.finditer(copy.text))
    for match in credits:
        yield from _credit(copy, match)
    for match in nameless:
        yield _missing(copy, match.span())
    if not credits and not nameless and (repost := _REPOST.search(copy.text)):
        yield _missing(copy, repost.span())


def _is_credit(text: str, match: re.Match[str]) -> bool:
    start = match.start()
    named = match["sign"].startswith(("转载自", "摘编自"))
    return named or start == 0 or bool(_BEFORE.search(text, max(0, start - 2), start))


def _credit(copy: Copy, match: re.Match[str]) -> Iterator[Issue]:
    name = _subject(match["name"])
    end = match.start() + len(match[0].rstrip())
    if not name or _NOBODY.fullmatch(name):
        yield _missing(copy, (match.start(), end))
        return
    lists = [lexicon.white_list for lexicon in copy.lexicons if lexicon.white_list]
    if not lists or _OFFICIAL.search(name) or any(_names(each, name) for each in lists):
        return
    known = max(lists, key=lambda each: each.dated)
    yield copy.issue(
        Rule.SOURCE_UNLISTED,
        Severity.WARN,
        (match.start("name"), end),
        f"来源“{name}”不在稿源名单（{known.dated.isoformat()}）里，也不是党委、政府网站",
        source=known.source,
    )


def _subject(written: str) -> str:
    """`微信公众号“华园发布”` and `华园发布微信公众号` → `华园发布`; its first word."""
    words = _BEFORE_NAME.sub("", _QUOTES.sub(" ", written).strip()).split()
    return _AFTER_NAME.sub("", words[0]) if words else ""


def _names(white_list: WhiteList, name: str) -> bool:
    """The subject itself, or a product that bears its name: 人民日报社 covers 人民日报客户端."""
    return name.startswith(_stems(white_list))


@lru_cache(maxsize=8)
def _stems(white_list: WhiteList) -> tuple[str, ...]:
    """The subjects without the kind of house: 人民日报社 → 人民日报; 中国网 stays, as it is short."""
    return tuple(_KIND_OF_HOUSE.sub("", subject) or subject for subject in white_list.subjects)


def _missing(copy: Copy, span: tuple[int, int]) -> Issue:
    message = "没有写明具体来源，转载应写出单位名称"
    return copy.issue(Rule.SOURCE_MISSING, Severity.WARN, span, message, source=SOURCE)
