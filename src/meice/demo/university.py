"""The invented 华园大学: forty units and who holds which post in them. Data, no deeds."""

from __future__ import annotations

from dataclasses import dataclass

from meice.orgs.models import UnitKind
from meice.orgs.roles import Role

NAME = "华园大学"
DOMAIN = "huayuan.edu.cn"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the tree; `parent` is the 简称 of the unit above, "" for the university."""

    name: str
    short: str
    kind: str
    parent: str = ""


def _of(kind: str, pairs: str) -> tuple[Place, ...]:
    return tuple(
        Place(name, short, kind)
        for name, _, short in (pair.partition("/") for pair in pairs.split())
    )


PLACES: tuple[Place, ...] = (
    *_of(
        UnitKind.OFFICE,
        "党委宣传部/宣传部 保卫处/保卫处 审计处/审计处 信息网络中心/网络中心 教务处/教务处 "
        "学生工作处/学工处 研究生院/研究生院 人事处/人事处 科学研究处/科研处 招生办公室/招生办 "
        "后勤管理处/后勤处",
    ),
    *_of(
        UnitKind.FACULTY,
        "数学与信息学院、软件学院/数信学院 人文学院/人文学院 外国语学院/外语学院 "
        "经济管理学院/经管学院 马克思主义学院/马院 电子工程学院/电子学院 机械工程学院/机械学院 "
        "材料与能源学院/材料学院 生命科学学院/生科院 食品学院/食品学院 艺术学院/艺术学院 "
        "法学院/法学院 公共管理学院/公管学院 体育学院/体育学院 风景园林学院/园林学院 "
        "国际教育学院/国教学院",
    ),
    *_of(
        UnitKind.INSTITUTE,
        "大数据研究中心/大数据中心 岭南文化研究院/岭南院 绿色能源研究所/能源所",
    ),
    *_of(UnitKind.ORGANISATION, "共青团华园大学委员会/校团委 校工会/校工会 校友会/校友会"),
    *_of(UnitKind.AFFILIATE, "图书馆/图书馆 校医院/校医院 档案馆/档案馆"),
    Place("数信学院团委", "数信团委", UnitKind.ORGANISATION, "数信学院"),
    Place("程序设计教学与实验示范中心", "程序设计中心", UnitKind.OTHER, "数信学院"),
    Place("经管学院实验教学中心", "经管实验中心", UnitKind.OTHER, "经管学院"),
)
"""Thirty-nine units below the university, which is the fortieth."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a post that the story needs; everybody else has an invented name."""

    username: str
    name: str
    unit: str
    role: Role


CAST: tuple[Holder, ...] = (
    Holder("liangwb", "梁文博", NAME, Role.DEPARTMENT),
    Holder("linzt", "林知远", NAME, Role.DEPARTMENT),
    Holder("chenxl", "陈晓岚", NAME, Role.SECURITY),
    Holder("luhb", "卢海波", NAME, Role.AUDITOR),
    Holder("hejm", "何嘉敏", "数信学院", Role.OPERATOR),
    Holder("zhouqm", "周启明", "数信学院", Role.REVIEWER),
    Holder("luomin", "罗敏", "数信学院", Role.REVIEWER),
    Holder("zhenggq", "郑国强", "数信学院", Role.LEADER),
    Holder("suyq", "苏雅琴", "经管学院", Role.OPERATOR),
    Holder("fanjp", "范建平", "经管学院", Role.REVIEWER),
    Holder("panyue", "潘越", "经管学院", Role.REVIEWER),
    Holder("xiely", "谢丽英", "经管学院", Role.LEADER),
    Holder("panhr", "潘浩然", "校团委", Role.OPERATOR),
    Holder("tanws", "谭婉珊", "校团委", Role.LEADER),
    Holder("guojx", "郭景行", "图书馆", Role.OPERATOR),
)
ADMIN = Holder("admin", "吴系统", NAME, Role.ADMIN)
STUDENT = Holder("lizh", "李子涵", "数信团委", Role.OPERATOR)  # under 何嘉敏

# Everybody else: units in which an operator, a reviewer and a leader are imported from a sheet.
STAFFED: tuple[str, ...] = tuple(
    place.short for place in PLACES if place.kind in {UnitKind.FACULTY, UnitKind.OFFICE}
)
