"""The 关停申请 as it is printed for the seal, and the same as `.docx` (domain.md 6)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from meice.evidence.models import Evidence
from meice.impersonations.models import Impersonation
from meice.rectification.documents import writing

TITLE = "{}假冒账号（网站）关停申请"
SEAL_DAY = "年　　月　　日"
PROMISE = "以上所述和所附证据真实，如有不实，愿承担相应责任。"
SITES = ("website",)


@dataclass(frozen=True, slots=True)
class Application:
    """What stands on the sheet: label and value, one or two pairs a row; then the evidence."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[str, ...], ...]
    code: str


EVIDENCE_HEAD = ("序号", "类别", "采集时间", "采集人", "来源网址", "SHA-256")


def application_of(docket: Impersonation, evidence: Iterable[Evidence]) -> Application:
    """The sheet of a confirmed fake."""
    rows = list(evidence)
    return Application(
        title=TITLE.format(settings.INSTITUTION),
        rows=tuple(_rows(docket)),
        evidence=tuple(_evidence(row) for row in rows),
        code=check_code(docket, rows),
    )


def _rows(docket: Impersonation) -> list[tuple[str, ...]]:
    outlet = docket.imitated_outlet
    official = f"{outlet.name}（{outlet.number}）" if outlet else "—"
    more = [("备案主体或域名注册人", _or(docket.owner), "服务器IP", _or(docket.address))]
    return [
        ("申请单位", docket.unit_name, "联系人、电话", _contact(docket)),
        ("被仿冒的名称", docket.imitated, "官方账号（备案号）", official),
        ("涉嫌账号平台", docket.platform_name, "昵称", docket.name),
        ("账号ID", _or(docket.account_id), "UID", _or(docket.permanent_id)),
        ("主页链接", _or(docket.url)),
        ("认证主体", _or(docket.verified_as), "IP属地", _or(docket.place)),
        ("粉丝数", _or(docket.followers), "仿冒类型", docket.get_guise_display()),
        *(more if docket.platform in SITES or docket.owner else []),
        ("简介", _or(docket.bio)),
        ("首次发现", f"{docket.found_on:%Y-%m-%d} {docket.found_how}".strip()),
        ("事实陈述", docket.facts),
        ("危害", _or(docket.harm)),
        ("法律依据", docket.basis),
        ("诉求", docket.demand_words or "关停或封禁账号"),
        ("宣传部研判", _judgement(docket)),
    ]


def _judgement(docket: Impersonation) -> str:
    if docket.judged_at is None or docket.judged_by is None:
        return "—"
    day = timezone.localdate(docket.judged_at)
    return f"{docket.judgement}（{docket.judged_by.name} {day:%Y-%m-%d}）"


def _contact(docket: Impersonation) -> str:
    return f"{docket.contact_name} {docket.contact_phone}".strip() or "—"


def _or(text: str) -> str:
    return text or "—"


def _evidence(row: Evidence) -> tuple[str, ...]:
    at = timezone.localtime(row.captured_at)
    return (
        str(row.number), row.get_kind_display(), f"{at:%Y-%m-%d %H:%M:%S}", row.by_name,
        _or(row.source), row.sha256,
    )  # fmt: skip


def check_code(docket: Impersonation, evidence: Iterable[Evidence]) -> str:
    """Eight signs that change with anything on the paper: `C1D8-02E7`."""
    parts = [value for row in _rows(docket) for value in row]
    parts += [row.own_hash for row in evidence]
    digest = hashlib.sha256("|".join([str(docket.number), *parts]).encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def application_docx(docket: Impersonation, evidence: Iterable[Evidence]) -> bytes:
    """The sheet as a Word document."""
    paper = application_of(docket, evidence)
    document = writing.new_document()
    writing.heading(document, paper.title)
    writing.paragraph(document, f"编号：{docket.number}")
    seal = f"\n{{}}\n\n　　　　　　　　（盖章）\n　　　　　　　　{SEAL_DAY}"
    writing.facts(
        document,
        [
            *paper.rows,
            ("单位意见", seal.format(docket.opinion or "情况属实，申请关停。")),
            ("宣传部意见", seal.format("")),
        ],
    )
    writing.section_head(document, "证据清单")
    writing.table(document, EVIDENCE_HEAD, paper.evidence)
    writing.paragraph(document, PROMISE)
    writing.paragraph(document, f"校验码 {paper.code}")
    return writing.document_bytes(document)
