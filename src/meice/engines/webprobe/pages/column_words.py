"""The names columns (栏目) have on campus sites, and the kind each name stands for.

The kinds matter by the indicators of 国办秘函〔2019〕19号 (domain.md W4): 动态、要闻类 within two
weeks, 通知公告、政策文件类 within six months. The first row that fits counts; words of a longer
name (通知公告 in 学院通知公告) fit as well. Titles of profile pages are columns that need no pace.
"""

import re
from collections.abc import Sequence

from meice.engines.webprobe.pages.model import ColumnKind

_TABLE: Sequence[tuple[ColumnKind, str]] = (
    (ColumnKind.POLICIES, "政策|文件|规章|制度|法规|办法|条例|管理规定|章程|规范性"),
    (ColumnKind.RECRUITMENT, "招聘|采购|招标|中标|询价|竞价|比选|人才引进|引才"),
    (ColumnKind.ADMISSIONS, "招生|就业|录取|考研|复试|推免|创业|实习"),
    (ColumnKind.CONSULTATION, "信箱|留言|咨询|问答|互动|意见|建议|投诉|举报|调查|答疑"),
    (ColumnKind.NOTICES, "通知|公告|公示|通告|告示|公文|启事|预告通知|notice|announcement"),
    (ColumnKind.OPENNESS, "信息公开|校务公开|院务公开|党务公开|政务公开|公开"),
    (ColumnKind.LECTURES, "讲座|报告会|学术|论坛|会议|沙龙|lecture|seminar|event"),
    (ColumnKind.PARTY, "党建|党群|党务|党团|团学|思政|主题教育|学习教育|理论学习|支部|廉政|纪检|巡察|工会"),
    (ColumnKind.NEWS, "新闻|要闻|动态|快讯|快报|简报|资讯|热点|头条|聚焦|关注|综合消息|最新消息"
                      "|风采|活动|掠影|播报|速递|news|update"),
    (ColumnKind.DOWNLOADS, "下载|表格|资料|文档|download"),
    (ColumnKind.PROFILE, "概况|简介|介绍|领导|机构设置|组织机构|历史|沿革|师资|队伍|联系|大事记"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _TABLE)

MORE = re.compile(
    r"\s*[\[(（【〈《]?\s*(?:(?:查看|浏览|阅读|点击|了解)?更多(?:内容|信息|新闻|通知|动态|详情)?|查看全部|全部"
    r"|(?:view|read|see|learn)?\s*more(?:\s*(?:news|notices|events))?)"
    r"\s*[\])）】]?\s*[+>＞»›→.…·\-—]*\s*[\])）】〉》]?\s*",
    re.IGNORECASE,
)
_MAYBE_MORE = re.compile("[更全mM+>＞»›→.…]")  # without one of these it cannot be 更多 or the like
_SIGNS_ONLY = re.compile(r"\s*(?:[+>＞»›→]{1,4}|\.{3,6}|…+)\s*")
_MORE_WITHIN = re.compile(
    r"(?:查看|浏览|点击)?更多.{0,4}$|(?<![a-z])more\W{0,4}$|[\s+>＞»›→.…|｜/\\:：·•■◆▪●◎※★—-]+$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^[\s+>＞»›→.…|｜/\\:：·•■◆▪●◎※★—-]+")
_CJK = re.compile("[\u4e00-\u9fff]")
_TABLE_HEADS = frozenset(
    {"标题", "名称", "序号", "题目", "文章标题", "时间", "日期", "发布时间", "发布日期", "点击数"}
)
_LONGEST_NAME = 20
_LONGEST_MORE = 24


def kind_of_column(name: str) -> ColumnKind:
    """Return the kind that the name of a column stands for."""
    return next((kind for kind, words in _KINDS if words.search(name)), ColumnKind.OTHER)


def is_more(text: str) -> bool:
    """Tell whether the words of a link only say that there is more (更多, MORE+, >>)."""
    if len(text) > _LONGEST_MORE or not _MAYBE_MORE.search(text):
        return False
    return bool(MORE.fullmatch(text) or _SIGNS_ONLY.fullmatch(text))


def clean_name(text: str) -> str:
    """A heading without 更多, ornaments and signs; nothing for what is no name."""
    text = _LEADING.sub("", text.strip())
    for _ in range(3):
        text = _MORE_WITHIN.sub("", text).strip()
    named = 2 <= len(text) <= _LONGEST_NAME and not text.isdigit() and text not in _TABLE_HEADS
    return text if named else ""


def name_among(lines: Sequence[str]) -> str:
    """The name in the lines of a heading: the first one with Chinese, else the first."""
    names = [name for line in lines if not is_more(line) and (name := clean_name(line))]
    return next((name for name in names if _CJK.search(name)), names[0] if names else "")


def names_of_tabs(lines: Sequence[str]) -> list[str]:
    """The names in a row of tabs: all short lines, 更多 left out."""
    names = [clean_name(line) for line in lines if not is_more(line)]
    if len(names) < 2 or not all(names) or max(map(len, names)) > 12:
        return []
    chinese = sum(bool(_CJK.search(name)) for name in names)
    return names if chinese in (0, len(names)) else []  # 通知公告 / NOTICE are one name
