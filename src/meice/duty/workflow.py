"""What may come after what: a swap, a hand-over note."""

from meice.duty import policies
from meice.duty.models import HandoverStatus, SwapStatus
from meice.kernel.flow import Flow, Step

ASKED, ACCEPTED, DECLINED = SwapStatus.ASKED, SwapStatus.ACCEPTED, SwapStatus.DECLINED
WITHDRAWN, LAPSED = SwapStatus.WITHDRAWN, SwapStatus.LAPSED

SWAP = Flow(
    SwapStatus,
    [
        Step("accept", "同意换班", (ASKED,), ACCEPTED, policies.may_accept_swap),
        Step("decline", "不同意换班", (ASKED,), DECLINED, policies.may_decline_swap),
        Step("withdraw", "收回换班", (ASKED,), WITHDRAWN, policies.may_withdraw_swap),
        Step("lapse", "换班过期", (ASKED,), LAPSED, policies.may_lapse_swap),
    ],
    initial=ASKED,
)

WAITING, RETURNED = HandoverStatus.WAITING, HandoverStatus.RETURNED

HANDOVER = Flow(
    HandoverStatus,
    [
        Step("accept", "接班", (WAITING,), HandoverStatus.ACCEPTED, policies.may_accept_handover),
        Step("return", "退回补充", (WAITING,), RETURNED, policies.may_return_handover),
        Step("amend", "补充交班记录", (RETURNED,), WAITING, policies.may_amend_handover),
    ],
    initial=WAITING,
)
