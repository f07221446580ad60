"""Terms, switches and the words of the numbers: read by every act, set by the department."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meice.audit.actions import record
from meice.impersonations import policies
from meice.impersonations.models import ImpersonationSetting
from meice.impersonations.workflow import CHECKS, HEAD, SWITCHES, TERMS, SettingName
from meice.kernel.access import Refused, require
from meice.orgs.models import User
from meice.registry.actions.numbers import take_next
from meice.registry.actions.terms import workdays

SERIES = "JM"
NUMBER_HEAD = "head"
Settings = dict[SettingName, int]


def all_settings() -> Settings:
    """Every term, count and switch of this deployment. One query."""
    own = dict(ImpersonationSetting.objects.values_list("name", "number"))
    defaults = {
        **{name: days for name, (_, days) in TERMS.items()},
        SettingName.CHECKS: CHECKS[1],
        **dict.fromkeys(SWITCHES, 0),
    }
    return {name: own.get(name.value, default) for name, default in defaults.items()}


def is_on(switch: SettingName) -> bool:
    """Has the department switched it on? Off by default: a public page is never a surprise."""
    return ImpersonationSetting.objects.filter(name=switch, number=1).exists()


def due_after(name: SettingName, at: datetime) -> date:
    """The last day of the term that begins with `at` (the first day is not counted)."""
    return workdays().after(timezone.localdate(at), all_settings()[name])


def head_words() -> str:
    """The words before the year: this deployment's own, else the default."""
    own = ImpersonationSetting.objects.filter(name=NUMBER_HEAD).values_list("words", flat=True)
    return own.first() or HEAD


def next_number(at: datetime) -> str:
    """`媒假〔2026〕14号`; given inside the transaction that uses it, so no number is lost."""
    year = timezone.localdate(at).year
    return f"{head_words()}〔{year}〕{take_next(SERIES, year)}号"


@transaction.atomic
def set_setting(name: SettingName, number: int, *, by: User) -> ImpersonationSetting:
    """A term in working days, how many re-checks, or a switch, from now on."""
    require(policies.may_set(by))
    least, most = (0, 1) if name in SWITCHES else (1, 12 if name is SettingName.CHECKS else 250)
    if not least <= number <= most:
        raise Refused(f"填 {least} 至 {most} 的整数。")
    kept, _ = ImpersonationSetting.objects.update_or_create(name=name, defaults={"number": number})
    record("impersonation.set", kept, by=by, detail={"name": name, "to": number})
    return kept


@transaction.atomic
def set_head(words: str, *, by: User) -> ImpersonationSetting:
    """What stands before the year from the next number on."""
    require(policies.may_set(by))
    bare = "".join(words.split())
    if not bare or len(bare) > 16 or set(bare) & set("〔〕[]（）()"):
        raise Refused("字号填 1 至 16 个字，不带括号和年份。")
    kept, _ = ImpersonationSetting.objects.update_or_create(
        name=NUMBER_HEAD, defaults={"words": bare}
    )
    record("impersonation.set", kept, by=by, detail={"name": NUMBER_HEAD, "words": bare})
    return kept
