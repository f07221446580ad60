"""How states of this room are shown: word, icon, tone."""

from meice.orgs.models import Intake, IntakeState, User
from meice.web.tones import Look, Tone

USABLE = Look("在用", icon="circle-check", tone=Tone.GOOD)
WAITING = Look("还没有启用", icon="clock", tone=Tone.INFO)
DISABLED = Look("已停用", icon="player-pause", tone=Tone.IDLE)

INTAKES = {
    IntakeState.PREVIEW: Look("待核对", icon="clock", tone=Tone.INFO),
    IntakeState.APPLIED: Look("已导入", icon="circle-check", tone=Tone.GOOD),
    IntakeState.DROPPED: Look("已放弃", icon="circle-minus", tone=Tone.IDLE),
}
RUNNING = Look("正在写入", icon="refresh", tone=Tone.INFO)

EFFECTS = {
    "new": Look("新增", icon="plus", tone=Tone.GOOD),
    "changed": Look("有变化", icon="pencil", tone=Tone.INFO),
    "unchanged": Look("没有变化", icon="circle-minus", tone=Tone.IDLE),
    "faulty": Look("有错", icon="alert-octagon", tone=Tone.BAD),
}


def account_look(user: User) -> Look:
    """May she sign in, and has she ever set a password?"""
    if not user.is_active:
        return DISABLED
    return USABLE if user.has_usable_password() else WAITING


def intake_look(intake: Intake) -> Look:
    """Where the import stands."""
    if intake.status == IntakeState.PREVIEW and intake.queued_at:
        return RUNNING
    return INTAKES[IntakeState(intake.status)]
