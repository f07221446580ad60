"""Invented units and what their forms say: the truth that reading and merging are held against."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]

SUBJECTS = ("数学", "物理", "化学", "农学", "林学", "动物", "园艺", "食品", "工程", "人文", "外语")
KINDS = ("学院", "研究院", "实验室", "中心", "图书馆", "团委", "研究所")
PLATFORMS: Mapping[str, str] = {
    "微信公众号": "微信",
    "网站": "网站",
    "微博": "微博",
    "抖音": "抖音号",
    "头条号": "头条号",
    "移动客户端": "移动客户端",
    "视频号": "其他政务新媒体",
    "QQ空间": "其他政务新媒体",
    "哔哩哔哩": "其他政务新媒体",
    "小红书": "其他政务新媒体",
}
COLUMNS = ("网站", "微博", "微信", "头条号", "抖音号", "移动客户端", "其他政务新媒体")
ITEMS = (
    "单位开设的新媒体（网站）数量（个）",
    "以职务身份开设认证的个人账号（个）",
    "排查出有问题的新媒体（网站）数量（个）",
    "问题已整改的新媒体（网站）数量（个）",
    "具有互动功能的新媒体（网站）数量（个）",
    "已建立内容发布审核制度的新媒体（网站）数量（个）",
    "委托其他单位运营的新媒体（网站）数量（个）",
)
PROBLEMS = ("无更新", "信息发布不准确", "互动回应不及时", "运维管理不规范", "审核机制不健全")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
ROWS = 20


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit's truth: its four forms' rows as the contract's JSON, and whether its annex 1 is
    spoilt by a mobile that is none (the file is then rejected)."""

    name: str
    short: str
    basic: tuple[Row, ...]
    counts: tuple[Row, ...]
    filing: Row
    filing_row: Row
    spoilt: bool


def units(count: int, seed: int = 2021) -> tuple[Unit, ...]:
    """The same units for the same seed."""
    dice = random.Random(seed)
    return tuple(_unit(dice, number) for number in range(count))


def _person(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2))))


def _mobile(number: int, line: int) -> str:
    return f"138{number % 10_000:04}{line:04}"


def _unit(dice: random.Random, number: int) -> Unit:
    name = f"{dice.choice(SUBJECTS)}{dice.choice(KINDS)}{number + 1}"
    basic = tuple(_basic(dice, name, number, line) for line in range(1, ROWS + 1))
    filing, filing_row = _filing(dice, name, number, basic[0])
    return Unit(
        name=name,
        short=f"{name[:2]}{number + 1}",
        basic=basic,
        counts=counts_of(basic, {"微博": dice.randrange(3)}),
        filing=filing,
        filing_row=filing_row,
        spoilt=number % 50 == 49,
    )


def _basic(dice: random.Random, unit: str, number: int, line: int) -> Row:
    problems = dice.sample(PROBLEMS, dice.choice((1, 1, 2))) if dice.random() < 0.3 else ["无问题"]
    return {
        "number": line,
        "name": f"{unit}账号{line}",
        "unit": unit,
        "verified_as": "华园大学",
        "kind": dice.choice(tuple(PLATFORMS)),
        "problems": problems,
        "rectified": "-" if problems == ["无问题"] else dice.choice("是否"),
        "interactive": dice.random() < 0.8,
        "has_review_system": dice.random() < 0.9,
        "outsourced": dice.random() < 0.1,
        "responsible_name": _person(dice),
        "responsible_mobile": _mobile(number, line),
        "note": "",
    }


def counts_of(rows: tuple[Row, ...], office: Mapping[str, int]) -> tuple[Row, ...]:
    """Annex 2 by a way of its own: a filter for each item."""
    chosen = (
        rows,
        (),
        [row for row in rows if row["problems"] != ["无问题"]],
        [row for row in rows if row["rectified"] == "是"],
        [row for row in rows if row["interactive"]],
        [row for row in rows if row["has_review_system"]],
        [row for row in rows if row["outsourced"]],
    )
    result = []
    for item, picked in zip(ITEMS, chosen, strict=True):
        kinds = [PLATFORMS[row["kind"]] for row in picked]
        counts = {column: kinds.count(column) for column in COLUMNS}
        if item == ITEMS[1]:
            counts = {column: office.get(column) for column in COLUMNS}  # type: ignore[misc]
        total = sum(count or 0 for count in counts.values())
        result.append({"item": item, "counts": counts, "total": total, "note": ""})
    return tuple(result)


def _filing(dice: random.Random, unit: str, number: int, first: Row) -> tuple[Row, Row]:
    opened = f"20{dice.randrange(12, 21)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    names = [_person(dice) for _ in range(3)]
    kind = dice.choice(("开设", "变更", "注销"))
    site = first["kind"] == "网站"
    filing = {
        "name": first["name"],
        "account_id": f"https://u{number}.huayuan.edu.cn/" if site else f"id_{number:06}",
        "department": unit,
        "verified_as": "华园大学",
        "platform_or_icp": "粤ICP备00000000号" if site else first["kind"],
        "opened_on": opened,
        "followers": str(dice.randrange(100, 100_000)),
        "frequency": f"每周{dice.randrange(1, 6)}次",
        "responsible_department": unit,
        "filing_kind": kind,
        "leader": {"name": names[0], "title": "院长", "phone": _mobile(number, 901)},
        "reviewer": {"name": names[1], "title": "书记", "phone": "020-80000000"},
        "operators": [{"name": names[2], "title": "辅导员", "phone": _mobile(number, 903)}],
        "opinion": "",
        "changed": {"frequency": "每月1次"} if kind == "变更" else {},
    }
    row = {
        "number": 1,
        "name": filing["name"],
        "account_id": filing["account_id"],
        "department": unit,
        "verified_as": "华园大学",
        "kind": first["kind"],
        "opened_on": opened,
        "leader": names[0],
        "reviewer": names[1],
        "operator": names[2],
        "operator_phone": _mobile(number, 903),
        "filing_kind": kind,
    }
    return filing, row
