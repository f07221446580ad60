"""Room compliance: files with gaps and ends, logins that students hold, devices and checks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from meice.compliance import actions
from meice.compliance.actions import CustodyFacts, DeviceFacts, ItemFacts
from meice.compliance.models import CHECKLIST, Device, ItemKind
from meice.demo.stage import Stage
from meice.files.actions import keep_file
from meice.orgs.models import User
from meice.registry.models import Outlet

ITEMS: tuple[tuple[str, str, str, str, int | None], ...] = (
    ("数信学院", "website", "grade", "44010143017-26001", 210),
    ("数信学院", "website", "icp", "粤ICP备04000001号", None),
    ("数信学院", "website", "domain", "sx.huayuan.edu.cn", 24),
    ("数信学院", "wechat", "review", "数信〔2025〕6号", None),
    ("经管学院", "website", "grade", "44010143017-24007", -15),
    ("经管学院", "website", "icp", "粤ICP备04000001号", None),
    ("经管学院", "wechat", "review", "经管〔2024〕11号", None),
    ("校团委", "wechat", "review", "华园团〔2025〕3号", 5),
    ("图书馆", "website", "police", "粤公网安备 44010602001234号", None),
    ("图书馆", "website", "domain", "lib.huayuan.edu.cn", 80),
    ("网络中心", "app", "app-user", "教APP使用备4401001", 300),
    ("网络中心", "app", "grade", "44010143017-25010", 88),
)
LACKING = (("数信学院", "website", "police"), ("经管学院", "website", "police"),
           ("网络中心", "app", "app-provider"))  # fmt: skip
DEVICES = (
    ("数信学院", "HY20230117", "联想启天 M455", "desktop", "hejm", 20, "passed"),
    ("数信学院", "HY20240032", "华为 MatePad 11", "tablet", "zhouqm", 190, "passed"),
    ("经管学院", "HY20220870", "戴尔 OptiPlex 7090", "desktop", "suyq", 33, "faulty"),
    ("校团委", "HY20240455", "红米手机（直播专用）", "phone", "panhr", 12, "unknown"),
    ("图书馆", "HY20210098", "联想昭阳 E4", "laptop", "guojx", None, ""),
)  # fmt: skip
LOGINS = (
    ("数信学院", "wechat", "公众号管理员", "hejm", "yes", 40),
    ("数信学院", "wechat", "公众号运营者", "lizh", "yes", 40),
    ("数信学院", "website", "站群后台", "hejm", "no", 120),
    ("经管学院", "wechat", "公众号管理员", "suyq", "yes", 75),
    ("经管学院", "douyin", "抖音登录手机", "suyq", "unknown", None),
    ("校团委", "wechat", "公众号管理员", "panhr", "yes", 15),
    ("图书馆", "wechat", "公众号管理员", "guojx", "no", None),
)


class Keeper:
    """Who writes for a unit, and the clock of the story."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def at(self, days: int) -> datetime:
        """Eleven o'clock, so many days ago."""
        day = self.stage.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(11)))

    def day(self, days: int) -> date:
        """So many days from today on."""
        return self.stage.today + timedelta(days=days)

    def writer(self, unit: str) -> User:
        """The unit's operator where the demo knows one, else the department."""
        known = {"数信学院": "hejm", "经管学院": "suyq", "校团委": "panhr", "图书馆": "guojx"}
        return self.stage.people[known.get(unit, "liangwb")]

    def outlet(self, unit: str, platform: str) -> Outlet:
        """The unit's first account there."""
        rows = Outlet.objects.standing().filter(unit=self.stage.units[unit], platform=platform)
        return rows.select_related("unit").order_by("pk")[0]


def play(stage: Stage) -> None:
    """Files, logins, devices; then what the machine makes of the gaps."""
    keeper = Keeper(stage)
    _fill(keeper)
    _hold(keeper)
    _register(keeper)
    actions.observe_certificates(keeper.at(0))
    actions.claim_gaps(keeper.at(0))


def _fill(keeper: Keeper) -> None:
    for unit, platform, kind, number, left in ITEMS:
        by = keeper.writer(unit)
        facts = ItemFacts(
            "held", number=number, grade="2" if kind == "grade" else "",
            valid_until=keeper.day(left) if left is not None else None,
            is_permanent=left is None and kind in ("icp", "police"),
        )  # fmt: skip
        proof = keep_file(
            BytesIO(f"%PDF-1.4\n% {number}\n".encode()), name=f"{ItemKind(kind).label}.pdf", by=by,
            purpose="compliance",
        )  # fmt: skip
        outlet = keeper.outlet(unit, platform)
        actions.record_item(outlet, ItemKind(kind), facts, by=by, at=keeper.at(25), file=proof)
    for unit, platform, kind in LACKING:
        facts = ItemFacts("lacking", note="正在补办")
        by = keeper.writer(unit)
        actions.record_item(
            keeper.outlet(unit, platform), ItemKind(kind), facts, by=by, at=keeper.at(18)
        )


def _hold(keeper: Keeper) -> None:
    for unit, platform, what, who, factor, ago in LOGINS:
        holder = keeper.stage.people.get(who) or User.objects.get(username=who)
        facts = CustodyFacts(
            what, holder=holder, factor=factor,
            rotated_on=keeper.day(-ago) if ago is not None else None,
            recovery_name="综合办公室", recovery_phone="13800000000",
        )  # fmt: skip
        outlet = keeper.outlet(unit, platform)
        actions.add_custody(outlet, facts, by=keeper.writer(unit), at=keeper.at(9))


def _register(keeper: Keeper) -> None:
    for unit, number, name, kind, who, ago, result in DEVICES:
        by = keeper.writer(unit)
        facts = DeviceFacts(number, name, kind, "新媒体审核、发布", keeper.stage.people[who])
        device = actions.add_device(keeper.stage.units[unit], facts, by=by, at=keeper.at(200))
        if ago is not None:
            _check(keeper, device, by, ago, result)


def _check(keeper: Keeper, device: Device, by: User, ago: int, result: str) -> None:
    answers: dict[str, bool | None] = dict.fromkeys(CHECKLIST, True)
    if result != "passed":
        answers["software"] = False if result == "faulty" else None
    note = "装有游戏和个人网盘，已要求卸载。" if result == "faulty" else ""
    at = keeper.at(ago)
    actions.check_device(device, answers, on=keeper.day(-ago), note=note, by=by, at=at)
