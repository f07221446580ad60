"""The words of findings: states, weights, origins, classes; each with its look."""

from collections.abc import Mapping

from django.db import models

from meice.engines.webprobe.findings import CODE_NAMES, Code
from meice.web.tones import Look, Tone


class FindingStatus(models.TextChoices):
    """Where a finding stands; the way between is in `workflow.py`."""

    FOUND = "found", "待核实"
    HALF = "half", "1/2 已核实"
    LOOKING = "looking", "等再看一次"
    RECURRED = "recurred", "再次出现"
    CONFIRMED = "confirmed", "属实"
    ORDERED = "ordered", "整改中"
    CLOSED = "closed", "已销号"
    DISMISSED = "dismissed", "不属实"
    LAPSED = "lapsed", "没再看到"


FINDING_LOOKS = {
    FindingStatus.FOUND: Look("待核实", icon="microscope", tone=Tone.CLAIM),
    FindingStatus.HALF: Look("1/2 已核实", icon="users", tone=Tone.WARN),
    FindingStatus.LOOKING: Look("等再看一次", icon="refresh", tone=Tone.INFO),
    FindingStatus.RECURRED: Look("再次出现", icon="refresh-alert", tone=Tone.CLAIM),
    FindingStatus.CONFIRMED: Look("属实", icon="alert-octagon", tone=Tone.BAD),
    FindingStatus.ORDERED: Look("整改中", icon="tool", tone=Tone.INFO),
    FindingStatus.CLOSED: Look("已销号", icon="circle-check", tone=Tone.GOOD),
    FindingStatus.DISMISSED: Look("不属实", icon="user-x", tone=Tone.IDLE),
    FindingStatus.LAPSED: Look("没再看到", icon="circle-dashed", tone=Tone.IDLE),
}
OPEN = (FindingStatus.FOUND, FindingStatus.RECURRED, FindingStatus.HALF)
"""Waits for a person's verdict."""
STANDING = (FindingStatus.CONFIRMED, FindingStatus.ORDERED)
"""A person has said so, and it is not mended yet."""


class Severity(models.TextChoices):
    """How heavy; `veto` (单项否决) is decided by two different persons."""

    VETO = "veto", "单项否决"
    MAJOR = "major", "较重"
    MINOR = "minor", "一般"
    INFO = "info", "提示"


WEIGHTS: Mapping[str, int] = {severity.value: at for at, severity in enumerate(Severity)}
SEVERITY_LOOKS = {
    Severity.VETO: Look("单项否决", icon="alert-triangle", tone=Tone.WARN),
    Severity.MAJOR: Look("较重", icon="alert-triangle", tone=Tone.WARN),
    Severity.MINOR: Look("一般", icon="circle-minus", tone=Tone.IDLE),
    Severity.INFO: Look("提示", icon="circle-minus", tone=Tone.IDLE),
}
"""No claim is ever red (design 1.2)."""


class Judgement(models.TextChoices):
    """What a person says of a claim."""

    CONFIRM = "confirm", "属实"
    DISMISS = "dismiss", "不属实"


class Origin(models.TextChoices):
    """Who claims it."""

    PROBE = "probe", "网站探测"
    ACTIVITY = "activity", "活跃度"
    DISCOVERY = "discovery", "未登记发现"
    COMPLIANCE = "compliance", "合规档案"
    SELF_CHECK = "self-check", "单位自查"
    SPOT_CHECK = "spot-check", "抽查"
    CIRCULAR = "circular", "上级通报"

    @property
    def is_machine(self) -> bool:
        """A claim of the machine: dashed, in ink, never red."""
        return self in (Origin.PROBE, Origin.ACTIVITY, Origin.DISCOVERY, Origin.COMPLIANCE)


MANUAL = (Origin.SPOT_CHECK, Origin.CIRCULAR)
"""Recorded by the department on a page of this room."""

CODE_TITLES: Mapping[str, str] = {
    **{code.value: name for code, name in CODE_NAMES.items()},
    "zombie": "疑似僵尸账号",
    "unregistered": "疑似未登记",
}
SECURITY_CODES = frozenset(
    {
        Code.TLS_EXPIRED, Code.TLS_EXPIRING, Code.TLS_NAME, Code.TLS_CHAIN, Code.TLS_OLD,
        Code.HTTP_ONLY, Code.MIXED_CONTENT, Code.HEADER_MISSING, Code.PERSONAL_DATA,
        Code.SECRET_MARK, Code.HIDDEN_LINK, Code.CLOAKING, Code.GAMBLING_TEXT,
        Code.HIJACKED_DOMAIN, Code.LISTING_EXPOSED, Code.BACKUP_EXPOSED, Code.OFF_CAMPUS,
        Code.TAMPERED,
    }
)  # fmt: skip
"""安全类: seen and verified by security people too (product.md, people)."""

PROBLEM_OF: Mapping[str, str] = {
    **dict.fromkeys((Code.STALE_HOME, Code.STALE_COLUMN, "zombie"), "stale"),
    **dict.fromkeys((Code.BLANK_COLUMN, Code.DEAD_LINK, Code.SOFT_404), "dead-links"),
    **dict.fromkeys((Code.UNREACHABLE, Code.SLOW), "unreachable"),
    **dict.fromkeys(
        (Code.TLS_EXPIRED, Code.TLS_EXPIRING, Code.TLS_NAME, Code.TLS_CHAIN, Code.TLS_OLD,
         Code.HTTP_ONLY, Code.MIXED_CONTENT, Code.HEADER_MISSING),
        "transport",
    ),
    **dict.fromkeys((Code.ICP_MISSING, Code.ICP_FORMAT, Code.POLICE_RECORD_MISSING), "marks"),
    **dict.fromkeys((Code.HIDDEN_LINK, Code.CLOAKING, Code.TAMPERED), "tampering"),
    **dict.fromkeys((Code.GAMBLING_TEXT, Code.HIJACKED_DOMAIN), "gambling"),
    **dict.fromkeys((Code.LISTING_EXPOSED, Code.BACKUP_EXPOSED), "exposure"),
    Code.PERSONAL_DATA: "privacy",
    Code.SECRET_MARK: "secrecy",
    Code.OFF_CAMPUS: "off-campus",
    "unregistered": "unregistered",
    **dict.fromkeys(("compliance-icp", "compliance-police"), "marks"),
    **dict.fromkeys(
        ("compliance-grade", "compliance-app-provider", "compliance-app-user",
         "compliance-domain", "compliance-contract"),
        "mismanaged",
    ),
    "compliance-certificate": "transport",
    "compliance-review": "unreviewed",
}  # fmt: skip
"""The class of the notice's problem catalogue that is proposed; the person may choose another."""
