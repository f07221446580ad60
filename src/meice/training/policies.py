"""May she do this, and if not, why?"""

from datetime import datetime

from meice.kernel.access import Verdict, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right, Role
from meice.training.models import AttendanceIntake, Certificate, TrainingSession

KEEPERS = "由举办单位的运维人员、主管领导或宣传部办理。"
RIGHTS = (Right.DRAFT_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS)


def may_see_training(by: User) -> Verdict:
    """Everybody who may be asked to come, and who looks after it."""
    post = by.post
    held = post is not None and post.role != Role.ADMIN
    return when(held, "你现在的岗位不看培训。")


def may_plan_session(by: User, unit: Unit | None = None) -> Verdict:
    """A session of the unit."""
    return when(any(by.has(right, unit) for right in RIGHTS), KEEPERS)


def may_edit_session(by: User, session: TrainingSession) -> Verdict:
    """While it is planned."""
    return may_plan_session(by, session.unit) & when(
        session.status == "planned", "已举办或已取消的培训不再改。"
    )


def may_mark_attendance(by: User, session: TrainingSession) -> Verdict:
    """Say who was there; mistakes are mended after it was held too."""
    return may_plan_session(by, session.unit) & when(
        session.status != "cancelled", "这场培训已取消。"
    )


def may_hold_session(session: TrainingSession, by: User) -> Verdict:
    """It took place; somebody must have been there."""
    there = session.attendances.filter(presence="present").exists()
    return may_plan_session(by, session.unit) & when(there, "先登记到会的人。")


def has_begun(session: TrainingSession, at: datetime) -> Verdict:
    """Its hour has come."""
    return when(session.starts_at <= at, "还没有到培训的时间。")


def owns_intake(intake: AttendanceIntake, by: User) -> Verdict:
    """Whoever uploaded the list, as long as she may mark."""
    owns = when(intake.made_by_id == by.pk, "由上传的人办理。")
    return owns & may_mark_attendance(by, intake.session)


def may_export_needs(by: User) -> Verdict:
    """Names of people leave the house: leaders, the department, and the unit's operators for their
    own people."""
    rights = (Right.EXPORT_PEOPLE, Right.DRAFT_BUSINESS)
    may = when(any(by.has(right) for right in rights), "由运维、主管领导或宣传部导出。")
    return may_see_needs(by) & may


def may_cancel_session(session: TrainingSession, by: User) -> Verdict:
    """It does not take place."""
    return may_plan_session(by, session.unit)


def may_add_certificate(by: User, unit: Unit | None = None) -> Verdict:
    """For people of the unit; one's own in one's own unit."""
    return when(any(by.has(right, unit) for right in RIGHTS), "由本单位或宣传部登记。")


def may_drop_certificate(by: User, certificate: Certificate) -> Verdict:
    """It was put down by mistake."""
    return may_add_certificate(by, certificate.unit) & when(
        certificate.dropped_at is None, "已经删去。"
    )


def may_see_needs(by: User) -> Verdict:
    """Who lacks what."""
    return when(by.has(Right.SEE_BUSINESS), "你现在的岗位不看培训缺口。")


def may_set_topics(by: User) -> Verdict:
    """What every role needs holds for the deployment: the department of a root unit."""
    return when(by.decides_for_all, "培训要求由学校宣传部设置。")
