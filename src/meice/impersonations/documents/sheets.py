"""The list of dockets as a workbook: one row a docket, no telephone and no reporter."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from meice.impersonations.models import Impersonation
from meice.rectification.documents.sheets import workbook_bytes

HEAD = (
    "编号", "平台", "昵称", "账号ID", "主页链接", "仿冒类型", "被仿冒的名称", "申请单位", "状态",
    "首次发现", "举报日期", "研判日期", "研判人", "报送", "结果", "结案日期", "下次复查", "已过期限",
)  # fmt: skip


def dockets_bytes(dockets: Iterable[Impersonation], today: date) -> bytes:
    """`.xlsx`, in the order given."""
    return workbook_bytes({"假冒账号": (HEAD, (_row(docket, today) for docket in dockets))})


def _row(docket: Impersonation, today: date) -> tuple[str, ...]:
    sent = "；".join(
        f"{one.channel_name} {one.sent_on:%Y-%m-%d} {one.ticket} {one.state.label}".replace(
            "  ", " "
        )
        for one in docket.referrals.all()
    )
    return (
        docket.number or "", docket.platform_name, docket.name, docket.account_id, docket.url,
        docket.get_guise_display(), docket.imitated, docket.unit_name, docket.state.label,
        docket.found_on.isoformat(), _day(docket.reported_at), _day(docket.judged_at),
        docket.judged_by.name if docket.judged_by else "", sent, docket.get_outcome_display(),
        _day(docket.closed_at), docket.check_on.isoformat() if docket.check_on else "",
        "是" if docket.is_late(today) else "否",
    )  # fmt: skip


def _day(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
