"""The words of manuscripts: states, forms, classes, lanes, gates; each with its look."""

from collections.abc import Mapping

from django.db import models

from meice.web.tones import Look, Tone


class ManuscriptStatus(models.TextChoices):
    """Where a manuscript stands; the way between is in `workflow.py`."""

    DRAFT = "draft", "草稿"
    REVIEWING = "reviewing", "审校中"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "待授权发布"
    PUBLISHED = "published", "已发布"
    CORRECTING = "correcting", "更正中"
    CORRECTED = "corrected", "已更正"
    WITHDRAWN = "withdrawn", "已撤稿"
    DROPPED = "dropped", "作废"


MANUSCRIPT_LOOKS = {
    ManuscriptStatus.DRAFT: Look("草稿", icon="pencil", tone=Tone.IDLE),
    ManuscriptStatus.REVIEWING: Look("审校中", icon="pencil-check", tone=Tone.INFO),
    ManuscriptStatus.RETURNED: Look("退回", icon="corner-up-left", tone=Tone.WARN),
    ManuscriptStatus.APPROVED: Look("待授权发布", icon="clock", tone=Tone.INFO),
    ManuscriptStatus.PUBLISHED: Look("已发布", icon="circle-check", tone=Tone.GOOD),
    ManuscriptStatus.CORRECTING: Look("更正中", icon="pencil", tone=Tone.WARN),
    ManuscriptStatus.CORRECTED: Look("已更正", icon="pencil", tone=Tone.WARN),
    ManuscriptStatus.WITHDRAWN: Look("已撤稿", icon="circle-x", tone=Tone.BAD),
    ManuscriptStatus.DROPPED: Look("作废", icon="circle-x", tone=Tone.IDLE),
}
IN_HAND = (ManuscriptStatus.DRAFT, ManuscriptStatus.RETURNED, ManuscriptStatus.CORRECTING)
"""With its author: may be written on."""
OUT = (ManuscriptStatus.PUBLISHED, ManuscriptStatus.CORRECTED)
"""Stands before the public, as approved."""


class ReviewStatus(models.TextChoices):
    """Where one stage of the chain stands."""

    PENDING = "pending", "未到"
    OPEN = "open", "待认领"
    CLAIMED = "claimed", "审校中"
    PASSED = "passed", "通过"
    RETURNED = "returned", "退回作者"
    VOID = "void", "未用"


REVIEW_LOOKS = {
    ReviewStatus.PENDING: Look("未到", icon="circle-dashed", tone=Tone.IDLE),
    ReviewStatus.OPEN: Look("待认领", icon="clock", tone=Tone.INFO),
    ReviewStatus.CLAIMED: Look("审校中", icon="pencil-check", tone=Tone.INFO),
    ReviewStatus.PASSED: Look("通过", icon="circle-check", tone=Tone.GOOD),
    ReviewStatus.RETURNED: Look("退回作者", icon="corner-up-left", tone=Tone.WARN),
    ReviewStatus.VOID: Look("未用", icon="circle-minus", tone=Tone.IDLE),
}


class ContentForm(models.TextChoices):
    """Forms of content (通知 二（五）); counted, never ranked."""

    ARTICLE = "article", "图文"
    GRAPHIC = "graphic", "图解"
    AUDIO = "audio", "音频"
    VIDEO = "video", "视频"
    H5 = "h5", "H5"
    VR = "vr", "VR"
    LIVE = "live", "直播"


class ContentClass(models.TextChoices):
    """分级: how far up the chain goes."""

    GENERAL = "general", "一般稿件"
    IMPORTANT = "important", "重要稿件"
    SENSITIVE = "sensitive", "敏感稿件"


class Lane(models.TextChoices):
    """How soon: the urgent lane has shorter terms and all signatures."""

    NORMAL = "normal", "常规"
    PRIORITY = "priority", "优先"
    URGENT = "urgent", "急稿"


class Origin(models.TextChoices):
    """Whose text it is."""

    ORIGINAL = "original", "原创"
    REPOST = "repost", "转载"


class Intelligence(models.TextChoices):
    """AI 声明."""

    NONE = "none", "不含 AI 生成内容"
    ASSISTED = "assisted", "AI 辅助，已人工核对"
    GENERATED = "generated", "含 AI 生成内容，已标识"


class Minors(models.TextChoices):
    """Are people under age shown or named?"""

    NONE = "none", "不涉及未成年人"
    CONSENT = "consent", "涉及，监护人已书面同意"
    BLURRED = "blurred", "涉及，已隐去身份和面部"


class Gate(models.TextChoices):
    """五关."""

    POLITICS = "politics", "政治关"
    LAW = "law", "法律关"
    POLICY = "policy", "政策关"
    SECRECY = "secrecy", "保密关"
    WRITING = "writing", "文字关"


GATE_HINTS: Mapping[str, str] = {
    Gate.POLITICS: "表述、称谓、排序",
    Gate.LAW: "版权、授权、肖像",
    Gate.POLICY: "与现行政策一致",
    Gate.SECRECY: "不涉密，不泄露个人信息",
    Gate.WRITING: "文字、标点、数字、事实",
}


class Secret(models.TextChoices):
    """保密自查五项; a yes makes the manuscript a sensitive one."""

    STATE = "state", "国家秘密或内部敏感信息"
    PROGRESS = "progress", "涉密科研项目的进度"
    RESULTS = "results", "涉密成果的资料、图纸、照片"
    ABROAD = "abroad", "涉外、军工合作"
    OTHER = "other", "其他不宜公开的内容"


class Outcome(models.TextChoices):
    """What a look at the published page saw."""

    SAME = "same", "与审定稿一致"
    DIFFERS = "differs", "机器：与审定稿不一致"
    GONE = "gone", "机器：原网址已没有这篇"
    UNKNOWN = "unknown", "未知"


OUTCOME_LOOKS = {
    Outcome.SAME: Look("与审定稿一致", icon="circle-check", tone=Tone.GOOD),
    Outcome.DIFFERS: Look("机器：与审定稿不一致", icon="robot", tone=Tone.CLAIM),
    Outcome.GONE: Look("机器：原网址已没有这篇", icon="robot", tone=Tone.CLAIM),
    Outcome.UNKNOWN: Look("未知", icon="help-circle", tone=Tone.UNKNOWN),
}
