"""The filings of the demo: who writes what about which account, and how far it came. Data, no deeds.

A person is a username of the cast, or `role@简称` for somebody who was imported. A step is
`<step> <person> <days before today>`. An account is `<sign> <name>` as in `outlets.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from meice.registry.models import FilingKind

Value = str | int | bool | None
OPEN, CHANGE, CANCEL = FilingKind.OPEN, FilingKind.CHANGE, FilingKind.CANCEL


@dataclass(frozen=True, slots=True)
class Story:
    """One filing from its first draft; `unit` is the 简称 for 开设 (and where an outlet goes)."""

    kind: FilingKind
    account: str
    writer: str
    began: int
    steps: tuple[str, ...] = ()
    unit: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""
    existing: bool = False


def _done(leader: str, taker: str, days: int) -> tuple[str, ...]:
    """Presented, confirmed, accepted: the usual way."""
    return (
        f"present - {days}", f"confirm {leader} {days - 1}",
        f"claim {taker} {days - 2}", f"accept {taker} {days - 2}",
    )  # fmt: skip


def _checked(days: int) -> tuple[str, ...]:
    """数信学院's way, up to its leader."""
    return f"submit - {days}", f"check zhouqm {days - 1}"


def _stamped(days: int) -> tuple[str, ...]:
    """A unit without a leader in the system: the stamped page stands for the click."""
    return f"attach - {days}", f"attest - {days}"


STUDENT: Mapping[str, Value] = {
    "operators.2.name": "李子涵", "operators.2.title": "本科生",
    "operators.2.student": True, "operators.2.teacher": "何嘉敏",
}  # fmt: skip
SHORT = "本单位需要发布活动短视频"

LAST_YEAR: tuple[Story, ...] = (
    Story(OPEN, "红 华园园林", "operator@园林学院", 60, _done("leader@园林学院", "liangwb", 59),
          "园林学院", reason="面向新生发布图文"),
    Story(OPEN, "B 华园电子", "operator@电子学院", 48, _done("leader@电子学院", "linzt", 47),
          "电子学院", reason="发布实验课程视频"),
    Story(OPEN, "红 华园生科", "operator@生科院", 33, _done("leader@生科院", "liangwb", 32),
          "生科院", reason="发布科普图文"),
    Story(OPEN, "视 华园体育", "operator@体育学院", 26, _done("leader@体育学院", "linzt", 25),
          "体育学院", reason=SHORT),
    Story(OPEN, "程 华园后勤", "operator@后勤处", 19, _done("leader@后勤处", "liangwb", 18),
          "后勤处", reason="食堂和维修预约"),
    Story(CHANGE, "视 华园体育", "operator@体育学院", 9, _done("leader@体育学院", "linzt", 8), "",
          {"frequency": "每周3次"}, "赛事期间增加更新"),
)  # fmt: skip
"""Days before 30 June of the year before: what its frozen summary holds."""

ACCEPTED: tuple[Story, ...] = (
    Story(OPEN, "博 华园青年志愿者", "panhr", 62, _done("tanws", "liangwb", 61), "校团委",
          reason="志愿服务专用，已批准例外"),
    Story(OPEN, "视 华园数信", "hejm", 38,
          (*_checked(37), "confirm zhenggq 35", "claim liangwb 34", "accept liangwb 34"),
          "数信学院", STUDENT, SHORT),
    Story(OPEN, "头 华园经管", "suyq", 36, _done("xiely", "linzt", 35), "经管学院",
          reason="转载学院新闻"),
    Story(OPEN, "红 华园青年", "panhr", 33, _done("tanws", "liangwb", 32), "校团委",
          reason="面向新生发布图文"),
    Story(OPEN, "B 华园图书馆", "guojx", 31, (*_stamped(30), "accept linzt 28"), "图书馆",
          reason="发布检索课程视频"),
    Story(OPEN, "微 华园图书馆阅读推广", "guojx", 29, (*_stamped(28), "accept liangwb 26"),
          "图书馆", reason="阅读推广活动期间使用，已批准例外"),
    Story(OPEN, "视 华园数信青年", "lizh", 27,
          (*_checked(26), "confirm zhenggq 24", "accept linzt 23"), "数信团委", STUDENT, SHORT),
    Story(OPEN, "微 华园经管案例", "suyq", 26, _done("xiely", "liangwb", 25), "经管学院",
          reason="案例中心多年前开通，现在补报", existing=True),
    Story(CHANGE, "博 华园经管", "suyq", 24, _done("xiely", "linzt", 23), "",
          {"name": "华园经济管理"}, "与学院公众号统一名称"),
    Story(CHANGE, "博 华园青年", "panhr", 22, _done("tanws", "liangwb", 21), "",
          {"frequency": "每日", "operators.1.title": "团委干事"}, "更新频次和运维人员职务"),
    Story(CHANGE, "抖 华园图书馆", "guojx", 21, (*_stamped(20), "accept linzt 18"), "",
          {"status": "paused"}, "人手不足，暂停更新"),
    Story(CHANGE, "红 华园艺术", "operator@艺术学院", 19, _done("leader@艺术学院", "liangwb", 18),
          "", {"status": "paused"}, "并入学院视频号"),
    Story(CHANGE, "B 华园机械", "operator@机械学院", 18,
          ("present - 17", "transfer leader@机械学院 16", "receive leader@材料学院 15",
           "claim liangwb 14", "accept liangwb 14"),
          "材料学院", {"name": "华园材料实验课", "responsible_department": "材料与能源学院"},
          "实验课程划归材料与能源学院"),
    Story(CANCEL, "微 华园外语团学", "operator@外语学院", 17,
          _done("leader@外语学院", "linzt", 16), reason="并入学院公众号"),
    Story(CANCEL, "微 华园食品团学", "operator@食品学院", 15,
          _done("leader@食品学院", "liangwb", 14), reason="长期不更新，不再需要"),
    Story(CANCEL, "微 华园电子团学", "operator@电子学院", 13,
          _done("leader@电子学院", "linzt", 12), reason="并入学院公众号"),
    Story(CANCEL, "抖 华园国教", "operator@国教学院", 12,
          _done("leader@国教学院", "liangwb", 11), reason="运营团队解散"),
)  # fmt: skip

UNDER_WAY: tuple[Story, ...] = (
    Story(CHANGE, "网 华园大学数信学院网站", "hejm", 1, (), "",
          {"frequency": "每日", "purpose": "发布学院介绍、通知公告、办事指南和招生简章"},
          "栏目调整"),
    Story(OPEN, "红 华园经管", "suyq", 1, (), "经管学院", {"account_id": None}, "面向考生"),
    Story(CHANGE, "微 华园数信", "hejm", 1, ("submit - 1",), "",
          {**STUDENT, "frequency": "每周3次"}, "增加学生运维"),
    Story(CHANGE, "Q 华园数信青年", "lizh", 9, ("submit - 8",), "",
          {"frequency": "每周2次"}, "更新频次"),
    Story(CHANGE, "抖 华园数信", "hejm", 3, _checked(2), "",
          {"operators.1.title": "专职辅导员", "frequency": "每周2次"}, "人员职务变动"),
    Story(CHANGE, "B 华园数信", "hejm", 11, _checked(10), "", {"status": "paused"}, "暂停更新"),
    Story(OPEN, "程 华园经管预约", "suyq", 8, ("present - 8",), "经管学院",
          reason="实验室预约"),
    Story(CHANGE, "B 华园青年", "panhr", 2, ("present - 1",), "",
          {"frequency": "每周2次"}, "更新频次"),
    Story(CHANGE, "抖 华园经管", "suyq", 4, ("present - 4", "transfer xiely 2"), "国教学院",
          {"name": "华园国教短视频", "responsible_department": "国际教育学院"},
          "由国际教育学院接手运营"),
    Story(CHANGE, "网 华园大学图书馆网站", "guojx", 14, _stamped(13), "",
          {"purpose": "馆藏检索、座位预约、阅读推广"}, "栏目调整"),
    Story(CHANGE, "微 华园青年", "panhr", 4,
          ("present - 4", "confirm tanws 3", "claim linzt 2", "release linzt 2"), "",
          {"frequency": "每日", "followers": 46210}, "更新频次和关注数"),
    Story(CANCEL, "微 华园经管校友", "suyq", 4, ("present - 4", "confirm xiely 3"),
          reason="校友工作转到校友会"),
    Story(OPEN, "头 华园招生", "operator@招生办", 2, ("present - 2", "confirm leader@招生办 1"),
          "招生办", reason="发布招生政策解读"),
    Story(CHANGE, "微 华园艺术", "operator@艺术学院", 4,
          ("present - 4", "confirm leader@艺术学院 3", "claim liangwb 2"), "",
          {"name": "华园艺术之声", "operators.1.title": "宣传干事"}, "突出办学特色"),
    Story(OPEN, "博 华园图书馆", "guojx", 5, (*_stamped(4), "claim linzt 3"), "图书馆",
          reason="回应读者询问"),
    Story(OPEN, "博 华园数信", "hejm", 6,
          (*_checked(5), "confirm zhenggq 4", "return liangwb 3"), "数信学院",
          {"permanent_id": None, "purpose": None}, "回应学生询问"),
    Story(CHANGE, "视 华园经管", "suyq", 5, ("present - 4", "return xiely 3"), "",
          {"operators.1.title": "外聘人员"}, "人员调整"),
    Story(OPEN, "头 华园青年", "panhr", 7, ("present - 7", "withdraw - 6"), "校团委",
          reason="转载青年新闻"),
)  # fmt: skip
