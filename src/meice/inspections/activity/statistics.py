"""Platform statistics as a unit exports them: one line a post, or one line an account.

Runs in a limited child; knows no Django. A file without a column that names the account speaks of
the one account it was uploaded for.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO

from meice.orgs.intake.sheet import MAX_COLUMNS, MAX_ROWS, Plain, read_workbook

WORKBOOKS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")
HEAD_ROWS = 15
MAX_TEXT = 500


class Field(StrEnum):
    """What a column of such a file can say."""

    NAME = "name"
    ACCOUNT = "account_id"
    POSTED = "posted_on"
    FOLLOWERS = "followers"
    TITLE = "title"


HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: ("账号名称", "账号", "帐号名称", "公众号", "公众号名称", "昵称", "名称"),
    Field.ACCOUNT: ("账号id", "id", "uid", "微信号", "抖音号", "原始id", "网址", "主页链接"),
    Field.POSTED: (
        *("发布时间", "发表时间", "发布日期", "群发时间", "最近发布时间", "最近发布日期"),
        *("最后发布时间", "最后更新时间", "最近更新", "更新时间", "日期", "时间"),
    ),
    Field.FOLLOWERS: ("粉丝数", "粉丝量", "粉丝总数", "关注数", "累计关注人数", "关注人数"),
    Field.TITLE: ("标题", "内容标题", "文章标题", "作品名称", "微博内容", "内容"),
}
_FIELDS = {word: field for field, words in HEADINGS.items() for word in words}
_DAY = re.compile(r"(?<!\d)(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_PACKED = re.compile(r"^(20\d{2})(\d{2})(\d{2})$")
_COUNT = re.compile(r"^([\d,]+(?:\.\d+)?)\s*(万|w|W)?\+?$")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the file says of one account: its latest post and its followers, with the line
    (counted from 1) it stands in. `posts` is the number of lines about it with a date."""

    name: str
    account_id: str
    last_post: date | None
    followers: int | None
    posts: int
    line: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be taken, and how to mend it."""

    line: int
    reason: str


def read_table(data: bytes) -> Plain:
    """A workbook's sheets, or a .csv in UTF-8 or GB18030, as plain values for the way out of the
    child: (fault, ((sheet, rows, cut), …))."""
    if data.startswith(WORKBOOKS):
        reading = read_workbook(data)
        return reading.fault, tuple((grid.name, grid.rows, grid.cut) for grid in reading.sheets)
    text = _decoded(data)
    if text is None or "\0" in text:
        return "not text", ()
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    rows: list[tuple[str, ...]] = []
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
        if len(rows) >= MAX_ROWS:
            return "", (("csv", tuple(rows), True),)
        rows.append(tuple(" ".join(cell.split())[:MAX_TEXT] for cell in row[:MAX_COLUMNS]))
    return "", (("csv", tuple(rows), False),)


def _decoded(data: bytes) -> str | None:
    for charset in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return None


def find_head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[Field, int]]:
    """The heading row (from 0) and the column of each field; (-1, {}) when no row names a date or
    a number of followers."""
    for index, row in enumerate(rows[:HEAD_ROWS]):
        columns: dict[Field, int] = {}
        for column, cell in enumerate(row):
            field = _FIELDS.get(re.sub(r"[\s（(].*$", "", cell.strip().lower()))
            if field:
                columns.setdefault(field, column)
        if Field.POSTED in columns or Field.FOLLOWERS in columns:
            return index, columns
    return -1, {}


def read_statistics(
    rows: Sequence[Sequence[str]], today: date
) -> tuple[tuple[Spoken, ...], tuple[Unread, ...]]:
    """What the rows say, one `Spoken` an account, in the order of their first line; dates after
    `today` and unreadable ones are reported, never guessed."""
    head, columns = find_head(rows)
    if head < 0:
        return (), (Unread(1, "没有找到列名。前 15 行里要有一行写着发布时间或粉丝数。"),)
    found: dict[tuple[str, str], Spoken] = {}
    unread: list[Unread] = []
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if not any(cell.strip() for cell in row):
            continue
        spoken = _spoken(row, columns, number, today, unread)
        if spoken:
            key = (spoken.name, spoken.account_id)
            found[key] = _joined(found[key], spoken) if key in found else spoken
    return tuple(found.values()), tuple(unread)


def _spoken(
    row: Sequence[str], columns: Mapping[Field, int], line: int, today: date, unread: list[Unread]
) -> Spoken | None:
    def said(field: Field) -> str:
        at = columns.get(field, -1)
        return row[at].strip() if 0 <= at < len(row) else ""

    posted, followers = said(Field.POSTED), said(Field.FOLLOWERS)
    day = day_of(posted)
    if posted and day is None:
        unread.append(Unread(line, f"发布时间“{posted[:20]}”认不出。请写成 2026-06-30。"))
        return None
    if day and day > today:
        unread.append(Unread(line, f"发布时间 {day} 在今天之后。请核对。"))
        return None
    count = count_of(followers)
    if followers and count is None:
        unread.append(Unread(line, f"粉丝数“{followers[:20]}”认不出。请写成数字。"))
    if day is None and count is None:
        return None
    return Spoken(said(Field.NAME), said(Field.ACCOUNT), day, count, int(day is not None), line)


def _joined(first: Spoken, other: Spoken) -> Spoken:
    days = [each.last_post for each in (first, other) if each.last_post]
    followers = other.followers if other.followers is not None else first.followers
    return Spoken(
        first.name, first.account_id, max(days, default=None), followers,
        first.posts + other.posts, first.line,
    )  # fmt: skip


def day_of(text: str) -> date | None:
    """2026-06-30, 2026/6/30 12:00, 2026年6月30日 or 20260630; None for anything else."""
    found = _DAY.search(text) or _PACKED.match(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def count_of(text: str) -> int | None:
    """12345, 12,345, 1.2万 or 3w+; None for anything else."""
    found = _COUNT.match(text)
    if not found:
        return None
    number = float(found[1].replace(",", ""))
    return round(number * 10_000) if found[2] else int(number)
