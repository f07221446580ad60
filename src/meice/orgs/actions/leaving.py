"""离岗交接: everything a person holds goes to named people, then her posts and her account end.
One transaction: either all of it, or nothing and the list of what is still in her hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from meice.audit.actions import Detail, record
from meice.kernel.access import Refused, require
from meice.kernel.slots import HoldingSource, holdings
from meice.notices.actions import notify
from meice.notices.models import NoticeKind
from meice.orgs import policies
from meice.orgs.actions.people import disable_user, home_path, take_post
from meice.orgs.models import User

NOBODY = "还没有选由谁接手"
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Held:
    """One thing in her hands; `key` names it on the form."""

    key: str
    label: str
    words: str
    row: Any
    source: HoldingSource


def held_by(person: User) -> list[Held]:
    """What every room knows her to hold, in the order of the rooms."""
    return [
        Held(f"{place}-{row.pk}", source.label, source.name(row), row, source)
        for place, source in enumerate(holdings)
        for row in source.find(person)
    ]


@transaction.atomic
def leave(person: User, takers: Mapping[str, User], *, by: User) -> int:
    """Hand over every line to its taker, end the posts, disable the account; gives the number of
    lines. Raises `Refused` with what is left when a line has no taker or does not move."""
    person = User.objects.select_for_update().get(pk=person.pk)
    require(policies.may_leave(by, person))
    lines = held_by(person)
    _refuse_left([line for line in lines if line.key not in takers])
    for line in lines:
        taker = takers[line.key]
        require(policies.may_take_over(taker, person))
        line.source.move(line.row, taker, by)
    _refuse_left(held_by(person))
    for post in list(person.current_posts()):
        take_post(post, by=by)
    detail: Detail = {"name": person.name, "lines": len(lines)}
    record("user.leave", person, by=by, detail=detail, unit_path=home_path(person))
    disable_user(person, by=by)
    for taker in {one.pk: one for one in takers.values()}.values():
        _tell(taker, person, [line for line in lines if takers[line.key].pk == taker.pk])
    return len(lines)


def _refuse_left(left: list[Held]) -> None:
    if not left:
        return
    words = "；".join(f"{line.label}：{line.words}" for line in left[:SHOWN])
    more = f" 等 {len(left)} 项" if len(left) > SHOWN else ""
    raise Refused(f"还不能离岗，{NOBODY}：{words}{more}。")


def _tell(taker: User, person: User, lines: list[Held]) -> None:
    if not lines:
        return
    text = f"{person}离岗，交给你 {len(lines)} 项：{lines[0].words}"
    text += " 等" if len(lines) > 1 else ""
    notify(taker, text=text, url="/", kind=NoticeKind.TASK)
