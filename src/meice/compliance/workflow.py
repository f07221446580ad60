"""What may come after what: a device, a custody, an import; the days of the reminders."""

from enum import StrEnum

from meice.compliance import policies
from meice.compliance.models import CustodyStatus, DeviceIntakeStatus, DeviceStatus
from meice.kernel.flow import Flow, Step

DEVICE = Flow(
    DeviceStatus,
    [
        Step(
            "retire", "停用设备", (DeviceStatus.IN_USE,), DeviceStatus.RETIRED,
            policies.may_retire_device,
        ),
        Step(
            "restore", "恢复使用", (DeviceStatus.RETIRED,), DeviceStatus.IN_USE,
            policies.may_retire_device,
        ),
    ],
    initial=DeviceStatus.IN_USE,
)  # fmt: skip

CUSTODY = Flow(
    CustodyStatus,
    [
        Step(
            "return", "收回", (CustodyStatus.HELD,), CustodyStatus.RETURNED,
            policies.may_return_custody,
        ),
    ],
    initial=CustodyStatus.HELD,
)  # fmt: skip

INTAKE = Flow(
    DeviceIntakeStatus,
    [
        Step(
            "apply", "导入", (DeviceIntakeStatus.PREVIEW,), DeviceIntakeStatus.APPLIED,
            policies.owns_intake,
        ),
        Step(
            "drop", "放弃", (DeviceIntakeStatus.PREVIEW,), DeviceIntakeStatus.DROPPED,
            policies.owns_intake,
        ),
    ],
    initial=DeviceIntakeStatus.PREVIEW,
)  # fmt: skip


class TermName(StrEnum):
    """Days; every school's differ."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    ROTATION = "rotation"
    CHECK = "check"


TERMS: dict[TermName, tuple[str, int]] = {
    TermName.FIRST: ("到期前多少天第一次提醒", 90),
    TermName.SECOND: ("到期前多少天第二次提醒", 30),
    TermName.THIRD: ("到期前多少天提醒到主管领导", 7),
    TermName.ROTATION: ("平台口令多少天轮换一次", 90),
    TermName.CHECK: ("专用设备多少天检查一次", 180),
}
