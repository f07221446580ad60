"""The days of the reminders: read by every round, set by the department."""

from django.db import transaction

from meice.audit.actions import record
from meice.compliance import policies
from meice.compliance.models import ComplianceTerm
from meice.compliance.workflow import TERMS, TermName
from meice.kernel.access import Refused, require
from meice.orgs.models import User

LONGEST = 730


def all_terms() -> dict[TermName, int]:
    """Every term of this deployment. One query."""
    own = dict(ComplianceTerm.objects.values_list("name", "days"))
    return {name: own.get(name.value, TERMS[name][1]) for name in TermName}


@transaction.atomic
def set_terms(days: dict[TermName, int], *, by: User) -> int:
    """The terms that differ; gives how many changed. The three reminders come one after another."""
    require(policies.may_set_terms(by))
    known = all_terms()
    wanted = known | days
    if not wanted[TermName.FIRST] > wanted[TermName.SECOND] > wanted[TermName.THIRD]:
        raise Refused("三次提醒的天数要一次比一次少，如 90、30、7。")
    if not all(1 <= number <= LONGEST for number in wanted.values()):
        raise Refused(f"天数填 1 至 {LONGEST}。")
    changed = {name: number for name, number in wanted.items() if number != known[name]}
    for name, number in changed.items():
        term, _ = ComplianceTerm.objects.update_or_create(
            name=name.value, defaults={"days": number}
        )
        detail = {"name": name.value, "calendar_days": number}
        record("compliance.set_term", term, by=by, detail=detail)
    return len(changed)
