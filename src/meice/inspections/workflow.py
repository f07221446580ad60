"""What may come after what: a run, one site of it, and a finding."""

from meice.inspections import policies
from meice.inspections.models import CheckStatus, FindingStatus, LeadStatus, RunStatus
from meice.kernel.flow import Flow, Step

FOUND, HALF, LOOKING = FindingStatus.FOUND, FindingStatus.HALF, FindingStatus.LOOKING
RECURRED, CONFIRMED = FindingStatus.RECURRED, FindingStatus.CONFIRMED
ORDERED, CLOSED = FindingStatus.ORDERED, FindingStatus.CLOSED
DISMISSED, LAPSED = FindingStatus.DISMISSED, FindingStatus.LAPSED
FRESH = (FOUND, RECURRED)
OPEN = (FOUND, RECURRED, HALF)

FINDING = Flow(
    FindingStatus,
    [
        Step("endorse", "第一人核实", FRESH, HALF, policies.may_endorse),
        Step("confirm", "认定属实", OPEN, CONFIRMED, policies.may_decide),
        Step("dismiss", "认定不属实", OPEN, DISMISSED, policies.may_decide),
        Step("dispute", "意见不一", (HALF,), FOUND, policies.may_decide),
        Step("look", "再看一次", OPEN, LOOKING, policies.may_look_again),
        Step("come_back", "回到队列", (LOOKING,), FOUND, policies.by_the_system),
        Step("reconsider", "重新核实", (CONFIRMED, DISMISSED), FOUND, policies.may_reconsider),
        Step("order", "开整改单", (CONFIRMED,), ORDERED, policies.may_order),
        Step("close", "销号", (ORDERED,), CLOSED, policies.by_the_system),
        Step("revert", "整改单撤回", (ORDERED,), CONFIRMED, policies.by_the_system),
        Step("lapse", "没再看到", FRESH, LAPSED, policies.by_the_system),
        Step("recur", "再次出现", (CLOSED, DISMISSED, LAPSED), RECURRED, policies.by_the_system),
    ],
    initial=FOUND,
)

RUN = Flow(
    RunStatus,
    [
        Step("begin", "开始", (RunStatus.WAITING,), RunStatus.RUNNING),
        Step("finish", "看完", (RunStatus.WAITING, RunStatus.RUNNING), RunStatus.FINISHED),
        Step(
            "cancel",
            "停止",
            (RunStatus.WAITING, RunStatus.RUNNING),
            RunStatus.CANCELLED,
            policies.may_cancel_run,
        ),
    ],
    initial=RunStatus.WAITING,
)

CHECK = Flow(
    CheckStatus,
    [
        Step("begin", "开始", (CheckStatus.WAITING, CheckStatus.UNFINISHED), CheckStatus.RUNNING),
        Step("finish", "看完", (CheckStatus.RUNNING,), CheckStatus.FINISHED),
        Step("miss", "没能看到", (CheckStatus.RUNNING,), CheckStatus.UNKNOWN),
        Step(
            "interrupt",
            "没有看完",
            (CheckStatus.WAITING, CheckStatus.RUNNING),
            CheckStatus.UNFINISHED,
        ),
    ],
    initial=CheckStatus.WAITING,
)

SEEN, OURS, KNOWN = LeadStatus.SEEN, LeadStatus.OURS, LeadStatus.KNOWN
FOREIGN, SUSPECT = LeadStatus.FOREIGN, LeadStatus.SUSPECT

LEAD = Flow(
    LeadStatus,
    [
        Step("adopt", "应登记", (SEEN,), OURS, policies.may_judge_lead),
        Step("disown", "不属本校", (SEEN,), FOREIGN, policies.may_judge_lead),
        Step("suspect", "疑似假冒", (SEEN,), SUSPECT, policies.may_judge_lead),
        Step("rethink", "重新判断", (OURS, FOREIGN, SUSPECT), SEEN, policies.may_judge_lead),
        Step("recognise", "已在台账", (SEEN, OURS), KNOWN, policies.by_the_system),
        Step("lose", "台账已无", (KNOWN,), SEEN, policies.by_the_system),
    ],
    initial=SEEN,
)
