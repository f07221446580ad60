"""Minutes, the chain, the number's head, the public form: read by every act, set by the department."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from meice.audit.actions import record
from meice.incidents import policies
from meice.incidents.classes import CLASS_OF, Severity
from meice.incidents.models import Audience, ChainRung, Incident, IncidentTerm, LetterHead, Watch
from meice.incidents.workflow import ACT_OF, CHAIN, CLAIM_OF, TERMS, Rung, TermName
from meice.kernel.access import Refused, require
from meice.orgs.models import User

INCIDENTS, DRILLS, LETTERS, DRILL_LETTERS = "SJ", "YL", "ZS", "YZ"
DEFAULT_HEAD = "媒转"
MOST_RUNGS = 40


def all_terms() -> dict[TermName, int]:
    """Every number of this deployment. One query."""
    own = dict(IncidentTerm.objects.values_list("name", "value"))
    return {name: own.get(name.value, TERMS[name][1]) for name in TermName}


def set_timers(incident: Incident, known: dict[TermName, int] | None = None) -> None:
    """The three moments that follow from `clock_at`, class and severity, in memory."""
    terms = known or all_terms()
    severity = Severity(incident.severity)
    incident.claim_by = _later(incident.clock_at, terms[CLAIM_OF[severity]])
    incident.act_by = _later(incident.clock_at, terms[ACT_OF[severity]])
    harmful = CLASS_OF[incident.kind].is_harmful
    incident.clear_by = _later(incident.clock_at, terms[TermName.CLEAR]) if harmful else None


def _later(at: datetime, minutes: int) -> datetime:
    return at + timedelta(minutes=minutes)


def chain() -> tuple[Rung, ...]:
    """The escalation chain in force. One query."""
    own = tuple(
        Rung(Watch(row.watch), row.minutes, Audience(row.audience))
        for row in ChainRung.objects.all()
    )
    return own or CHAIN


def head_words() -> str:
    """The words before the year of a letter."""
    own = LetterHead.objects.filter(series=LETTERS).values_list("words", flat=True).first()
    return own or DEFAULT_HEAD


def is_public_open() -> bool:
    """Does the public form take reports?"""
    own = IncidentTerm.objects.filter(name=TermName.PUBLIC.value).values_list("value", flat=True)
    return bool(own.first() or 0)


@transaction.atomic
def set_term(name: TermName, value: int, *, by: User) -> IncidentTerm:
    """One number; timers that run already keep their moments."""
    require(policies.may_set_terms(by))
    term, _ = IncidentTerm.objects.update_or_create(name=name.value, defaults={"value": value})
    record("incidents.set_term", term, by=by, detail={"name": name.value, "value": value})
    return term


@transaction.atomic
def set_chain(rungs: Sequence[Rung], *, by: User) -> list[ChainRung]:
    """The whole chain anew; what has been said in an open incident is not said again."""
    require(policies.may_set_terms(by))
    if not rungs:
        raise Refused("升级链至少留一档。")
    if len(set(rungs)) != len(rungs):
        raise Refused("升级链里有两档完全相同。")
    if len(rungs) > MOST_RUNGS:
        raise Refused(f"升级链最多 {MOST_RUNGS} 档。")
    ChainRung.objects.all().delete()
    rows = ChainRung.objects.bulk_create(
        ChainRung(watch=rung.watch, minutes=rung.minutes, audience=rung.audience) for rung in rungs
    )
    record("incidents.set_chain", None, by=by, detail={"rows": len(rows)})
    return rows


@transaction.atomic
def set_head(words: str, *, by: User) -> LetterHead:
    """What stands before the year from the next letter on."""
    require(policies.may_set_terms(by))
    bare = "".join(words.split())
    if not bare or len(bare) > 16 or set(bare) & set("〔〕[]（）()"):
        raise Refused("字号填 1 至 16 个字，不带括号和年份。")
    head, _ = LetterHead.objects.update_or_create(series=LETTERS, defaults={"words": bare})
    record("incidents.set_head", head, by=by, detail={"words": bare})
    return head
