"""May she do this, and if not, why?"""

from meice.compliance.models import Custody, Device, DeviceIntake
from meice.kernel.access import Verdict, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right
from meice.registry.models import Outlet
from meice.registry.models.outlet import SECURITY_PLATFORMS

UNIT_ONLY = "由本单位的运维人员、主管领导或宣传部登记。"
STANDING_ONLY = "这个账号已注销，合规档案不再改。"


def works(by: User, unit: Unit) -> bool:
    """Keeps the unit's records: its operators and leaders, and the department."""
    return any(
        by.has(right, unit)
        for right in (Right.DRAFT_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS)
    )


def may_record_item(by: User, outlet: Outlet) -> Verdict:
    """Write the compliance file: the unit and the department; security people that of sites."""
    safe = outlet.platform in SECURITY_PLATFORMS and by.has(Right.VERIFY_SECURITY, outlet.unit)
    return when(works(by, outlet.unit) or safe, UNIT_ONLY) & when(
        outlet.status != "cancelled", STANDING_ONLY
    )


def may_see_compliance(by: User) -> Verdict:
    """Open the lists."""
    sees = by.has(Right.SEE_BUSINESS) or by.has(Right.SEE_SECURITY)
    return when(sees, "你现在的岗位不看合规档案。")


def may_add_device(by: User, unit: Unit | None = None) -> Verdict:
    """A device of the unit."""
    held = works(by, unit) if unit else _works_somewhere(by)
    return when(held, UNIT_ONLY)


def may_edit_device(by: User, device: Device) -> Verdict:
    """While it is used."""
    return may_add_device(by, device.unit) & when(
        device.status == "in_use", "这台设备已停用；要改请先恢复使用。"
    )


def may_check_device(by: User, device: Device) -> Verdict:
    """Note a check: the unit, the department, and security people."""
    safe = by.has(Right.VERIFY_SECURITY, device.unit)
    return when(works(by, device.unit) or safe, "由本单位、宣传部或保卫/信息化检查。") & when(
        device.status == "in_use", "这台设备已停用，不再检查。"
    )


def may_retire_device(device: Device, by: User) -> Verdict:
    """Out of this use."""
    return may_add_device(by, device.unit)


def may_add_custody(by: User, outlet: Outlet) -> Verdict:
    """Say who holds a login."""
    return when(works(by, outlet.unit), UNIT_ONLY) & when(
        outlet.status != "cancelled", STANDING_ONLY
    )


def may_edit_custody(by: User, custody: Custody) -> Verdict:
    """While it is held."""
    return may_add_custody(by, custody.outlet) & when(
        custody.status == "held", "已收回的不再改；换人保管请重新登记。"
    )


def may_return_custody(custody: Custody, by: User) -> Verdict:
    """Take it back: of a cancelled outlet as well."""
    return when(works(by, custody.outlet.unit), UNIT_ONLY)


def may_see_recovery(by: User, custody: Custody) -> Verdict:
    """The whole number of whom to ask; leaves an audit line."""
    return when(by.has(Right.SEE_NUMBERS, custody.outlet.unit), "你现在的岗位看不到完整号码。")


def may_export_compliance(by: User) -> Verdict:
    """Whoever sees the list."""
    return may_see_compliance(by)


def may_import_devices(by: User) -> Verdict:
    """An existing list: whoever may add devices somewhere."""
    return when(_works_somewhere(by), UNIT_ONLY)


def owns_intake(intake: DeviceIntake, by: User) -> Verdict:
    """Apply or drop one's own import."""
    return when(intake.made_by_id == by.pk, "由上传的人核对。") & may_add_device(by, intake.unit)


def may_open_settings(by: User) -> Verdict:
    """Look at the days: the department."""
    return when(by.has(Right.DECIDE_BUSINESS), "提醒天数由宣传部设置。")


def may_set_terms(by: User) -> Verdict:
    """They hold for the whole deployment: the department of a root unit."""
    return when(by.decides_for_all, "提醒天数由学校宣传部设置。")


def _works_somewhere(by: User) -> bool:
    rights = (Right.DRAFT_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS)
    return any(by.has(right) for right in rights)
