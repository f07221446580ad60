"""How states of this room are shown: word, icon, tone."""

from meice.orgs.models import Intake, IntakeState, User
from meice.web.tones import Look, Tone

USABLE = Look("在用", "circle-check", Tone.GOOD)
WAITING = Look("还没有启用", "clock", Tone.INFO)
DISABLED = Look("已停用", "player-pause", Tone.IDLE)

INTAKES = {
    IntakeState.PREVIEW: Look("待核对", "clock", Tone.INFO),
    IntakeState.APPLIED: Look("已导入", "circle-check", Tone.GOOD),
    IntakeState.DROPPED: Look("已放弃", "circle-minus", Tone.IDLE),
}
RUNNING = Look("正在写入", "refresh", Tone.INFO)

EFFECTS = {
    "new": Look("新增", "plus", Tone.GOOD),
    "changed": Look("有变化", "pencil", Tone.INFO),
    "unchanged": Look("没有变化", "circle-minus", Tone.IDLE),
    "faulty": Look("有错", "alert-octagon", Tone.BAD),
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
