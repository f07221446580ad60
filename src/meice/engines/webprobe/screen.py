"""A report on the screen: a head line, the facts, then the findings, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from meice.engines.gate import Failure
from meice.engines.webprobe.findings import CODE_NAMES, SEVERITY_NAMES, Finding, Severity
from meice.engines.webprobe.report import SiteReport, SiteVerdict

VERDICTS: Mapping[SiteVerdict, str] = MappingProxyType(
    {
        SiteVerdict.OK: "未发现严重问题",
        SiteVerdict.PROBLEM: "发现问题，待人工核实",
        SiteVerdict.UNKNOWN: "未知：没有看到足够的内容",
    }
)
FAILURES: Mapping[Failure, str] = MappingProxyType(
    {
        Failure.DNS: "域名不存在或没有地址",
        Failure.REFUSED: "拒绝连接",
        Failure.RESET: "连接被中断",
        Failure.TIMEOUT: "超时",
        Failure.EMPTY: "没有应答内容",
        Failure.TLS_ERROR: "加密连接失败",
        Failure.TOO_MANY_REDIRECTS: "跳转过多",
        Failure.REDIRECT_REFUSED: "跳转到不允许访问的地址",
        Failure.ADDRESS_REFUSED: "不允许访问的地址",
        Failure.TOO_LARGE: "内容过大",
        Failure.BAD_RESPONSE: "应答不正确",
        Failure.BLOCKED: "被拦截",
        Failure.ROBOTS_DENIED: "robots.txt 不允许访问",
        Failure.UNKNOWN_ERROR: "原因不明",
    }
)
ORDER = tuple(Severity)
SAME = 5  # findings of one code that are shown one by one
LABEL = 10  # columns of the screen


def lines_of(report: SiteReport) -> Iterator[str]:
    """The lines of one site, an empty one last."""
    yield f"■ {report.url}  {VERDICTS[report.verdict]}"
    for label, text in _facts(report):
        yield f"  {_padded(label)}{text}"
    yield from _findings(report.findings)
    yield ""


def _facts(report: SiteReport) -> Iterator[tuple[str, str]]:
    if report.failure is not None:
        yield "失败", f"{FAILURES[report.failure]}（{report.failure.value}）"
    if report.final_url != report.url:
        yield "最终地址", report.final_url
    links = report.links
    yield "已读", f"{report.pages} 页，{report.bytes} 字节，用时 {report.elapsed_s:.1f} 秒"
    yield "链接", f"查 {links.checked}，通 {links.ok}，受阻 {links.blocked}，死链 {links.dead}"
    if report.failure is None:
        yield "最近更新", _latest(report)
        yield "ICP备案", report.icp.number if report.icp else "未见"
        yield "公安备案", report.police_record.number if report.police_record else "未见"
    if report.certificate is not None:
        until = report.certificate.not_after.date().isoformat()
        yield "证书", f"到期 {until}，还有 {report.certificate.days_left} 天"
    for column in report.columns:
        day = column.latest_update.isoformat() if column.latest_update else "日期未知"
        yield "栏目", f"{column.name}（{column.kind}）{column.items} 条，{day}"


def _latest(report: SiteReport) -> str:
    latest = report.latest
    if latest is None:
        return "未知（没有读到日期）"
    return f"{latest.day.isoformat()}（{latest.how}：{latest.text}）"


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    ordered = sorted(findings, key=lambda finding: ORDER.index(finding.severity))
    shown: dict[str, int] = {}
    for finding in ordered:
        count = shown[finding.code] = shown.get(finding.code, 0) + 1
        if count <= SAME:
            yield f"  [{SEVERITY_NAMES[finding.severity]}] {CODE_NAMES[finding.code]}：{finding.url}"
            yield f"      {finding.message}"
            yield f"      证据：{finding.evidence}"
            yield f"      依据：{finding.rule}"
    for code, count in shown.items():
        if count > SAME:
            name = next(name for each, name in CODE_NAMES.items() if each == code)
            yield f"  另有 {count - SAME} 处{name}，用 --json 看全部。"


def _padded(label: str) -> str:
    """The label filled up to a width; a Chinese character takes two columns."""
    width = sum(1 if character.isascii() else 2 for character in label)
    return label + " " * (LABEL - width)
