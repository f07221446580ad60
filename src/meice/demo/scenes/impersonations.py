"""Room impersonations: a month of fakes, each at another place of its way.

The accounts, the pages and the papers are invented; the demo asks nothing of the network.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.utils import timezone

from meice.demo.stage import Stage
from meice.demo.university import NAME
from meice.evidence.models import EvidenceKind
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.impersonations import actions
from meice.impersonations.actions.gathering import ask_capture, finish_capture
from meice.impersonations.actions.looking import Piece, Sight
from meice.impersonations.actions.settings import set_setting
from meice.impersonations.models import Impersonation, Referral
from meice.impersonations.workflow import SettingName
from meice.orgs.models import User
from meice.registry.models import Outlet

PURPOSE = "impersonation"
PAPERS = (("license", "事业单位法人证书.pdf"), ("stamped", "关停申请盖章件.pdf"))
MORE = (("notice", "侵权投诉通知书盖章件.pdf"), ("rights", "校名使用说明.pdf"))
PAGE = (
    "<!doctype html><meta charset=utf-8><title>华园大学招生网</title><h1>华园大学（招生专题）</h1>"
    "<p>定向名额，报名费 3000 元，内部渠道。</p>"
)
HEAD = (
    "最终网址：http://www.hydx-zsb.example/\nHTTP/1.1 200\ncontent-type: text/html; charset=utf-8\n"
)


class Hands:
    """Who acts, and the clock of the story: so many days before the day the demo opens."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.by, self.colleague = stage.people["liangwb"], stage.people["linzt"]

    def at(self, days: int, hour: int = 10) -> datetime:
        """An hour, so many days ago."""
        moment = timezone.make_aware(datetime.combine(self.day(days), time(hour)))
        return moment

    def day(self, days: int) -> date:
        """The day, so many days ago."""
        return self.stage.today - timedelta(days=days)

    def report(
        self, text: actions.DocketText, who: str, unit: str, days: int, pictures: int = 1
    ) -> Impersonation:
        """By a person of a unit, with so many screenshots."""
        by = self.stage.people[who]
        proofs = [
            (picture(f"截图{number}.png", by, f"{text.name}{number}"), EvidenceKind.SCREENSHOT)
            for number in range(1, pictures + 1)
        ]
        said = replace(text, found_on=self.day(days), contact_name=by.name)
        made = actions.report_impersonation(
            said, unit=self.stage.units[unit], by=by, at=self.at(days), proofs=proofs
        )
        return made.docket

    def judge(self, docket: Impersonation, reason: str, days: int) -> Impersonation:
        """Taken up and confirmed the next day."""
        actions.accept_docket(docket, by=self.by, at=self.at(days, 14))
        return actions.confirm_docket(docket, reason=reason, by=self.by, at=self.at(days - 1))

    def papers(self, docket: Impersonation, kinds: tuple[tuple[str, str], ...], days: int) -> None:
        """What platforms ask for, scanned."""
        for kind, name in kinds:
            content = BytesIO(f"%PDF-1.4 {docket.pk} {name}".encode())
            stored = keep_file(content, name=name, by=self.by, purpose=PURPOSE)
            actions.upload_evidence(
                docket, [stored], kind=EvidenceKind.DOCUMENT, by=self.by, at=self.at(days, 11),
                paper=kind,
            )  # fmt: skip

    def refer(self, docket: Impersonation, channel: str, ticket: str, days: int) -> Referral:
        """Sent to one place."""
        return actions.refer_docket(
            docket, channel, sent_on=self.day(days), by=self.by, at=self.at(days, 15),
            ticket=ticket, note="其余材料已在对方页面另行提交",
        )  # fmt: skip


def play(stage: Stage) -> None:
    """One that was closed and is due to be looked at, one that came back, and those under way."""
    hands = Hands(stage)
    for switch in (SettingName.PUBLIC_REPORT, SettingName.PUBLIC_LIST):
        set_setting(switch, 1, by=hands.by)
    _taken_down(hands)
    _came_back(hands)
    _declined(hands)
    _to_be_sent(hands)
    _no_fake(hands)
    _site(hands)
    _fresh(hands)


def _said(platform: str, name: str, facts: str, **given: object) -> actions.DocketText:
    words = {
        "platform": platform, "name": name, "facts": facts, "found_on": date(2000, 1, 1),
        "demands": ["close"], "contact_phone": "020-80000010", "found_how": "师生反映", **given,
    }  # fmt: skip
    return actions.DocketText(**words)  # type: ignore[arg-type]


def _taken_down(hands: Hands) -> None:
    """WeChat closed it; three re-checks are due, the first one now."""
    text = _said(
        "wechat", "华園大学表白墙", "头像用校徽，收费发布消息，自称校团委运营。",
        account_id="hydx_bbq", permanent_id="gh_5c1a0e77b2d4", verified_as="个人",
        imitated=NAME, place="广东", harm="学生被诱导付费，误以为是学校行为。",
    )  # fmt: skip
    docket = hands.report(text, "panhr", "校团委", 45, pictures=2)
    docket = hands.judge(docket, "头像为校徽，简介写“校团委官方”，校团委确认没有这个号。", 45)
    hands.papers(docket, (*PAPERS, *MORE), 43)
    sent = hands.refer(docket, "wechat", "WX20260930771", 42)
    actions.uphold_referral(
        sent, answered_on=hands.day(37), answer="已核实，账号已封禁", by=hands.by, at=hands.at(37)
    )
    docket = actions.close_docket(
        docket,
        outcome="taken_down",
        note="打开提示账号已停止使用",
        by=hands.by,
        at=hands.at(37, 11),
    )
    actions.publish_docket(docket, by=hands.by, at=hands.at(37, 12))


def _came_back(hands: Hands) -> None:
    """Gone by itself, and found again under another name at the re-check."""
    text = _said(
        "douyin", "华园大学校园卡办理", "冒用校名推销电话卡，要求新生提供身份证照片。",
        account_id="hyxyk01", guise="badge", imitated=NAME, place="湖南",
        harm="新生个人信息可能外泄。",
    )  # fmt: skip
    docket = hands.report(text, "hejm", "数信学院", 60)
    docket = hands.judge(docket, "视频里用校徽和校门照片，后勤处没有委托任何人办卡。", 60)
    hands.papers(docket, PAPERS, 58)
    docket = actions.close_docket(
        docket, outcome="gone", note="主页已打不开，搜索不到", by=hands.by, at=hands.at(56)
    )
    comeback = actions.Comeback(
        platform="douyin", name="华园大学校园卡服务站", account_id="hyxyk_new"
    )
    actions.recheck_docket(
        docket, found="back", note="按“华园大学 校园卡”搜到同样的视频", by=hands.colleague,
        at=hands.at(6), comeback=comeback,
    )  # fmt: skip


def _declined(hands: Hands) -> None:
    """The platform declined, 12377 is being waited for; security was told of the fraud."""
    text = _said(
        "weibo", "华园大学招生咨询", "私信考生称可加分录取，收取定金。", guise="admissions",
        account_id="hyzs2026", url="https://weibo.com/u/7999000001", imitated=NAME,
        harm="已有两名家长转账。", place="福建", followers="1.2万", demands=["close", "pursue"],
        opinion="情况属实，招生办从未授权。",
    )  # fmt: skip
    docket = hands.report(text, "suyq", "经管学院", 16, pictures=2)
    docket = hands.judge(docket, "招生办核实不是其账号；聊天截图里承诺加分并收款。", 16)
    hands.papers(docket, PAPERS, 14)
    sent = hands.refer(docket, "weibo", "WB-88231", 14)
    actions.reject_referral(
        sent, answered_on=hands.day(10), answer="未发现明显违规，建议走司法途径", by=hands.by,
        at=hands.at(10),
    )  # fmt: skip
    hands.refer(docket, "12377", "12377-0917", 9)
    actions.publish_docket(docket, by=hands.by, at=hands.at(9, 16))


def _to_be_sent(hands: Hands) -> None:
    """Confirmed this week; some papers are still missing."""
    outlet = Outlet.objects.standing().filter(name__startswith="华园", platform="wechat").first()
    text = _said(
        "xiaohongshu", "华囩大学考研学姐", "以学校研究生院名义卖“内部资料”。", guise="name",
        account_id="hykyxj", imitated=NAME, imitated_outlet=outlet, verified_as="未认证",
    )  # fmt: skip
    docket = hands.report(text, "hejm", "数信学院", 4)
    hands.judge(docket, "研究生院核实没有这个账号；售卖页写“华园大学官方资料”。", 3)


def _no_fake(hands: Hands) -> None:
    """Looks like one, and is none; and one that nobody can tell."""
    text = _said("wechat", "华园树洞", "收集学生投稿，有人说像校园墙。", account_id="hy_treehole")
    docket = hands.report(text, "panhr", "校团委", 20)
    actions.accept_docket(docket, by=hands.colleague, at=hands.at(20, 15))
    actions.dismiss_docket(
        docket, reason="是“华园街道”社区志愿者的账号，没有用校名校徽，与学校无关。",
        by=hands.by, at=hands.at(19),
    )  # fmt: skip
    text = _said(
        "qq-group", "2026级华园新生交流群", "群主自称辅导员，还没有收费。", guise="freshmen"
    )
    docket = hands.report(text, "panhr", "校团委", 11)
    actions.accept_docket(docket, by=hands.colleague, at=hands.at(11, 15))
    actions.doubt_docket(
        docket, reason="群已不能加入，截图看不出群主身份，证据不足。", by=hands.by, at=hands.at(9)
    )


def _site(hands: Hands) -> None:
    """A stranger has reported a site; the page was kept, the judgement is to come."""
    stranger = actions.Stranger(sender="0" * 32, name="一位家长")
    text = _said(
        "website", "华园大学招生网（假）", "网页让交 3000 元报名费。", guise="site",
        url="http://www.hydx-zsb.example/", contact_phone="", found_how="公众举报",
    )  # fmt: skip
    said = replace(text, found_on=hands.day(2))
    actions.report_publicly(said, stranger=stranger, at=hands.at(2, 9))
    docket = Impersonation.objects.get(url=said.url)
    actions.accept_docket(docket, by=hands.by, at=hands.at(2, 11))
    capture = ask_capture(docket, by=hands.by, at=hands.at(2, 11))
    pieces = (
        Piece(EvidenceKind.HTML, "网页.html", PAGE.encode(), "HTTP 200"),
        Piece(EvidenceKind.HEADERS, "响应头.txt", HEAD.encode()),
    )
    sight = Sight("已存网页和响应头（HTTP 200）", pieces, HEAD, docket.url, "203.0.113.45")
    finish_capture(capture, sight, at=hands.at(2, 11))


def _fresh(hands: Hands) -> None:
    """Came in this morning."""
    text = _said(
        "douyin", "华园数信考研互助", "冒用学院名义直播卖课。", account_id="hysx_ky", guise="name"
    )
    hands.report(text, "hejm", "数信学院", 0)


def picture(name: str, by: User, seed: str) -> StoredFile:
    """A small picture that is nobody's: a few bands of colour."""
    return keep_file(BytesIO(_png(seed)), name=name, by=by, purpose=PURPOSE)


def _png(seed: str, width: int = 240, height: int = 400) -> bytes:
    shade = zlib.crc32(seed.encode())
    colours = [((shade >> (8 * n)) & 255, 120 + 30 * n, 200 - 20 * n) for n in range(4)]
    rows = b"".join(
        b"\0" + bytes(colours[line * len(colours) // height]) * width for line in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check
