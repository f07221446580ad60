"""Platform statistics: read in the sandbox, matched to accounts, previewed, applied."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.engines.sandbox import shared_pool
from meice.files.actions import keep_file
from meice.inspections import policies
from meice.inspections.actions.activity import observe
from meice.inspections.activity.statistics import Spoken, read_statistics, read_table
from meice.inspections.activity.verdict import Measure, Trust
from meice.inspections.models import Metric, Observation, StatisticsIntake, speaking_accounts
from meice.kernel.access import Refused, require
from meice.orgs.models import Unit, User
from meice.registry.models import Outlet
from meice.web.tones import SourceKind

LARGEST = 20 * 1024 * 1024
UNREADABLE = "打不开这个文件：可能不是电子表格或 .csv，或已损坏、加了密码。请另存为 .xlsx 或 .csv。"
NOT_FOUND = "台账里没有这个账号，或不在你的单位下"
TWO_FOUND = "有几个同名账号，请在文件里写明账号ID"
NO_ACCOUNT = "这一行没有账号名称，请到账号页上传它自己的统计"


def create_intake(
    content: bytes, *, name: str, unit: Unit, outlet: Outlet | None, by: User, at: datetime
) -> StatisticsIntake:
    """Read and keep the file; nothing is observed yet. `outlet`: the file speaks of it alone."""
    require(policies.may_import_statistics(by, unit))
    if len(content) > LARGEST:
        raise Refused("文件超过 20 MB。请按月分开导出。")
    answer = shared_pool().run(read_table, content)
    if answer.value is None or not answer.value[1]:
        raise Refused(UNREADABLE)
    today = timezone.localdate(at)
    rows = _rows(answer.value[1], unit, outlet, today)
    kept = keep_file(BytesIO(content), name=name, by=by, purpose="statistics")
    with transaction.atomic():
        intake = StatisticsIntake.objects.create(
            file=kept, outlet=outlet, unit=unit, unit_path=unit.path, rows=rows, made_by=by,
            made_at=at,
        )  # fmt: skip
        detail = {"rows": len(rows)}
        record("statistics.create", intake, by=by, detail=detail, unit_path=unit.path)
    return intake


def _rows(
    sheets: tuple[tuple[str, tuple[tuple[str, ...], ...], bool], ...],
    unit: Unit,
    outlet: Outlet | None,
    today: date,
) -> list[dict[str, Any]]:
    """One entry an account or unreadable line, of the first sheet that has a known heading."""
    if any(cut for _, _, cut in sheets):
        raise Refused("超过 20,000 行，请分几个文件导入。")
    readings = [read_statistics(rows, today) for _, rows, _ in sheets]
    spoken, unread = next((each for each in readings if each[0]), readings[0])
    accounts = [outlet] if outlet else list(speaking_accounts().below(unit.path))
    found = [_entry(each, accounts, alone=outlet) for each in spoken]
    return found + [
        {"name": "", "account_id": "", "day": None, "followers": None, "posts": 0,
         "line": each.line, "outlet": None, "problem": each.reason}
        for each in unread
    ]  # fmt: skip


def _entry(spoken: Spoken, accounts: list[Outlet], alone: Outlet | None) -> dict[str, Any]:
    match, problem = (alone, "") if alone else _match(spoken, accounts)
    return {
        "name": spoken.name, "account_id": spoken.account_id,
        "day": spoken.last_post.isoformat() if spoken.last_post else None,
        "followers": spoken.followers, "posts": spoken.posts, "line": spoken.line,
        "outlet": match.pk if match else None, "problem": problem,
    }  # fmt: skip


def _match(spoken: Spoken, accounts: list[Outlet]) -> tuple[Outlet | None, str]:
    """By id or address first, then by name where only one account has it."""
    told = spoken.account_id.casefold()
    if told:
        same = [a for a in accounts if told in _identities(a)]
        if len(same) == 1:
            return same[0], ""
    if not spoken.name:
        return None, NO_ACCOUNT
    name = "".join(spoken.name.split()).casefold()
    same = [a for a in accounts if "".join(a.name.split()).casefold() == name]
    if len(same) == 1:
        return same[0], ""
    return None, TWO_FOUND if same else NOT_FOUND


def _identities(outlet: Outlet) -> set[str]:
    given = (outlet.account_id, outlet.permanent_id, outlet.url)
    return {each.casefold() for each in given if each}


@transaction.atomic
def apply_intake(intake: StatisticsIntake, *, by: User, at: datetime) -> int:
    """Write what was matched as observations of the day; gives their number. Once only."""
    require(policies.may_import_statistics(by, intake.unit))
    locked = StatisticsIntake.objects.select_for_update().get(pk=intake.pk)
    if locked.applied_at:
        raise Refused("这份统计已经写入过。")
    rows = {row["outlet"]: row for row in locked.rows if row["outlet"] is not None}
    below = Outlet.objects.standing().below(locked.unit_path).select_related("unit")
    outlets = below.in_bulk(list(rows))
    for pk, outlet in outlets.items():
        _observe(outlet, rows[pk], by, at)
    locked.applied_at = at
    locked.save(update_fields=["applied_at"])
    detail = {"accounts": len(outlets)}
    record("statistics.apply", locked, by=by, detail=detail, unit_path=locked.unit_path)
    return len(outlets)


def _observe(outlet: Outlet, row: dict[str, Any], by: User, at: datetime) -> None:
    if row["day"]:
        day = date.fromisoformat(row["day"])
        measure = Measure("平台统计", Trust.EXPORTED, timezone.localdate(at), day)
        observe(outlet, measure, at=at, told_by=by.name)
    if row["followers"] is not None:
        Observation.objects.create(
            outlet=outlet, unit=outlet.unit, unit_path=outlet.unit_path, is_site=False,
            metric=Metric.FOLLOWERS, source=SourceKind.IMPORT, value=str(row["followers"]),
            number=row["followers"], trust="middle", at=at, told_by=by.name,
        )  # fmt: skip
