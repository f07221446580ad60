"""The deeds of the room: the only code that writes its rows."""

from meice.impersonations.actions.closing import (
    Comeback,
    close_docket,
    publish_docket,
    recheck_docket,
    return_docket,
    unpublish_docket,
)
from meice.impersonations.actions.gathering import ask_capture, finish_capture, upload_evidence
from meice.impersonations.actions.intake import (
    Stranger,
    check_pace,
    forget_senders,
    look_up,
    report_publicly,
)
from meice.impersonations.actions.judging import (
    accept_docket,
    confirm_docket,
    dismiss_docket,
    doubt_docket,
    reconsider_docket,
)
from meice.impersonations.actions.referring import (
    refer_docket,
    reject_referral,
    uphold_referral,
)
from meice.impersonations.actions.reporting import (
    DocketText,
    Reported,
    edit_docket,
    report_impersonation,
)
from meice.impersonations.actions.rounds import follow_units, remind_due

__all__ = [
    "Comeback",
    "DocketText",
    "Reported",
    "Stranger",
    "accept_docket",
    "ask_capture",
    "check_pace",
    "close_docket",
    "confirm_docket",
    "dismiss_docket",
    "doubt_docket",
    "edit_docket",
    "finish_capture",
    "follow_units",
    "forget_senders",
    "look_up",
    "publish_docket",
    "recheck_docket",
    "reconsider_docket",
    "refer_docket",
    "reject_referral",
    "remind_due",
    "report_impersonation",
    "report_publicly",
    "return_docket",
    "unpublish_docket",
    "uphold_referral",
    "upload_evidence",
]
