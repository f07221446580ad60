"""Who speaks where at the invented 华园大学: the accounts of forty units. Data, no deeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from meice.demo.university import DOMAIN, NAME
from meice.engines.outlets import PLATFORM_BY_KEY

SIGNS = {
    "网": "website", "微": "wechat", "视": "wechat-channels", "博": "weibo", "抖": "douyin",
    "头": "toutiao", "端": "app", "程": "mini-program", "B": "bilibili", "红": "xiaohongshu",
    "Q": "qq-official", "群": "wechat-group",
}  # fmt: skip
"""Twelve platforms, one sign each."""

FILED_LATER = "·"
"""The place of an account that the old ledger lacks: it comes by a filing (`filings.LAST_YEAR`)."""

# 简称 | latin code | common name | platforms; then further accounts as sign:name, and sign@holder:name
# for an account that somebody holds in an official capacity (职务账号).
LINES = """
华园大学 www 华园大学 网微视博抖头端程B红Q 博@校长:华园大学校长信箱
宣传部 news 华园新闻 网微视博抖头
保卫处 bwc 平安华园 网微视
审计处 sjc 华园审计 网
网络中心 nic 智慧华园 网微端程群
教务处 jwc 华园教务 网微程
学工处 xgc 华园学工 网微视Q
研究生院 yjs 华园研究生 网微群
人事处 rsc 华园人才 网微
科研处 kyc 华园科研 网微
招生办 zsb 华园招生 网微视抖红B
后勤处 hqc 华园后勤 网微·端
数信学院 sx 华园数信 网微抖B群 微:华园数信团学
人文学院 rw 华园人文 网微视博抖红 微:华园人文团学
外语学院 wy 华园外语 网微视抖红 微:华园外语团学
经管学院 jg 华园经管 网微视抖博群 微:华园经管团学 微:华园经管校友
马院 my 华园马院 网微视
电子学院 dz 华园电子 网微视· 微:华园电子团学
机械学院 jx 华园机械 网微视B群
材料学院 cl 华园材料 网微
生科院 sk 华园生科 网微视抖·
食品学院 sp 华园食品 网微视抖 微:华园食品团学
艺术学院 ys 华园艺术 网微视抖博B红
法学院 fx 华园法学 网微视博 博@院长:华园法学院长说法
公管学院 gg 华园公管 网微视 微:华园公管团学
体育学院 ty 华园体育 网微抖·
园林学院 yl 华园园林 网微·
国教学院 gj 华园国教 网微抖视 微:华园留学生之家
大数据中心 bd 华园大数据 网微
岭南院 ln 华园岭南 网微视头
能源所 ny 华园能源 网微
校团委 tw 华园青年 网微视博抖BQ群
校工会 gh 华园工会 网微
校友会 xy 华园校友 网微视程
图书馆 lib 华园图书馆 网微视抖红程
校医院 yy 华园校医院 网微程
档案馆 da 华园档案 网微
数信团委 sxtw 华园数信青年 微Q群
程序设计中心 cs 华园程序设计 网微B
经管实验中心 jgsy 华园经管实验 网微
"""

PURPOSES = {
    "website": "发布单位介绍、通知公告和办事指南",
    "wechat": "推送{unit}新闻、通知和师生故事",
    "wechat-channels": "发布{unit}活动短视频和讲座直播",
    "weibo": "发布{unit}即时消息，回应师生询问",
    "douyin": "发布{unit}短视频",
    "toutiao": "转发{unit}新闻和科普文章",
    "app": "{unit}移动端办事入口",
    "mini-program": "{unit}预约、查询和办理",
    "bilibili": "发布{unit}课程和活动视频",
    "xiaohongshu": "发布{unit}图文笔记",
    "qq-official": "面向学生推送{unit}通知",
    "wechat-group": "{unit}内部联络，不对外发布信息",
}
PACES = ("每日", "每周3次", "每周2次", "每周1次", "每月2次", "不定期")
PROBLEMS = ("长期不更新", "互动回应不及时", "运维管理不规范", "信息发布不准确")


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a unit (by its 简称); `place` counts all of them from 0."""

    place: int
    unit: str
    code: str
    name: str
    platform: str
    holder: str = ""
    second: bool = False

    @property
    def is_site(self) -> bool:
        """Has an address and an ICP number instead of a handle."""
        return self.platform == "website"


def accounts() -> Iterator[Account]:
    """All of them in the order of the lines."""
    place = 0
    for line in LINES.split("\n"):
        unit, code, nick, signs, *further = line.split() or ("",) * 4
        told = [(sign, "", _name(sign, unit, nick), False) for sign in signs]
        for words in further:
            head, _, name = words.partition(":")
            sign, _, holder = head.partition("@")
            told.append((sign, holder, name, True))
        for sign, holder, name, second in told:
            if sign != FILED_LATER:
                yield Account(place, unit, code, name, SIGNS[sign], holder, second)
            place += 1


def _name(sign: str, unit: str, nick: str) -> str:
    if sign == "网":
        return f"{unit}官网" if unit == NAME else f"{NAME}{unit}网站"
    return f"{nick}工作群" if sign == "群" else nick


def facts(account: Account, unit_name: str) -> dict[str, str]:
    """What a ledger says of the account itself, by the key of the register, as people write it.

    About one in ten lacks something, so that the list of gaps is not empty.
    """
    luck = Random(account.place)  # noqa: S311  invented data
    platform = PLATFORM_BY_KEY[account.platform]
    at, whole = account.place, account.unit == NAME
    said = {
        "name": account.name,
        "unit": unit_name,
        "platform": platform.name,
        "verified_as": NAME if platform.publishes and (whole or at % 23 != 11) else "",
        "opened_on": "" if at % 19 == 8 else f"{luck.randint(2012, 2024)}-0{luck.randint(1, 9)}-15",
        "frequency": luck.choice(PACES) if platform.publishes else "",
        "purpose": PURPOSES[account.platform].format(unit=account.unit),
        "interactive": "否" if account.is_site else "是",
        "has_review_system": "否" if at % 14 == 6 else "是",
        "outsourced": "是" if at % 29 == 9 else "否",
        "outsourced_to": "华园文化传播有限公司" if at % 29 == 9 else "",
        "publishes": "是" if platform.publishes else "否",
        "holder": "职务账号" if account.holder else "单位账号",
        "holder_person": account.holder,
        "status": "停用" if account.second and at % 4 == 1 else "在用",
    }
    return said | _identity(account, luck) | _found(account, luck)


def _identity(account: Account, luck: Random) -> dict[str, str]:
    """Address, handle, permanent id, number of followers."""
    if account.is_site:
        icp = "" if account.place % 9 == 4 else f"粤ICP备00000000号-{account.place + 1}"
        return {"url": f"https://{account.code}.{DOMAIN}/", "icp": icp}
    digest = hashlib.sha256(f"{account.platform}{account.name}".encode()).hexdigest()
    last = f"_{digest[:3]}" if account.second else ""
    permanent = f"gh_{digest[:12]}" if account.platform == "wechat" else ""
    if account.platform == "wechat-group":
        return {"account_id": f"hyu_{account.code}_group"}
    return {
        "account_id": f"hyu_{account.code}{last}",
        "permanent_id": permanent,
        "followers": str(luck.randint(3, 480) * (100 if account.unit == NAME else 17)),
    }


def _found(account: Account, luck: Random) -> dict[str, str]:
    """The self-found problems of annex 1: about one account in eleven has one."""
    if account.place % 11 != 7 or account.platform == "wechat-group":
        return {"problems": "无问题", "rectified": "-"}
    return {"problems": luck.choice(PROBLEMS), "rectified": luck.choice("是否")}
