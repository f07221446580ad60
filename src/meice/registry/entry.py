"""An outlet as one flat set of values: what a form edits, a filing changes, an annex prints.

`ITEMS` is the table of everything a filing may change. Values are JSON (text, whole numbers, true,
false, none); people are dotted keys as in the annexes (`leader.name`, `operators.1.phone`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from meice.engines.outlets import PLATFORM_BY_KEY, PlatformKind
from meice.registry.models import (
    Contact,
    ContactKind,
    Gap,
    Holder,
    Outlet,
    OutletStatus,
    Precision,
)

Value = str | int | bool | None
Entry = Mapping[str, Value]

EMPTY_TEXT = "空"
NOTHING: Final = ("", None)


class Shape(StrEnum):
    """How an item is typed, shown and stored."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    ANSWER = "answer"
    PLATFORM = "platform"
    UNIT = "unit"
    STATUS = "status"
    HOLDER = "holder"
    USER = "user"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a filing may change; `annex3` is the cell of the form that shows it."""

    key: str
    label: str
    shape: Shape = Shape.TEXT
    required: bool = False
    annex3: str = ""
    limit: int = 200
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One item, old → new."""

    item: Item
    old: Value
    new: Value


OUTLET_ITEMS: tuple[Item, ...] = (
    Item("name", "账号（网站）名称", required=True, annex3="name"),
    Item("platform", "类型", Shape.PLATFORM, required=True, annex3="platform_or_icp"),
    Item("account_id", "账号ID", annex3="account_id", hint="微信号、微博昵称等；平台上能搜到的"),
    Item("url", "网址", annex3="account_id", limit=500, hint="网站填首页，账号填主页"),
    Item("permanent_id", "平台永久ID", limit=120, hint="改名也不变的编号，如 gh_ 开头的原始ID"),
    Item("icp", "网站ICP", annex3="platform_or_icp", limit=60, hint="网站必填"),
    Item("unit", "开设单位", Shape.UNIT, required=True, annex3="department"),
    Item("responsible_department", "责任部门", annex3="responsible_department", limit=100),
    Item("verified_as", "认证主体", required=True, annex3="verified_as"),
    Item("opened_on", "开通时间", Shape.DATE, annex3="opened_on", hint="可只填到年或月"),
    Item("followers", "粉丝量（关注数）", Shape.NUMBER, annex3="followers"),
    Item("frequency", "发布频次", annex3="frequency", limit=60, hint="如：每周2次"),
    Item("purpose", "用途", limit=300),
    Item("interactive", "是否具有互动功能", Shape.ANSWER),
    Item("has_review_system", "是否建立内容发布审核制度", Shape.ANSWER),
    Item("outsourced", "是否委托其他单位运营", Shape.ANSWER),
    Item("outsourced_to", "受托单位", limit=100),
    Item("holder", "持有性质", Shape.HOLDER, required=True),
    Item("holder_person", "职务账号持有人", limit=60),
    Item("publishes", "具有信息发布功能", Shape.ANSWER),
    Item("status", "状态", Shape.STATUS, required=True),
    Item("avatar", "头像", Shape.FILE),
    Item("note", "备注", limit=400),
)
PEOPLE: Mapping[str, str] = {
    "responsible": "账号负责人",
    "leader": "主管领导",
    "reviewer": "审核人",
    "operators.1": "运维 1",
    "operators.2": "运维 2",
    "operators.3": "运维 3",
}
OPERATORS = tuple(key for key in PEOPLE if key.startswith("operators."))
PERSON_PARTS: tuple[tuple[str, str, Shape, int], ...] = (
    ("name", "姓名", Shape.TEXT, 60),
    ("title", "职务", Shape.TEXT, 60),
    ("phone", "联系电话", Shape.TEXT, 40),
    ("permanent", "在编", Shape.ANSWER, 0),
    ("student", "学生", Shape.ANSWER, 0),
    ("teacher", "指导教师", Shape.TEXT, 60),
    ("user", "用户", Shape.USER, 0),
)
FLAGS = ("permanent", "student")


def _people_items() -> Iterable[Item]:
    for person, called in PEOPLE.items():
        for part, label, shape, limit in PERSON_PARTS:
            if part in ("student", "teacher") and person not in OPERATORS:
                continue
            shown = part in ("name", "title", "phone") and person != "responsible"
            key = f"{person}.{part}"
            yield Item(key, f"{called}{label}", shape, annex3=key if shown else "", limit=limit)


ITEMS: tuple[Item, ...] = (*OUTLET_ITEMS, *_people_items())
ITEM_BY_KEY: Mapping[str, Item] = {item.key: item for item in ITEMS}
ANNEX3_PARTS = ("name", "title", "phone")


def entry_of(outlet: Outlet) -> dict[str, Value]:
    """The outlet now. Contacts are read once (prefetch them for many outlets)."""
    values: dict[str, Value] = {item.key: _value(outlet, item) for item in OUTLET_ITEMS}
    values |= {item.key: None for item in ITEMS if item.key not in values}
    for contact in outlet.contacts.all():
        values |= _person(contact)
    return {key: blank(value) for key, value in values.items()}


def _value(outlet: Outlet, item: Item) -> Value:
    if item.shape is Shape.DATE:
        return written_date(outlet.opened_on, outlet.opened_precision)
    if item.shape in (Shape.UNIT, Shape.FILE):
        value: Value = getattr(outlet, f"{item.key}_id")
        return value
    plain: Value = getattr(outlet, item.key)
    return plain


def _person(contact: Contact) -> dict[str, Value]:
    values: dict[str, Value] = {
        "name": contact.name,
        "title": contact.title,
        "phone": contact.phone,
        "permanent": contact.is_permanent,
        "user": contact.user_id,
    }
    if contact.kind == ContactKind.OPERATOR:
        values |= {"student": contact.is_student or None, "teacher": contact.teacher}
    return {f"{contact.key}.{part}": value for part, value in values.items()}


def blank(value: Any) -> Value:
    """Nothing is None, in whatever way it was written."""
    return None if value in NOTHING else value


def differences(old: Entry, new: Entry) -> list[Change]:
    """What `new` changes, in the order of the form. Keys that `new` lacks are left as they are."""
    return [
        Change(item, before, after)
        for item in ITEMS
        if item.key in new
        and (before := blank(old.get(item.key))) != (after := blank(new[item.key]))
    ]


def written_date(day: date | None, precision: str) -> str | None:
    """`2019-10-08`, `2019-10` or `2019`: as much as is known."""
    if day is None:
        return None
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)
    return day.isoformat()[:length]


def read_date(text: str) -> tuple[date | None, str]:
    """The first day of `2019-10-08`, `2019-10` or `2019`, and which of the three it is.

    Raises ValueError for anything else.
    """
    if not text:
        return None, ""
    parts = [int(part) for part in text.split("-")]
    precision = {1: Precision.YEAR, 2: Precision.MONTH, 3: Precision.DAY}[len(parts)]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day), precision


def typed_date(text: str) -> str:
    """`2021.6.29`, `2021年6月`, `20210629` → ISO with as much as was typed; else as typed."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    parts = [part for part in re.split(r"[^\d]+", plain) if part]
    if (
        not 1 <= len(parts) <= 3
        or len(parts[0]) != 4
        or not re.fullmatch(r"[\d年月日./\- ]+", plain)
    ):
        return text
    return "-".join(part.zfill(2) for part in parts)


def shown(item: Item, value: Value, names: Mapping[int, str] | None = None) -> str:
    """The words for a value; `names` gives units, users and files by their key."""
    if value is None:
        return ""
    words = _WORDS.get(item.shape)
    if words:
        return words(value)
    if item.shape in (Shape.UNIT, Shape.USER, Shape.FILE):
        return (names or {}).get(int(value), f"#{value}")
    return str(value)


def _platform_name(value: Value) -> str:
    row = PLATFORM_BY_KEY.get(str(value))
    return row.name if row else str(value)


def _long_date(value: Value) -> str:
    units = ("年", "月", "日")
    parts = str(value).split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, units, strict=False))


_WORDS: Mapping[Shape, Callable[[Value], str]] = {
    Shape.DATE: _long_date,
    Shape.ANSWER: lambda value: "是" if value else "否",
    Shape.PLATFORM: _platform_name,
    Shape.STATUS: lambda value: str(OutletStatus(str(value)).label),
    Shape.HOLDER: lambda value: str(Holder(str(value)).label),
}


def gaps_of(entry: Entry) -> list[Gap]:
    """What the entry lacks. 账号负责人 defaults to operator 1 (annexes.md); unknown is not 在编."""
    lead = "responsible" if entry.get("responsible.name") else "operators.1"
    platform = PLATFORM_BY_KEY.get(str(entry.get("platform")))
    is_site = platform is not None and platform.kind is PlatformKind.SITE
    publishes = entry.get("publishes") is not False
    missing = {
        Gap.NO_LEAD: not (entry.get(f"{lead}.name") and entry.get(f"{lead}.permanent") is True),
        Gap.NO_PUBLISHER: publishes and not any(entry.get(f"{one}.name") for one in OPERATORS),
        Gap.NO_LEADER: not entry.get("leader.name"),
        Gap.NO_REVIEWER: publishes and not entry.get("reviewer.name"),
        Gap.NO_IDENTITY: not any(entry.get(key) for key in ("account_id", "url", "permanent_id")),
        Gap.NO_ICP: is_site and not entry.get("icp"),
        Gap.NO_VERIFIED: publishes and not entry.get("verified_as"),
        Gap.NO_OPENING: not entry.get("opened_on"),
    }
    return [gap for gap, is_missing in missing.items() if is_missing]


Fault = tuple[str, str]
STATUSES_TO_OPEN = (OutletStatus.PREPARING, OutletStatus.IN_USE)


def faults_of(entry: Entry, today: date) -> list[Fault]:
    """What the register would not take: (key, sentence). Empty when the entry may be filed."""
    faults = [
        (item.key, f"「{item.label}」没有填。")
        for item in ITEMS
        if item.required and entry.get(item.key) is None and _is_due(item.key, entry)
    ]
    for key, value in entry.items():
        item = ITEM_BY_KEY.get(key)
        if item and isinstance(value, str) and item.limit and len(value) > item.limit:
            faults.append((key, f"「{item.label}」最多 {item.limit} 个字，现有 {len(value)} 个。"))
    return [*faults, *_odd_values(entry, today), *_odd_people(entry)]


def _is_due(key: str, entry: Entry) -> bool:
    """认证主体 is due of what publishes and is no website (a website shows its ICP)."""
    return key != "verified_as" or entry.get("publishes") is not False


def _odd_values(entry: Entry, today: date) -> Iterable[Fault]:
    platform = entry.get("platform")
    if platform is not None and platform not in PLATFORM_BY_KEY:
        yield "platform", "没有这个类型，请从列表里选。"
    if platform == "website" and not entry.get("url"):
        yield "url", "网站须填网址。"
    if entry.get("holder") == Holder.PERSON and not entry.get("holder_person"):
        yield "holder_person", "职务账号须写明持有人。"
    if entry.get("holder") != Holder.PERSON and entry.get("holder_person"):
        yield "holder_person", "单位账号不填持有人。"
    if entry.get("outsourced_to") and entry.get("outsourced") is not True:
        yield "outsourced_to", "填了受托单位，「是否委托其他单位运营」应为「是」。"
    opened, followers = entry.get("opened_on"), entry.get("followers")
    if isinstance(opened, str) and not _is_past(opened, today):
        yield "opened_on", "开通时间写成 2019-10-08、2019-10 或 2019，且不晚于今天。"
    if followers is not None and not (isinstance(followers, int) and 0 <= followers < 10**12):
        yield "followers", "粉丝量填整数。"


def _is_past(written: str, today: date) -> bool:
    try:
        day, _ = read_date(written)
    except (ValueError, KeyError):
        return False
    return day is not None and date(1990, 1, 1) <= day <= today


def _odd_people(entry: Entry) -> Iterable[Fault]:
    for person, called in PEOPLE.items():
        parts = [entry.get(f"{person}.{part}") for part in ("title", "phone", "teacher")]
        if any(parts) and not entry.get(f"{person}.name"):
            yield f"{person}.name", f"{called}填了职务或电话，没有填姓名。"
        if entry.get(f"{person}.student") and not entry.get(f"{person}.teacher"):
            yield f"{person}.teacher", f"{called}是学生，须写明指导教师。"
        if entry.get(f"{person}.student") and entry.get(f"{person}.permanent"):
            yield f"{person}.permanent", f"{called}是学生，不会在编。"
