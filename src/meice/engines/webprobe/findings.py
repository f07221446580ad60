"""What a check says: a claim of the machine, with evidence, never a verdict (contracts.md webprobe).

The codes and severities are the stable words of the JSON; their Chinese is in the tables below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """How heavy a finding weighs; ``veto`` is confirmed by two persons."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


class Code(StrEnum):
    """What was found. One file of ``checks`` for each."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    STALE_HOME = "stale-home"
    STALE_COLUMN = "stale-column"
    BLANK_COLUMN = "blank-column"
    DEAD_LINK = "dead-link"
    SOFT_404 = "soft-404"
    TLS_EXPIRED = "tls-expired"
    TLS_EXPIRING = "tls-expiring"
    TLS_NAME = "tls-name"
    TLS_CHAIN = "tls-chain"
    TLS_OLD = "tls-old"
    HTTP_ONLY = "http-only"
    MIXED_CONTENT = "mixed-content"
    HEADER_MISSING = "header-missing"
    ICP_MISSING = "icp-missing"
    ICP_FORMAT = "icp-format"
    POLICE_RECORD_MISSING = "police-record-missing"
    PERSONAL_DATA = "personal-data"
    SECRET_MARK = "secret-mark"  # noqa: S105 (a finding code)
    HIDDEN_LINK = "hidden-link"
    CLOAKING = "cloaking"
    GAMBLING_TEXT = "gambling-text"
    HIJACKED_DOMAIN = "hijacked-domain"
    LISTING_EXPOSED = "listing-exposed"
    BACKUP_EXPOSED = "backup-exposed"
    OFF_CAMPUS = "off-campus"
    TAMPERED = "tampered"


SEVERITY_NAMES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.VETO: "一票否决",
        Severity.MAJOR: "严重",
        Severity.MINOR: "一般",
        Severity.INFO: "提示",
    }
)

CODE_NAMES: Mapping[Code, str] = MappingProxyType(
    {
        Code.UNREACHABLE: "站点无法访问",
        Code.SLOW: "打开缓慢",
        Code.STALE_HOME: "首页不更新",
        Code.STALE_COLUMN: "栏目不更新",
        Code.BLANK_COLUMN: "空白栏目",
        Code.DEAD_LINK: "死链",
        Code.SOFT_404: "不存在的页面返回正常状态",
        Code.TLS_EXPIRED: "证书已过期",
        Code.TLS_EXPIRING: "证书即将到期",
        Code.TLS_NAME: "证书与域名不符",
        Code.TLS_CHAIN: "证书链不可信",
        Code.TLS_OLD: "加密协议过旧",
        Code.HTTP_ONLY: "未用 HTTPS",
        Code.MIXED_CONTENT: "HTTPS 页面引用 HTTP 内容",
        Code.HEADER_MISSING: "缺少安全响应头",
        Code.ICP_MISSING: "未标示 ICP 备案号",
        Code.ICP_FORMAT: "ICP 备案号格式不规范",
        Code.POLICE_RECORD_MISSING: "未标示公安备案号",
        Code.PERSONAL_DATA: "个人信息外露",
        Code.SECRET_MARK: "密级标志",
        Code.HIDDEN_LINK: "暗链",
        Code.CLOAKING: "对搜索引擎另给内容",
        Code.GAMBLING_TEXT: "博彩等违法内容",
        Code.HIJACKED_DOMAIN: "所链域名已易主",
        Code.LISTING_EXPOSED: "目录外露",
        Code.BACKUP_EXPOSED: "备份文件外露",
        Code.OFF_CAMPUS: "双非网站",
        Code.TAMPERED: "内容疑被篡改",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim. ``evidence`` has personal numbers masked; ``message`` says what and how to mend.

    ``url`` is what the claim is about (the dead link itself, the page that shows a number);
    ``rule`` names the clause or the source of the rule.
    """

    code: Code
    severity: Severity
    url: str
    evidence: str
    message: str
    rule: str

    def as_json(self) -> dict[str, str]:
        """The keys of the contract."""
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "url": self.url,
            "evidence": self.evidence,
            "message": self.message,
            "rule": self.rule,
        }
