"""What can happen, how grave it is, where it comes from, who it is passed to: tables, with sources.

The school's own plan may grade differently: the minutes of each grade are settings (`TERMS`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from meice.orgs.roles import Role


class Severity(models.TextChoices):
    """Four grades, 参照《国家突发公共事件总体应急预案》; the gravest first."""

    EXTREME = "extreme", "特别重大"
    GRAVE = "grave", "重大"
    SERIOUS = "serious", "较大"
    ORDINARY = "ordinary", "一般"


class IncidentKind(models.TextChoices):
    """The classes of incidents; what each means stands in `CLASSES`."""

    HARMFUL = "harmful", "违法有害信息"
    WORDING = "wording", "严重表述错误"
    LEAK = "leak", "失泄密"
    PRIVACY = "privacy", "个人信息泄露"
    TAMPERED = "tampered", "页面被篡改、挂马、暗链"
    HIJACKED = "hijacked", "账号被盗用或失控"
    OUTAGE = "outage", "网站或服务中断"
    OPINION = "opinion", "负面舆情"
    RUMOUR = "rumour", "网络谣言、不实信息"
    IMPERSONATION = "impersonation", "假冒账号正在行骗"
    RIGHTS = "rights", "侵权投诉"
    OTHER = "other", "其他"


class IncidentSource(models.TextChoices):
    """Who saw it first."""

    PERSON = "person", "校内人员"
    PATROL = "patrol", "内容巡查"
    PROBE = "probe", "探测"
    PUBLIC = "public", "公开举报"
    SUPERIOR = "superior", "上级通报"


class Office(models.TextChoices):
    """To whom an incident is passed (notice 三（六）; domain 6)."""

    PUBLICITY = "publicity", "宣传部"
    GUARD = "guard", "保卫处"
    NETWORK = "network", "信息化部门"
    CYBERSPACE = "cyberspace", "网信部门"
    POLICE = "police", "公安机关"


OUTSIDE = frozenset({Office.CYBERSPACE, Office.POLICE})
"""Letters to these leave the house: only the department (and security for its classes) writes."""
READERS: Mapping[str, Role] = {
    Office.PUBLICITY: Role.DEPARTMENT,
    Office.GUARD: Role.SECURITY,
    Office.NETWORK: Role.SECURITY,
}
"""Whose inbox a letter inside the house reaches."""


@dataclass(frozen=True, slots=True)
class IncidentClass:
    """One class: is it content that has to go within the hour, do the security offices see it,
    what is usually grave, what is done first, and where that is written."""

    kind: IncidentKind
    severity: Severity
    first: str
    source: str
    is_harmful: bool = False
    is_security: bool = False


_HOUR = "网络值班通行做法：锁定、截屏、登记，1 小时内清除"
_VETO = "参照国办秘函〔2019〕19号 单项否决"
CLASSES: tuple[IncidentClass, ...] = (
    IncidentClass(
        IncidentKind.HARMFUL, Severity.GRAVE, "截屏留证，隐藏或删除，保留后台原始记录。",
        f"{_VETO}③；{_HOUR}", is_harmful=True,
    ),
    IncidentClass(
        IncidentKind.WORDING, Severity.GRAVE, "截屏留证，撤下改正，查转载。",
        f"{_VETO}①；{_HOUR}", is_harmful=True,
    ),
    IncidentClass(
        IncidentKind.LEAK, Severity.EXTREME,
        "先断开、撤下，当面或按保密渠道报保密办；系统里不写涉密内容。",
        f"{_VETO}②；通知 二（四）保密关", is_harmful=True, is_security=True,
    ),
    IncidentClass(
        IncidentKind.PRIVACY, Severity.SERIOUS, "撤下页面和附件，清缓存，查已下载的人。",
        "个人信息保护法 57；教育部 2017 年紧急通知", is_harmful=True, is_security=True,
    ),
    IncidentClass(
        IncidentKind.TAMPERED, Severity.GRAVE, "断网或切静态页，保留现场和日志，再恢复。",
        f"{_VETO}④；网络安全法", is_harmful=True, is_security=True,
    ),
    IncidentClass(
        IncidentKind.HIJACKED, Severity.GRAVE, "找回账号、改口令、退出其他登录，查已发内容。",
        "通知 三（五）", is_harmful=True, is_security=True,
    ),
    IncidentClass(
        IncidentKind.OUTAGE, Severity.ORDINARY, "确认范围，告知用户，联系运维恢复。",
        "参照国办秘函〔2019〕19号 站点无法访问", is_security=True,
    ),
    IncidentClass(
        IncidentKind.OPINION, Severity.SERIOUS, "不争辩、不删评；核实事实，统一口径，报宣传部。",
        "通知 三（六）",
    ),
    IncidentClass(
        IncidentKind.RUMOUR, Severity.SERIOUS, "核实事实，留证，拟回应口径。", "通知 三（六）",
    ),
    IncidentClass(
        IncidentKind.IMPERSONATION, Severity.SERIOUS, "留证，在官方账号提醒，同时走假冒账号流程。",
        "通知 一（二）", is_security=True,
    ),
    IncidentClass(
        IncidentKind.RIGHTS, Severity.ORDINARY, "核对授权，先撤下再回复权利人。", "通知 二（三）",
    ),
    IncidentClass(IncidentKind.OTHER, Severity.ORDINARY, "核实情况，留证。", "通知 三（六）"),
)  # fmt: skip
CLASS_OF: Mapping[str, IncidentClass] = {one.kind.value: one for one in CLASSES}
SECURITY_KINDS = frozenset(one.kind for one in CLASSES if one.is_security)
