"""Where a fake can be reported, and what each place asks for. Data, no deeds.

Sources (domain.md 6): WeChat's 侵权投诉 and 12377's conditions as published; Weibo's and Douyin's are
general knowledge, marked 参照: what the form on their page asks for goes before this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from meice.impersonations.models.words import PaperKind


class Field(StrEnum):
    """What of a docket a channel's form asks for; the value is the word of the form."""

    NAME = "昵称"
    ID = "账号ID或UID"
    URL = "主页链接"
    VERIFIED = "认证主体"
    PLACE = "IP属地"
    IMITATED = "被仿冒的名称"
    OFFICIAL = "官方账号的台账编号"
    FACTS = "事实陈述"
    HARM = "危害"
    BASIS = "法律依据"
    DEMANDS = "诉求"
    CONTACT = "联系人和联系电话"
    OWNER = "备案主体或域名注册人"
    ADDRESS = "服务器IP"


P, F = PaperKind, Field


@dataclass(frozen=True, slots=True)
class Channel:
    """One place: what it needs, what it may want besides, and in how many working days it answers.

    `screenshots`: pictures of the account. `offline`: shown there and never kept here.
    """

    key: str
    label: str
    where: str
    days: int
    needs: tuple[Field, ...]
    papers: tuple[PaperKind, ...]
    wishes: tuple[Field, ...] = ()
    platforms: frozenset[str] = frozenset()
    screenshots: int = 1
    offline: str = ""
    is_reference: bool = False

    def fits(self, platform: str) -> bool:
        """Is it a place for accounts of this platform? Authorities take all."""
        return not self.platforms or platform in self.platforms


CHANNELS: tuple[Channel, ...] = (
    Channel(
        "wechat",
        "微信（侵权投诉）",
        "微信公众平台页脚“侵权投诉”，三步：投诉内容、主体资料、预览；个人号、群在客户端里“投诉—侵权”",
        7,
        (F.NAME, F.ID, F.IMITATED, F.FACTS, F.DEMANDS, F.CONTACT),
        (P.LICENSE, P.NOTICE, P.RIGHTS),
        (F.URL, F.VERIFIED),
        frozenset({"wechat", "wechat-channels", "mini-program", "wechat-group"}),
    ),
    Channel(
        "weibo",
        "微博（举报仿冒）",
        "微博客户端或网页“举报—冒充我”，复杂的走客服 kefu.weibo.com；记下受理单号",
        3,
        (F.NAME, F.URL, F.IMITATED, F.FACTS, F.CONTACT),
        (P.LICENSE, P.STAMPED),
        (F.ID, F.VERIFIED, F.PLACE),
        frozenset({"weibo"}),
        is_reference=True,
    ),
    Channel(
        "douyin",
        "抖音（冒充举报、企业维权）",
        "抖音客户端主页“举报—冒充他人或机构”，机构走侵权投诉页",
        7,
        (F.NAME, F.ID, F.URL, F.IMITATED, F.FACTS, F.DEMANDS, F.CONTACT),
        (P.LICENSE, P.PROXY, P.STAMPED, P.RIGHTS),
        (F.VERIFIED, F.PLACE),
        frozenset({"douyin", "toutiao"}),
        offline="经办人身份证明在平台上出示，不存入本系统",
        is_reference=True,
    ),
    Channel(
        "platform",
        "其他平台的投诉渠道",
        "账号主页的“举报”，或平台公布的侵权投诉邮箱、页面",
        15,
        (F.NAME, F.URL, F.IMITATED, F.FACTS, F.DEMANDS, F.CONTACT),
        (P.LICENSE, P.STAMPED),
        (F.ID, F.VERIFIED),
        is_reference=True,
    ),
    Channel(
        "12377",
        "中央网信办举报中心（12377）",
        "www.12377.cn 网络侵权举报",
        10,
        (F.NAME, F.URL, F.IMITATED, F.FACTS, F.BASIS, F.DEMANDS, F.CONTACT),
        (P.LICENSE, P.STAMPED, P.PROXY),
        (F.ID, F.HARM),
        offline="经办人身份证明和真实性声明在举报页上提交，不存入本系统",
    ),
    Channel(
        "cac",
        "属地网信部门",
        "公函送属地网信办，附案卷",
        15,
        (F.NAME, F.URL, F.IMITATED, F.FACTS, F.HARM, F.BASIS, F.DEMANDS, F.CONTACT),
        (P.STAMPED,),
        (F.ID, F.OWNER, F.ADDRESS),
        is_reference=True,
    ),
    Channel(
        "police",
        "公安网安部门",
        "保卫处报属地派出所或网安大队；涉嫌诈骗的同时拨打 110 或 96110",
        15,
        (F.NAME, F.URL, F.FACTS, F.HARM, F.BASIS, F.CONTACT),
        (P.STAMPED, P.LICENSE),
        (F.ID, F.OWNER, F.ADDRESS, F.PLACE),
        screenshots=2,
        is_reference=True,
    ),
    Channel(
        "education",
        "省教育厅",
        "按省教育厅的报送要求",
        15,
        (F.NAME, F.URL, F.IMITATED, F.FACTS, F.DEMANDS, F.CONTACT),
        (P.STAMPED,),
        (F.ID,),
        is_reference=True,
    ),
)
CHANNEL_BY_KEY: Mapping[str, Channel] = {channel.key: channel for channel in CHANNELS}

BASIS = "《中华人民共和国民法典》（名称权）；《互联网用户账号信息管理规定》第八条。"
"""What a request rests on unless somebody writes better."""


def channels_for(platform: str) -> list[Channel]:
    """The places for a docket of this platform, its own complaint page first."""
    own = [one for one in CHANNELS if one.platforms and one.fits(platform)]
    general = [one for one in CHANNELS if not one.platforms]
    return own + [one for one in general if not (own and one.key == "platform")]
