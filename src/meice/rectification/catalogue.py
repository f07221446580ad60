"""问题目录: the problem classes of the notice and those of security, as data.

Sources: notice 一（一）, 一（二）, 二（四）, 三（一）, 三（五）; words of annex 1 column 6 (annexes.md).
The severity is a proposal: whoever writes the order may choose another, with the order's deadline.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models


class Severity(models.TextChoices):
    """How soon it must be mended; the working days are settings (`workflow.TERMS`)."""

    VETO = "veto", "严重"
    MAJOR = "major", "较重"
    MINOR = "minor", "一般"


@dataclass(frozen=True, slots=True)
class Problem:
    """One class: `label` as the notice says it, `annex_word` as annex 1 column 6 writes it,
    `demand` the proposed 整改要求; `is_security` classes are shown to security people too; `also` are
    other words for it that units write."""

    code: str
    label: str
    annex_word: str
    clause: str
    severity: Severity
    demand: str
    is_security: bool = False
    also: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Every way in which a sheet may say it."""
        return frozenset((self.annex_word, self.label, *self.also))


RECTIFY, MERGE, REVIEW, MANAGE, SAFE = (
    "通知 一（二）", "通知 一（一）", "通知 二（四）", "通知 三（一）", "通知 三（五）",
)  # fmt: skip
VETO, MAJOR, MINOR = Severity.VETO, Severity.MAJOR, Severity.MINOR

CATALOGUE: tuple[Problem, ...] = (
    Problem("stale", "长期不更新（僵尸）", "无更新", RECTIFY, MAJOR,
            "恢复正常更新；确无必要继续运营的，办理注销并报备。",
            also=("长期不更新", "内容长期不更新", "僵尸号", "僵尸网站", "僵尸账号")),
    Problem("inaccurate", "信息发布不准确", "信息发布不准确", RECTIFY, MAJOR,
            "更正或撤下不准确的信息，查明原因，完善发布前核对。"),
    Problem("unresponsive", "互动回应不及时", "互动回应不及时", RECTIFY, MAJOR,
            "逐条回应，建立回应时限制度。"),
    Problem("mismanaged", "运维管理不规范", "运维管理不规范", RECTIFY, MAJOR,
            "补齐管理制度和责任人，按制度运维。"),
    Problem("unreviewed", "审核机制不健全", "审核机制不健全", REVIEW, MAJOR,
            "建立三审三校制度，先审后发，留存审核记录。"),
    Problem("identity", "内容与认证身份不符", "与认证身份不符", RECTIFY, MAJOR,
            "清理与认证身份不符的内容，按单位职能发布。",
            also=("发布内容与官方认证身份不符", "发布内容与认证身份不符")),
    Problem("overlap", "职能相近应整合", "职能相近应整合", MERGE, MINOR,
            "提出整合方案，保留一个，其余办理注销并报备。"),
    Problem("uncancelled", "停用未注销", "停用未注销", MERGE, MAJOR,
            "在平台办理注销，报注销备案并附注销证明。"),
    Problem("unregistered", "未登记备案", "未登记备案", RECTIFY, MAJOR,
            "补报开设备案；不再使用的办理注销。"),
    Problem("unreachable", "网站无法访问", "网站无法访问", SAFE, MAJOR,
            "恢复访问；不再使用的办理注销并关停域名。", True),
    Problem("privacy", "泄露个人信息", "泄露个人信息", SAFE, VETO,
            "立即撤下或脱敏，排查附件和历史信息，说明影响范围。", True),
    Problem("secrecy", "疑似涉密信息", "疑似涉密信息", SAFE, VETO,
            "立即断开访问，报保密部门研判，不得自行传播。", True),
    Problem("tampering", "网页被篡改或植入暗链", "网页被篡改", SAFE, VETO,
            "立即断网清除，查明入侵途径并加固，恢复后再上线。", True),
    Problem("gambling", "链接或发布违法不良信息", "违法不良信息", SAFE, VETO,
            "立即清除链接和内容，逐页排查。", True),
    Problem("exposure", "目录或备份文件外露", "目录或备份文件外露", SAFE, VETO,
            "关闭目录浏览，移走备份文件，检查是否已被下载。", True),
    Problem("transport", "传输和证书不安全", "证书不安全", SAFE, MINOR,
            "更换有效证书，启用 HTTPS，停用旧协议。", True),
    Problem("dead-links", "链接失效、栏目空白", "链接失效", RECTIFY, MINOR,
            "更正或撤下失效链接和空白栏目。"),
    Problem("off-campus", "双非网站（校外地址或域名）", "双非网站", SAFE, MAJOR,
            "迁入校园网和学校域名，统一管理；逾期停止解析。", True),
    Problem("marks", "备案标志缺失或不符", "备案标志缺失", MANAGE, MINOR,
            "在首页底部标明 ICP 备案号和公安备案号，并与台账一致。"),
    Problem("other", "其他问题", "其他问题", RECTIFY, MAJOR, "按问题说明整改。"),
)  # fmt: skip

PROBLEMS: Mapping[str, Problem] = {problem.code: problem for problem in CATALOGUE}
CHOICES: list[tuple[str, str]] = [(problem.code, problem.label) for problem in CATALOGUE]
SECURITY_CODES = frozenset(problem.code for problem in CATALOGUE if problem.is_security)
WORDS: Mapping[str, frozenset[str]] = {problem.annex_word: problem.words for problem in CATALOGUE}


def code_of(word: str) -> str:
    """The class of a problem as annex 1 writes it; `other` for words the catalogue lacks."""
    return next((problem.code for problem in CATALOGUE if word in problem.words), "other")
