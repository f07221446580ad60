"""Things of the register, each in its state, made by real acts when first asked for."""

from datetime import date
from io import BytesIO

from tests import given
from tests.meice.registry import scene
from tests.meice.registry.scene import MONDAY

from meice.orgs.roles import Role
from meice.registry.actions import (
    drafting,
    exceptions,
    exports,
    filings,
    keeping,
    ledger,
    terms,
)
from meice.registry.models import ExportForm, ListName, Outlet, Way

PICTURE = b"\x89PNG\r\n\x1a\n0000"
LEDGER = (
    ("账号名称", "类型", "开设单位", "认证主体", "账号ID（网址）", "开通时间"),
    ("华园发布视频", "视频号", "党委宣传部", "华园大学", "hyfb_v", "2021"),
)


def opening(world, place="maths", platform="douyin", **more):
    """A 开设 draft; every one with names of its own."""
    at = len(world.made)
    unit, by = (
        (world.cast.maths, world.cast.he)
        if place == "maths"
        else (world.cast.garden, world.cast.su)
    )
    values = {
        "name": f"华园号{at}{world.mark}",
        "platform": platform,
        "account_id": f"hy_{at}{world.mark}",
        "permanent_id": f"id-{at}",
        "responsible_department": f"科室{world.mark}",
        "purpose": f"用途{world.mark}",
        "note": f"备注{world.mark}",
        "leader.title": f"副院长{world.mark}"[:60],
    }
    return scene.opening(world.cast, by=by, unit=unit, **(values | more))


def garden_leader(world):
    """园艺学院's own."""
    return world.thing("garden leader", _garden_leader)


def _garden_leader(world):
    return given.a_person("林其然", world.cast.garden, Role.LEADER, by=world.cast.lu)


def accepted(world, place="maths", **more):
    """An outlet in use, through a filing of its own."""
    leader = world.cast.zheng if place == "maths" else garden_leader(world)
    return scene.accepted(world.cast, opening(world, place, **more), leader).outlet


def near(world):
    return accepted(world, platform="wechat")


def far(world):
    return accepted(world, "garden", platform="wechat")


def far_site(world):
    url = "https://yy.huayuan.edu.cn/"
    return accepted(world, "garden", platform="website", account_id="", url=url, icp="粤ICP备1号")


def pictured(world):
    filing = opening(world, platform="weibo")
    drafting.attach_avatar(filing, BytesIO(PICTURE), name="头像.png", by=world.cast.he, at=MONDAY)
    return scene.accepted(world.cast, scene.fresh(filing)).outlet


def draft(world):
    return opening(world)


def far_draft(world):
    return opening(world, "garden")


def scanned(world):
    return drafting.attach_scan(
        opening(world), BytesIO(PICTURE), name="盖章件.png", by=world.cast.he, at=MONDAY
    )


def routed(world):
    """A draft for which a checker is switched on (and off again for those that follow)."""
    unit, by = world.cast.maths, world.cast.zheng
    terms.set_route(unit, Way.REVIEWER, endorser=None, by=by, at=MONDAY)
    made = opening(world)
    terms.set_route(unit, Way.DIRECT, endorser=None, by=by, at=MONDAY)
    return made


def checking(world):
    return filings.submit_filing(routed(world), by=world.cast.he, at=MONDAY)


def confirming(world):
    return filings.present_filing(opening(world), by=world.cast.he, at=MONDAY)


def deciding(world):
    return filings.confirm_filing(confirming(world), by=world.cast.zheng, at=MONDAY)


def far_deciding(world):
    sent = filings.present_filing(opening(world, "garden"), by=world.cast.su, at=MONDAY)
    return filings.confirm_filing(sent, by=garden_leader(world), at=MONDAY)


def claimed(world):
    return filings.claim_filing(deciding(world), by=world.cast.liang, at=MONDAY)


def leaving(world):
    """数信学院 gives an account to 园艺学院."""
    outlet = accepted(world, platform="toutiao")
    made = scene.changing(world.cast, outlet, unit=world.cast.garden.pk)
    return filings.present_filing(made, by=world.cast.he, at=MONDAY)


def arriving(world):
    """园艺学院 has given one to 数信学院."""
    outlet = accepted(world, "garden", platform="bilibili")
    made = scene.changing(world.cast, outlet, by=world.cast.su, unit=world.cast.maths.pk)
    sent = filings.present_filing(made, by=world.cast.su, at=MONDAY)
    return filings.transfer_filing(sent, by=garden_leader(world), at=MONDAY)


def _exception(world, unit):
    return exceptions.grant_exception(
        unit, "weibo", reason=f"招生专用{world.mark}", expires_on=date(2035, 1, 1),
        by=world.cast.liang, at=MONDAY,
    )  # fmt: skip


def near_exception(world):
    return _exception(world, world.cast.maths)


def far_exception(world):
    return _exception(world, world.cast.garden)


def preview(world):
    """An uploaded ledger that waits for its owner."""
    head, row = LEDGER
    content = given.workbook(head, (f"{row[0]}{world.mark}", *row[1:]), sheet="台账")
    return ledger.create_ledger_intake(
        content, name=f"台账{world.mark.replace('/', '')}.xlsx", unit=world.cast.university,
        by=world.cast.liang, at=MONDAY,
    )  # fmt: skip


def digest_of(intake):
    """What the form of the preview sends back."""
    return ledger.plan_of(intake, MONDAY).digest


def applied(world):
    made = preview(world)
    return ledger.apply_ledger_intake(made, digest=digest_of(made), by=world.cast.liang, at=MONDAY)


def export(world):
    ids = list(Outlet.objects.values_list("pk", flat=True))
    return exports.order_export(
        ExportForm.LEDGER, ids, words="全部", by=world.cast.liang, at=MONDAY
    )


def saved_filter(world):
    return keeping.save_filter(
        ListName.OUTLETS, name="常用", query="gap=any", by=world.cast.liang, at=MONDAY
    )


def day(world):
    return terms.set_day(date(2035, 10, 8), is_workday=True, note="校庆", by=world.cast.liang)


OUTLETS = {"near": near, "far": far, "far site": far_site, "pictured": pictured}
FILINGS = {
    "draft": draft, "far draft": far_draft, "scanned": scanned, "routed": routed,
    "checking": checking, "confirming": confirming, "deciding": deciding,
    "far deciding": far_deciding, "claimed": claimed, "leaving": leaving, "arriving": arriving,
}  # fmt: skip
EXCEPTIONS = {"near": near_exception, "far": far_exception}
INTAKES = {"preview": preview, "applied": applied}
