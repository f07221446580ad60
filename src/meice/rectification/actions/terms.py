"""Working days and number heads: read by every act, set by the department."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.kernel.access import Refused, require
from meice.kernel.workdays import Workdays
from meice.orgs.models import User
from meice.rectification import policies
from meice.rectification.catalogue import Severity
from meice.rectification.models import NumberHead, RectificationTerm
from meice.rectification.workflow import TERM_OF, TERMS, TermName
from meice.registry.actions.terms import workdays

ORDERS, CIRCULARS = "ZG", "TB"
HEADS: dict[str, tuple[str, str]] = {
    ORDERS: ("整改单字号", "媒整"),
    CIRCULARS: ("通报字号", "媒通"),
}


def all_terms() -> dict[TermName, int]:
    """Every term of this deployment. One query."""
    own = dict(RectificationTerm.objects.values_list("name", "days"))
    return {name: own.get(name.value, TERMS[name][1]) for name in TermName}


def days_for(severities: Iterable[str], terms: Mapping[TermName, int] | None = None) -> int:
    """The shortest term among `severities`: one order has one deadline."""
    known = terms or all_terms()
    return min(known[TERM_OF[Severity(one)]] for one in severities)


def due_after(days: int, at: datetime, calendar: Workdays | None = None) -> date:
    """The last of `days` working days; the day of the act is not counted (民法典 201)."""
    return (calendar or workdays()).after(timezone.localdate(at), days)


def head_of(series: str) -> str:
    """The words before the year: this deployment's own, else the default."""
    own = NumberHead.objects.filter(series=series).values_list("words", flat=True).first()
    return own or HEADS[series][1]


def number_words(series: str, year: int, serial: int) -> str:
    """`媒整〔2026〕14号`."""
    return f"{head_of(series)}〔{year}〕{serial}号"


@transaction.atomic
def set_term(name: TermName, days: int, *, by: User) -> RectificationTerm:
    """`days` working days for one of the terms; orders already issued keep their day."""
    require(policies.may_set_terms(by))
    term, _ = RectificationTerm.objects.update_or_create(name=name, defaults={"days": days})
    record("rectification.set_term", term, by=by, detail={"name": name, "days": days})
    return term


@transaction.atomic
def set_head(series: str, words: str, *, by: User) -> NumberHead:
    """What stands before the year from the next number on."""
    require(policies.may_set_terms(by))
    bare = "".join(words.split())
    if not bare or len(bare) > 16 or set(bare) & set("〔〕[]（）()"):
        raise Refused("字号填 1 至 16 个字，不带括号和年份。")
    head, _ = NumberHead.objects.update_or_create(series=series, defaults={"words": bare})
    record("rectification.set_head", head, by=by, detail={"name": series, "words": bare})
    return head
