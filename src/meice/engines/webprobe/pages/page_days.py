"""The days of a page itself: labels (发布时间：…), metadata, address, and days on their own lines.

Ruled out: days in the future, clocks (今天是…), copyright years, deadlines. A day in running words
is kept as prose: it says nothing about when the page was written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone

from selectolax.lexbor import LexborHTMLParser

from meice.engines.webprobe.pages.days import days_in, make_day, relative_day
from meice.engines.webprobe.pages.model import Dated, HowDated
from meice.engines.webprobe.pages.url_days import url_day

CHINA = timezone(timedelta(hours=8))

_LABEL = re.compile(
    r"(?P<label>(?:发布|发表|发文|发稿|更新|修改|添加|录入|上传|创建|编辑|公布|刊登|上线|成文|印发|信息)(?:的)?(?:时间|日期|于)"
    r"|最[后近新](?:更新|修改)(?:时间|日期|于)?|(?:发布|更新|发表)(?=\s*[:：])"
    r"|(?:(?<=^)|(?<=[\s|｜\[【（(·]))(?:时间|日期)(?=\s*[:：])"
    r"|(?:last\s+)?(?:updated|modified)(?:\s+on)?|published(?:\s+on)?|posted(?:\s+on)?|release\s+date"
    r"|(?:(?<=^)|(?<=[\s|]))date(?=\s*[:：]))\s*(?:是|为)?\s*[:：]?\s*[\[(（]?\s*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"来源|作者|阅读|浏览|点击|编辑[:：]|审核[:：]|次数|访问量|责任编辑|供稿|撰稿|人气|views|hits|author",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:今天|今日|现在|当前|北京|系统|服务器)(?:时间|日期)?\s*是?\s*[:：]?\s*$")
_RIGHTS = re.compile(r"版权|copyright|©|\(c\)|all rights|since|建站|开通于", re.IGNORECASE)
_DEADLINE = re.compile(
    r"(?:截止|截至)(?:时间|日期|于|到)?\s*[:：]?\s*$"
    r"|(?:报名|活动|会议|讲座|考试|面试|开始|结束|有效|放假|到期)(?:时间|日期|期限?)?\s*[:：]\s*$"
)
_REST_OF_LINE = re.compile(
    r"\s?T?\s?(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s?[(（]?(?:(?:星期|周)[一二三四五六日天])?[)）]?\s*[\])）】]?"
)
_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
_LONGEST_BYLINE = 160
_MOST = 60  # days kept of the text of one page

_META_NAMES = frozenset({
    "pubdate", "publishdate", "publish-date", "publish_date", "publishtime", "publish_time",
    "createdate", "article:published_time", "article:modified_time", "og:updated_time",
    "og:release_date", "og:pubdate", "datepublished", "datemodified", "date", "dc.date",
    "dc.date.issued", "dc.date.created", "dc.date.modified", "dcterms.created",
    "dcterms.modified", "dcterms.issued", "dcterms.date", "weibo:article:create_at",
    "weibo:article:update_at", "sailthru.date", "parsely-pub-date", "firstpublishedtime",
    "lastmodifiedtime", "bytedance:published_time", "bytedance:updated_time",
    "bytedance:lrdate_time", "contentpubdate", "makedate",
})  # fmt: skip
_LINKED_DATA = re.compile(
    r"\"(?P<name>datePublished|dateModified|pubDate|upDate|dateCreated)\"\s*:\s*\"(?P<value>[^\"]{8,40})\""
)
_ISO = re.compile(r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})(?!\d)")


def day_of_stamp(text: str) -> date | None:
    """The day in China of a machine's time stamp (ISO 8601 with or without zone), or None."""
    text = text.strip()
    if "T" in text or "+" in text or text.endswith("Z"):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is not None:
            local = moment.astimezone(CHINA) if moment.tzinfo else moment
            return make_day(local.year, local.month, local.day)
    for _, day in days_in(text)[:1]:
        return day
    found = _ISO.match(text)
    return make_day(int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def meta_days(meta: Iterable[tuple[str, str]], url: str, today: date) -> Iterator[Dated]:
    """The days in meta elements."""
    for name, content in meta:
        if name in _META_NAMES and (day := day_of_stamp(content[:60])) and day <= today:
            yield Dated(day, content[:60], HowDated.META, url, label=name)


def linked_data_days(html: str, url: str, today: date) -> Iterator[Dated]:
    """The days in JSON-LD (schema.org)."""
    if "ld+json" not in html:
        return
    for found in _LINKED_DATA.finditer(html):
        if (day := day_of_stamp(found["value"])) and day <= today:
            yield Dated(day, found["value"], HowDated.META, url, label=found["name"])


def tagged_days(tree: LexborHTMLParser, html: str, url: str, today: date) -> Iterator[Dated]:
    """The days in `time` elements: their datetime attribute, else their words."""
    if "<time" not in html:
        return
    for node in tree.css("time")[:_MOST]:
        text = node.attributes.get("datetime") or node.text()
        if (day := day_of_stamp(text[:60])) and day <= today:
            yield Dated(day, text.strip()[:60], HowDated.TIME_TAG, url)


def address_day(url: str, today: date) -> Iterator[Dated]:
    """The day in the page's own address."""
    if (found := url_day(url)) and found[0] <= today:
        yield Dated(found[0], found[1], HowDated.URL, url)


def text_days(text: str, url: str, today: date, listed: set[str]) -> list[Dated]:
    """The days in the visible text; `listed` are texts of days that belong to list entries."""
    found: list[Dated] = []
    for match, day in days_in(text, listed):
        if len(found) >= _MOST:
            break
        if day > today:
            continue
        line, before, after = _line_around(text, match.start(), match.end())
        if _CLOCK.search(before) or _RIGHTS.search(line) or _is_clock(after, day, today):
            continue
        found.append(_in_context(Dated(day, match[0], HowDated.PROSE, url), line, before, after))
    found += _relative_labels(text, url, today)
    return found


def _line_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The line of a match, what stands before it (or on the line before, if nothing), and after."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before = text[max(first, start - 40) : start]
    if not before.strip() and first > 1:
        previous = text.rfind("\n", 0, first - 1) + 1
        before = text[max(previous, first - 21) : first - 1]
        before = before if len(before) <= 12 else ""
    return (
        text[max(first, start - 200) : min(last, end + 200)],
        before,
        text[end : min(last, end + 40)],
    )


def _is_clock(after: str, day: date, today: date) -> bool:
    """Today with its weekday beside it is what a script or a server writes at the top of a page."""
    return day == today and bool(_WEEKDAY.match(after.strip()))


def _in_context(dated: Dated, line: str, before: str, after: str) -> Dated:
    if _DEADLINE.search(before):
        return dated
    if label := _LABEL.search(before):
        return _as(dated, HowDated.LABEL, label["label"].strip())
    if len(line) <= _LONGEST_BYLINE and _BYLINE.search(line):
        return _as(dated, HowDated.LABEL, "署名行")
    alone = line.strip(" [](（）)【】").startswith(dated.text.strip())
    if alone and _REST_OF_LINE.fullmatch(after):
        return _as(dated, HowDated.LINE, "")
    return dated


def _as(dated: Dated, how: HowDated, label: str) -> Dated:
    return Dated(dated.day, dated.text, how, dated.url, dated.year_written, label)


_LABELLED_WORDS = tuple(
    (word, re.compile(rf"(?P<label>{word}(?:时间|日期|于)?)\s*[:：]\s*"))
    for word in ("发布", "发表", "更新", "修改")
)


def _relative_labels(text: str, url: str, today: date) -> Iterator[Dated]:
    """发布时间：3天前."""
    labels = [m for word, form in _LABELLED_WORDS if word in text for m in form.finditer(text)]
    for match in sorted(labels, key=re.Match.start):
        if found := relative_day(text[match.end() : match.end() + 12], today):
            yield Dated(found.day, found.text, HowDated.LABEL, url, label=match["label"])


_OWN = (HowDated.LABEL, HowDated.META, HowDated.TIME_TAG, HowDated.URL)


def published_day(dates: Sequence[Dated], url: str) -> Dated | None:
    """The page's own day by the surest way that tells it: label, metadata, time element, address."""
    own = [dated for dated in dates if dated.url == url]
    for how in _OWN:
        if found := next((dated for dated in own if dated.how is how), None):
            return found
    return None
