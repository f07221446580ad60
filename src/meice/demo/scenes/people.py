"""Room orgs: the tree, people in every role, imports already done, an invitation still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

import xlsxwriter

from meice.demo.people import mobiles, names
from meice.demo.stage import Stage
from meice.demo.university import ADMIN, CAST, DOMAIN, PLACES, STAFFED, STUDENT, Holder
from meice.orgs import actions
from meice.orgs.intake.columns import COLUMNS
from meice.orgs.intake.snapshot import plan_of
from meice.orgs.models import IntakeSubject, Unit, UnitKind, User
from meice.orgs.roles import Role

NUMBERS = "2024{:04d}"
OFFICES = ((Role.OPERATOR, "运维"), (Role.REVIEWER, "审核人"), (Role.LEADER, "主管领导"))


def play(stage: Stage) -> None:
    """The administrator; the units and most people from two sheets; the cast with passwords."""
    admin = actions.create_admin(
        username=ADMIN.username, name=ADMIN.name, password=stage.password_of(ADMIN.username)
    )
    stage.print_login(ADMIN, admin)
    _import(stage, IntakeSubject.UNITS, "校内单位一览.xlsx", list(_unit_rows()))
    stage.units = {unit.called: unit for unit in Unit.objects.all()}
    phones = mobiles()
    for holder in CAST:
        _let_in(stage, holder, next(phones))
    _let_in(stage, STUDENT, next(phones), teacher=stage.people["hejm"])
    _import(stage, IntakeSubject.PEOPLE, "新媒体联系人.xlsx", list(_staff_rows(phones)))
    _leave_invitations_open(stage)


def _unit_rows() -> Iterator[list[str]]:
    full = {place.short: place.name for place in PLACES}
    for place in PLACES:
        kind = str(UnitKind(place.kind).label)
        yield [place.name, full.get(place.parent, ""), place.short, "", kind, ""]


def _staff_rows(phones: Iterator[str]) -> Iterator[list[str]]:
    """An operator, a reviewer and a leader for every faculty and office without them yet."""
    taken = {(holder.unit, holder.role) for holder in CAST}
    full = {place.short: place.name for place in PLACES}
    people = (name for name in names() if name not in {holder.name for holder in CAST})
    number = 0
    for short in STAFFED:
        for role, label in OFFICES:
            if (short, role) not in taken:
                number += 1
                username = NUMBERS.format(number)
                mail = f"{username}@{DOMAIN}"
                cells = [username, next(people), full[short], label, "是", "否", "", next(phones)]
                yield [*cells, mail]


def _import(stage: Stage, subject: IntakeSubject, name: str, rows: list[list[str]]) -> None:
    """A sheet as the administrator would upload it: read, previewed, applied."""
    content = _workbook([[column.label for column in COLUMNS[subject]], *rows])
    grid, head = actions.read_upload(content, subject)
    intake = actions.create_intake(
        grid, head, subject=subject, content=content, name=name, by=stage.admin
    )
    actions.apply_intake(intake, by=stage.admin, digest=plan_of(intake, stage.admin).digest)


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        for line, row in enumerate(rows):
            for at, text in enumerate(row):
                sheet.write_string(line, at, text)
    return out.getvalue()


def _let_in(stage: Stage, holder: Holder, mobile: str, teacher: User | None = None) -> None:
    """An account, its post, the slip, and the password that its owner chooses with it."""
    person = actions.Person(holder.username, holder.name, mobile, f"{holder.username}@{DOMAIN}")
    terms = actions.PostTerms(holder.role, is_student=teacher is not None, supervised_by=teacher)
    unit = stage.units[holder.unit]
    user = actions.create_user(person, unit=unit, terms=terms, by=stage.admin)
    (slip,) = actions.invite([user], by=stage.admin)
    user = actions.accept_invitation(slip.invitation, stage.password_of(holder.username))
    stage.print_login(holder, user)


def _leave_invitations_open(stage: Stage) -> None:
    """Two slips are on their way: their people have not come in yet."""
    waiting = User.objects.filter(username__startswith="2024").order_by("username")[:2]
    actions.invite(list(waiting), by=stage.admin)
