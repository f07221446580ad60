"""The states of a docket and of a referral, and the lists people choose from."""

from django.db import models

from meice.web.tones import Look, Tone


class ImpersonationStatus(models.TextChoices):
    """Where a docket stands; the way between is in `workflow.py`."""

    REPORTED = "reported", "待受理"
    JUDGING = "judging", "取证研判"
    CONFIRMED = "confirmed", "已认定假冒"
    DISMISSED = "dismissed", "不是假冒"
    UNCLEAR = "unclear", "无法认定"
    APPLIED = "applied", "已申请关停"
    CLOSED = "closed", "已结案"
    WATCHED = "watched", "复查观察"
    RETURNED = "returned", "再次出现"


S = ImpersonationStatus
STATUS_LOOKS = {
    S.REPORTED: Look("待受理", icon="inbox", tone=Tone.INFO),
    S.JUDGING: Look("取证研判", icon="microscope", tone=Tone.INFO),
    S.CONFIRMED: Look("已认定假冒", icon="alert-octagon", tone=Tone.BAD),
    S.DISMISSED: Look("不是假冒", icon="circle-minus", tone=Tone.IDLE),
    S.UNCLEAR: Look("无法认定", icon="help-circle", tone=Tone.UNKNOWN),
    S.APPLIED: Look("已申请关停", icon="send", tone=Tone.WARN),
    S.CLOSED: Look("已结案", icon="circle-check", tone=Tone.GOOD),
    S.WATCHED: Look("复查观察", icon="eye", tone=Tone.GOOD),
    S.RETURNED: Look("再次出现", icon="alert-triangle", tone=Tone.BAD),
}
OPEN = (S.REPORTED, S.JUDGING, S.CONFIRMED, S.APPLIED, S.RETURNED)
"""The department has to act, or waits for a platform's answer."""
FAKE = (S.CONFIRMED, S.APPLIED, S.CLOSED, S.WATCHED, S.RETURNED)
"""A person has judged it a fake."""
SET_ASIDE = (S.DISMISSED, S.UNCLEAR)
"""A person has looked and did not confirm; the same account may be reported anew."""


class ReferralStatus(models.TextChoices):
    """What became of one request to one platform or authority."""

    SENT = "sent", "等答复"
    UPHELD = "upheld", "对方已处置"
    REJECTED = "rejected", "对方不处置"


REFERRAL_LOOKS = {
    ReferralStatus.SENT: Look("等答复", icon="clock", tone=Tone.INFO),
    ReferralStatus.UPHELD: Look("对方已处置", icon="circle-check", tone=Tone.GOOD),
    ReferralStatus.REJECTED: Look("对方不处置", icon="circle-x", tone=Tone.WARN),
}


class Source(models.TextChoices):
    """Who brought it."""

    UNIT = "unit", "单位举报"
    PUBLIC = "public", "公众举报"
    LEAD = "lead", "线索转来"
    CHECK = "check", "复查发现"


class Guise(models.TextChoices):
    """In which way it passes for ours (domain.md 6)."""

    SITE = "site", "假冒官网"
    ACCOUNT = "account", "假冒账号"
    BADGE = "badge", "冒用校名校徽"
    NAME = "name", "假借名义发布"
    FRESHMEN = "freshmen", "新生群"
    ADMISSIONS = "admissions", "招生诈骗"
    OTHER = "other", "其他"


class Demand(models.TextChoices):
    """What is asked for."""

    RENAME = "rename", "责令改名"
    REMOVE = "remove", "删除侵权内容"
    CLOSE = "close", "关停或封禁账号"
    BLOCK = "block", "断开链接或停止解析"
    PURSUE = "pursue", "追究责任"


class Outcome(models.TextChoices):
    """How a docket ended."""

    TAKEN_DOWN = "taken_down", "已关停"
    RENAMED = "renamed", "已改名或整改"
    REFUSED = "refused", "平台不处置"
    GONE = "gone", "自行消失"


class PaperKind(models.TextChoices):
    """Papers that platforms ask for. Copies of identity cards are shown there, never kept here."""

    LICENSE = "license", "主体资格证明"
    PROXY = "proxy", "授权委托书"
    STAMPED = "stamped", "盖章的关停申请"
    NOTICE = "notice", "盖章的侵权投诉通知书"
    RIGHTS = "rights", "权属证明"
    OTHER = "other", "其他材料"


class Seen(models.TextChoices):
    """What a re-check found."""

    GONE = "gone", "没有再出现"
    BACK = "back", "又出现了"
    UNKNOWN = "unknown", "看不了"


SEEN_LOOKS = {
    Seen.GONE: Look("没有再出现", icon="circle-check", tone=Tone.GOOD),
    Seen.BACK: Look("又出现了", icon="alert-triangle", tone=Tone.BAD),
    Seen.UNKNOWN: Look("看不了", icon="help-circle", tone=Tone.UNKNOWN),
}
