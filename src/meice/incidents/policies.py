"""May she do this, and if not, why? The same verdicts guard the actions and grey the buttons."""

from meice.incidents.classes import OUTSIDE, READERS, Office, Severity
from meice.incidents.models import Incident, Letter
from meice.kernel.access import Verdict, refused, when
from meice.orgs.models import Unit, User
from meice.orgs.roles import Right, Role

WRITES = (
    Right.DRAFT_BUSINESS, Right.REVIEW_BUSINESS, Right.CONFIRM_BUSINESS, Right.DECIDE_BUSINESS,
)  # fmt: skip
DEPARTMENT_ONLY = "这一步由宣传部办理。"
READS_ONLY = "你现在的岗位只能查看事件。"
HANDS_ONLY = "由处置人、涉事单位、宣传部办理；安全类由保卫/信息化办理。"
OFFICES_ONLY = "由宣传部办理；安全类由保卫/信息化办理。"


def may_report_incident(by: User, unit: Unit | None = None) -> Verdict:
    """Whoever works anywhere may say what she saw: of a unit in her reach, or to the one above."""
    held = any(by.has(right) for right in WRITES) or by.has(Right.VERIFY_SECURITY)
    verdict = when(held, READS_ONLY)
    if unit is None or not verdict:
        return verdict
    post = by.post
    above = post is not None and unit.covers(post.unit)
    within_reach = any(by.has(right, unit) for right in (*WRITES, Right.VERIFY_SECURITY))
    return when(above or within_reach, "只能报告你看得到的单位；不清楚是谁的，选「不清楚」。")


def may_acknowledge_incident(incident: Incident, by: User) -> Verdict:
    """Who was called, the unit, the department; security for its classes."""
    called = any(each.user_id == by.pk for each in incident.responders.all())
    return _changes(by) & when(called or bool(_at_hand(incident, by)), HANDS_ONLY)


def may_handle_incident(incident: Incident, by: User) -> Verdict:
    """Measures, notes, evidence: who has taken it up, the unit, the department, security."""
    return _changes(by) & _at_hand(incident, by)


def may_note(by: User, incident: Incident) -> Verdict:
    """A line in the timeline, evidence: whoever may act, and who reported it."""
    hers = incident.reported_by_id == by.pk
    return (
        _changes(by)
        & when(hers or bool(_at_hand(incident, by)), HANDS_ONLY)
        & when(incident.is_live, f"事件{incident.state.label}，要补记请先重新打开。")
    )


def may_measure(by: User, incident: Incident) -> Verdict:
    """One more measure while it is worked on."""
    begun = incident.is_live and incident.claimed_at is not None
    return may_handle_incident(incident, by) & when(
        begun, f"现在是「{incident.state.label}」，先认领再处置。"
    )


def may_assign(by: User, incident: Incident) -> Verdict:
    """Another person takes it over: the unit's leader, the department, security for its classes."""
    leads = by.has(Right.CONFIRM_BUSINESS, incident.unit)
    return (
        _changes(by)
        & when(leads or bool(_office(incident, by)), "由单位主管领导或宣传部指派。")
        & when(incident.is_live, f"事件{incident.state.label}，不用指派。")
    )


def may_grade(by: User, incident: Incident) -> Verdict:
    """Class, severity, unit: the offices."""
    return _office(incident, by) & when(
        incident.is_live, f"事件{incident.state.label}，类别等级不能再改。"
    )


def may_refer_incident(incident: Incident, by: User) -> Verdict:
    """Anybody at work on it; outward letters are asked apart (`may_refer_to`)."""
    return may_handle_incident(incident, by)


def may_refer_to(by: User, incident: Incident, office: str) -> Verdict:
    """Outside the school only the offices write, and a drill never leaves the house."""
    if office not in OUTSIDE:
        return may_refer_incident(incident, by)
    return when(not incident.is_drill, "演练不出校门，不能转送校外单位。") & when(
        bool(_office(incident, by)), f"转送{Office(office).label}由宣传部或保卫/信息化办理。"
    )


def may_resume_incident(incident: Incident, by: User) -> Verdict:
    """Take it back from where it was passed to."""
    return may_handle_incident(incident, by)


def may_close_incident(incident: Incident, by: User) -> Verdict:
    """An ordinary one by the unit's leader too; something was done, what was harmful is gone (or
    lies with others), and every letter was signed for."""
    leads = by.has(Right.CONFIRM_BUSINESS, incident.unit)
    own = leads and incident.severity == Severity.ORDINARY
    letters = list(incident.letters.all())
    unsigned = [letter.number for letter in letters if letter.received_at is None]
    gone = incident.clear_by is None or incident.cleared_at is not None or bool(letters)
    return (
        _changes(by)
        & when(own or bool(_office(incident, by)), f"「一般」以上的{OFFICES_ONLY}")
        & when(incident.acted_at is not None, "还没有记下处置措施。")
        & when(gone, "有害内容还没有记为已清除；清除不了的先转送。")
        & when(not unsigned, f"转送函 {'、'.join(unsigned)} 还没有签收。")
    )


def may_dismiss_incident(incident: Incident, by: User) -> Verdict:
    """A person decides, and not one of the unit concerned nor who reported it."""
    return _office(incident, by) & when(
        incident.reported_by_id != by.pk, "这件事是你报告的，由另一人判定是不是误报。"
    )


def may_reopen_incident(incident: Incident, by: User) -> Verdict:
    """The offices."""
    return _office(incident, by)


def may_merge_incident(incident: Incident, by: User) -> Verdict:
    """The offices; one into which others were merged stays where it is."""
    return _office(incident, by) & when(
        not incident.merged.all(), "已有事件并入它，请把另一件并到它这里。"
    )


def may_merge_into(by: User, incident: Incident, target: Incident) -> Verdict:
    """Two of one kind (real or drill), the other not merged itself."""
    return (
        when(target.pk != incident.pk, "不能并入自己。")
        & when(target.status != "merged", "那一件自己已经并入别的事件，请并到最后那一件。")
        & when(target.is_drill == incident.is_drill, "演练和真实事件不能合并。")
        & _office(target, by)
    )


def may_split_incident(incident: Incident, by: User) -> Verdict:
    """Undo a merge."""
    return _office(incident, by)


def may_receive_letter(by: User, letter: Letter) -> Verdict:
    """The office it went to; for a paper receipt whoever works on the incident."""
    incident = letter.incident
    role = READERS.get(letter.office)
    post = by.post
    addressed = post is not None and role == post.role and bool(_reaches(incident, by))
    return (
        _changes(by)
        & when(addressed or bool(_at_hand(incident, by)), "由收文部门签收，或由处置人登记回执。")
        & when(letter.received_at is None, "已经签收。")
    )


def may_see_contact(by: User, incident: Incident) -> Verdict:
    """How a stranger may be reached: only who has to call back."""
    return when(
        (by.has(Right.SEE_NUMBERS, incident.unit) and incident.handler_id == by.pk)
        or by.has(Right.DECIDE_BUSINESS, incident.unit),
        "联系方式由处置人或宣传部查看。",
    )  # fmt: skip


def may_set_terms(by: User) -> Verdict:
    """Times, the chain and the public form hold for the whole deployment."""
    return when(by.decides_for_all, "时限、升级链和公开举报由宣传部设置。")


def may_see_settings(by: User) -> Verdict:
    """Whoever decides anywhere, and the auditor."""
    return when(by.has(Right.DECIDE_BUSINESS) or by.has(Right.READ_AUDIT), DEPARTMENT_ONLY)


def may_export_incidents(by: User) -> Verdict:
    """Whoever sees the list."""
    held = by.has(Right.SEE_BUSINESS) or by.has(Right.SEE_SECURITY)
    return when(held, "你现在的岗位不能导出事件。")


def may_drill(by: User) -> Verdict:
    """Drills are called by the offices."""
    held = by.has(Right.DECIDE_BUSINESS) or by.has(Right.VERIFY_SECURITY)
    return when(held, "演练由宣传部或保卫/信息化发起。")


def _changes(by: User) -> Verdict:
    """An auditor and an administrator change nothing."""
    held = any(by.has(right) for right in WRITES) or by.has(Right.VERIFY_SECURITY)
    return when(held, READS_ONLY)


def _office(incident: Incident, by: User) -> Verdict:
    safe = incident.is_security or incident.with_security
    held = by.has(Right.DECIDE_BUSINESS, incident.unit) or (
        safe and by.has(Right.VERIFY_SECURITY, incident.unit)
    )
    return when(held, OFFICES_ONLY)


def _at_hand(incident: Incident, by: User) -> Verdict:
    works = any(
        by.has(right, incident.unit) for right in (Right.DRAFT_BUSINESS, Right.CONFIRM_BUSINESS)
    )
    if incident.handler_id == by.pk or works or _office(incident, by):
        return when(True, "")
    return refused(HANDS_ONLY)


def _reaches(incident: Incident, by: User) -> Verdict:
    """Her post lies over the unit."""
    post = by.post
    return when(post is not None and post.unit.covers(incident.unit), OFFICES_ONLY)


def reader_roles(office: str) -> Role | None:
    """Whose inbox a letter to this office reaches; None: it is carried out of the house."""
    return READERS.get(office)
