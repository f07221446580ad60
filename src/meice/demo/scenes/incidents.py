"""Room incidents: a month of them in every state, from a false alarm to a letter to the police."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime, time, timedelta
from io import BytesIO
from uuid import UUID

from django.utils import timezone

from meice.demo.stage import Stage
from meice.files.actions import keep_file
from meice.incidents import actions
from meice.incidents.actions import terms
from meice.incidents.actions.letters import LetterText
from meice.incidents.classes import CLASS_OF
from meice.incidents.models import Incident, Letter
from meice.incidents.workflow import TermName
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.orgs.roles import Role
from meice.registry.actions.people import people_over
from meice.registry.models import Outlet

CAPTURED = "截图 {}.png"


class Desk:
    """Who acts, and the clock of the story."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.department = stage.people["liangwb"]
        self.colleague = stage.people["linzt"]
        self.security = stage.people["chenxl"]

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """So many days before the demo opens, on the wall of Beijing."""
        day = self.stage.today - timedelta(days=days)
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def outlet(self, name: str, platform: str = "wechat") -> Outlet:
        """One of the accounts of `demo.outlets`."""
        found = Outlet.objects.standing().select_related("unit")
        return found.filter(name__contains=name, platform=platform).order_by("pk")[0]

    def operator(self, outlet: Outlet) -> User:
        """Who keeps it."""
        return people_over(Role.OPERATOR, outlet.unit)[0]

    def report(
        self, outlet: Outlet, kind: str, title: str, text: str, at: datetime, **more: object
    ) -> Incident:
        """By its operator unless another is named."""
        given: dict[str, object] = {
            "unit": outlet.unit, "outlet": outlet, "title": title, "text": text, "kind": kind,
            "severity": CLASS_OF[kind].severity, "source": "person",
            "by": more.get("by") or self.operator(outlet), "at": at,
        }  # fmt: skip
        return actions.report_incident(**given | more)  # type: ignore[arg-type]

    def answer(
        self, incident: Incident, text: str, *, after: int, cleared: bool = True,
        by: User | None = None,
    ) -> Incident:  # fmt: skip
        """Taken up after so many minutes, acted upon ten minutes later, with a picture."""
        who = by or people_over(Role.OPERATOR, incident.unit)[0]
        at = incident.clock_at + timedelta(minutes=after)
        actions.acknowledge_incident(incident, by=who, at=at)
        picture = keep_file(
            BytesIO(picture_bytes(incident.pk)), name=CAPTURED.format(incident.number), by=who,
            purpose="incident-evidence",
        )  # fmt: skip
        later = at + timedelta(minutes=10)
        return actions.take_measure(
            incident, text=text, cleared=cleared, files=[picture], by=who, at=later
        )

    def close(self, incident: Incident, conclusion: str, lessons: str, hours: int) -> None:
        """So many hours after the report, by the department."""
        at = incident.clock_at + timedelta(hours=hours)
        actions.close_incident(
            incident, conclusion=conclusion, lessons=lessons, by=self.department, at=at
        )

    def refer(
        self, incident: Incident, office: str, request: str, hours: int, to: str = ""
    ) -> Letter:
        """So many hours after the report, by the department."""
        said = LetterText(
            office, f"{incident.title}。{incident.text}", request, to, "截图 1 张，详见系统内编号"
        )
        at = incident.clock_at + timedelta(hours=hours)
        return actions.refer_incident(incident, said, by=self.department, at=at)

    def live(self, minutes: int) -> datetime:
        """So many minutes ago: on the day the demo opens by the clock, else by noon."""
        today = timezone.localdate(now()) == self.stage.today
        return (now() if today else self.at(0, 12)) - timedelta(minutes=minutes)


def play(stage: Stage) -> None:
    """In the order of the days, as the audit log tells it."""
    desk = Desk(stage)
    terms.set_head("华园媒转", by=desk.department)
    terms.set_term(TermName.PUBLIC, 1, by=desk.department)
    _advertisements(desk)
    _hidden_links(desk)
    _a_rumour(desk)
    _a_false_alarm(desk)
    _twice_reported(desk)
    _identity_numbers(desk)
    _a_drill(desk)
    _out_of_hand(desk)
    _an_outage(desk)
    _a_complaint(desk)
    _in_hand(desk)
    _just_now(desk)


def _advertisements(desk: Desk) -> None:
    """The ordinary run of things: 32 minutes from the report to a clean page."""
    incident = desk.report(
        desk.outlet("华园数信"), "harmful", "留言区出现带二维码的赌博广告",
        "校庆推文下 3 条留言带二维码，扫码后是赌博网站。", desk.at(28, 9, 12),
    )  # fmt: skip
    done = desk.answer(incident, "已截图，删除 3 条留言，拉黑发布者，开启留言精选。", after=6)
    desk.close(
        done, "留言已清除，未见转发。", "公众号留言改为先审后显，值班员每小时看一次。", hours=5
    )


def _hidden_links(desk: Desk) -> None:
    """Found by security, passed to the network centre and to the police, both signed for."""
    incident = desk.report(
        desk.outlet("图书馆", "website"), "tampered", "旧专题页被植入赌博暗链",
        "2019 年专题页源码中有 40 余条隐藏链接。", desk.at(24, 15, 40), by=desk.security,
        source="probe",
    )  # fmt: skip
    done = desk.answer(
        incident, "已断开专题站，保留磁盘镜像和访问日志。", after=9, by=desk.security
    )
    inside = desk.refer(done, "network", "请查明入侵途径，加固后再恢复。", 2)
    actions.receive_letter(inside, by=desk.security, at=desk.at(24, 18, 20))
    outside = desk.refer(done, "police", "请依法查处。", 20, "属地公安机关网安大队")
    scan = keep_file(
        BytesIO(picture_bytes(7)), name="公安回执.png", by=desk.department,
        purpose="incident-evidence",
    )  # fmt: skip
    actions.receive_letter(
        outside, by=desk.department, at=desk.at(22, 11), name="值班民警",
        received_at=desk.at(22, 10, 30), scan=scan,
    )  # fmt: skip
    actions.add_note(
        done, text="网络中心：旧版编辑器上传漏洞，已下线全部 2020 年前专题站。", by=desk.security,
        at=desk.at(21, 16),
    )  # fmt: skip
    desk.close(done, "暗链已清除，专题站下线。", "停用的专题站一律静态化归档，不再保留后台。", 96)


def _a_rumour(desk: Desk) -> None:
    """Nobody took it up in time: the chain spoke to the leader and the department."""
    incident = desk.report(
        desk.outlet("华园食品"), "rumour", "短视频称食堂多人食物中毒",
        "抖音两条视频，配图为网络旧图；校医院核实当天无聚集性病例。", desk.at(20, 22, 5),
    )  # fmt: skip
    actions.climb_ladder(desk.at(20, 22, 36))
    actions.climb_ladder(desk.at(20, 22, 52))
    done = desk.answer(incident, "已核实情况，按统一口径在官方账号说明。", after=50, cleared=False)
    letter = desk.refer(done, "publicity", "请审定回应口径。", 2)
    actions.receive_letter(letter, by=desk.colleague, at=desk.at(19, 0, 30))
    desk.close(
        done, "说明发布后讨论平息，视频作者已自行删除。", "夜间值班电话须有人接，列入交班。", 40
    )


def _a_false_alarm(desk: Desk) -> None:
    incident = desk.report(
        desk.outlet("教务处", "website"), "tampered", "教务网首页被换成陌生版面",
        "早上打开首页，栏目和颜色全变了。", desk.at(17, 8, 10),
    )  # fmt: skip
    actions.dismiss_incident(
        incident, reason="教务处昨晚改版上线，已在备案中变更，不是篡改。", by=desk.security,
        at=desk.at(17, 8, 21),
    )  # fmt: skip


def _twice_reported(desk: Desk) -> None:
    """Two people saw the same: one page holds both."""
    outlet = desk.outlet("华园体育", "douyin")
    first = desk.report(
        outlet, "harmful", "运动会视频评论区有辱骂和地域攻击", "约 20 条评论。", desk.at(15, 12, 3)
    )
    again = desk.report(
        outlet, "harmful", "运动会视频下有人骂战", "评论区吵起来了。", desk.at(15, 12, 15),
        by=desk.colleague,
    )  # fmt: skip
    actions.merge_incident(again, target=first, by=desk.department, at=desk.at(15, 12, 20))
    done = desk.answer(first, "已隐藏 23 条评论，置顶文明观赛提示。", after=14)
    desk.close(done, "评论区恢复正常。", "大型活动视频先开评论审核。", 8)


def _identity_numbers(desk: Desk) -> None:
    """Security sees it as well: personal data in an attachment."""
    incident = desk.report(
        desk.outlet("学工处", "website"), "privacy", "资助公示附件含完整身份证号",
        "奖助学金公示的表格附件有 112 名学生的身份证号。", desk.at(12, 10, 2), source="patrol",
    )  # fmt: skip
    done = desk.answer(incident, "已撤下附件，清除缓存，重新发布脱敏版。", after=12)
    letter = desk.refer(done, "network", "请查下载记录，协助清除搜索快照。", 1)
    actions.receive_letter(letter, by=desk.security, at=desk.at(12, 14))
    desk.close(
        done, "附件已撤，下载 9 次均为校内地址，快照已清除。", "公示附件上传前过一遍读稿检查。", 30
    )


def _a_drill(desk: Desk) -> None:
    incident = desk.report(
        desk.outlet("华园大学官网", "website"), "tampered", "首页被替换处置演练",
        "按预案演练：首页出现异常图片。", desk.at(10, 14), by=desk.department, is_drill=True,
    )  # fmt: skip
    done = desk.answer(incident, "切换静态首页，用时 7 分钟。", after=4, by=desk.security)
    desk.close(done, "演练完成。", "静态首页的切换口令只有一人掌握，改为两人。", 2)


def _out_of_hand(desk: Desk) -> None:
    """Closed too early, opened again, still at work."""
    incident = desk.report(
        desk.outlet("华园机械", "wechat-channels"), "hijacked", "视频号发布陌生直播预告",
        "昨晚起出现 2 条游戏直播预告，不是我们发的。", desk.at(9, 19, 30),
    )  # fmt: skip
    actions.climb_ladder(desk.at(9, 19, 46))
    done = desk.answer(incident, "已找回账号，改口令并退出其他设备，删除预告。", after=21)
    desk.close(done, "账号已收回。", "账号口令由在编教师保管，绑定办公手机。", 14)
    again = actions.reopen_incident(
        Incident.objects.get(pk=done.pk), reason="又出现同类预告，绑定手机仍是已毕业学生的号码。",
        by=desk.department, at=desk.at(2, 9),
    )  # fmt: skip
    desk.answer(again, "已向平台申请换绑，等平台审核。", after=10, cleared=False)


def _an_outage(desk: Desk) -> None:
    incident = desk.report(
        desk.outlet("教务处", "website"), "outage", "选课期间教务网打不开",
        "8 点起多人反映 502。", desk.at(6, 8, 5), source="probe",
    )  # fmt: skip
    done = desk.answer(incident, "网络中心扩容，8:41 恢复。", after=8, cleared=False)
    desk.close(done, "已恢复，选课时间顺延 1 小时。", "选课前一天压测并报网络中心备勤。", 4)


def _a_complaint(desk: Desk) -> None:
    """A letter that nobody has signed for yet."""
    incident = desk.report(
        desk.outlet("华园后勤"), "opinion", "宿舍停水引发集中吐槽",
        "微博同城话题 300 余条讨论，个别帖子夹带不实信息。", desk.at(3, 20, 15), source="superior",
    )  # fmt: skip
    done = desk.answer(incident, "已发布抢修进展，逐条回复留言。", after=18, cleared=False)
    desk.refer(done, "cyberspace", "其中 4 条不实信息请协调平台处理。", 3, "属地网信部门")


def _in_hand(desk: Desk) -> None:
    incident = desk.report(
        desk.outlet("华园招生"), "impersonation", "有人冒充招生办收「预录取费」",
        "考生家长转来聊天截图，对方用校徽头像。", desk.at(1, 16, 20), by=desk.colleague,
    )  # fmt: skip
    desk.answer(incident, "已在招生账号置顶提醒，收集收款码和聊天记录。", after=15, cleared=False)


def _just_now(desk: Desk) -> None:
    """What the duty officer has before her when the demo opens."""
    claimed = desk.report(
        desk.outlet("华园外语"), "wording", "推文把单位名称写错两处",
        "今天上午的推文标题和正文各一处。", desk.live(25),
    )  # fmt: skip
    by = desk.operator(desk.outlet("华园外语"))
    actions.acknowledge_incident(claimed, by=by, at=desk.live(19))
    desk.report(
        desk.outlet("华园园林"), "harmful", "菜单栏外链打开是博彩页面",
        "「校友服务」菜单指向的域名已经易主。", desk.live(4), source="patrol",
    )  # fmt: skip
    said = actions.PublicText(
        "harmful", "公众号评论里有人卖考试答案", "华园大学公众号昨天推文的评论区。",
        contact_name="一位家长",
    )  # fmt: skip
    actions.receive_public_report(said, token=UUID(int=2026), sender="demo", at=desk.live(9))


def picture_bytes(seed: int) -> bytes:
    """A small grey picture with bars, as a screenshot stands in a demo."""
    wide, high = 96, 60
    rows = b"".join(
        b"\x00" + bytes(200 if (y // 8 + seed) % 3 else 120 for _ in range(wide))
        for y in range(high)
    )
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
