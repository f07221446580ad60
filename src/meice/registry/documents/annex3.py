"""附件3 of a filing: the workbook, and the cells of the print page with their change marks."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from meice.engines.annexes.model import Annex, FilingForm, Form, Header, Person
from meice.engines.annexes.write import write_workbook
from meice.orgs.models import Unit
from meice.registry import entry as entries
from meice.registry.entry import Entry, Value
from meice.registry.models import Filing

NO_MARK = "空"
PLAIN_CELLS = (
    *("name", "account_id", "department", "verified_as", "platform_or_icp", "opened_on"),
    *("followers", "frequency", "responsible_department", "filing_kind"),
)
SITE = "website"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; `old` is set when it was changed (blank before: `空`)."""

    text: str
    old: str = ""

    @property
    def is_changed(self) -> bool:
        """The cell gets the frame, the word 变更, the old struck out."""
        return bool(self.old)


@dataclass(frozen=True, slots=True)
class PersonCells:
    """One line of the people's part."""

    name: Cell
    title: Cell
    phone: Cell


@dataclass(frozen=True, slots=True)
class Paper:
    """The print page of annex 3."""

    cells: Mapping[str, Cell]
    leader: PersonCells
    reviewer: PersonCells
    operators: tuple[PersonCells, PersonCells, PersonCells]
    changed: int
    code: str


def paper_of(filing: Filing) -> Paper:
    """The form as it stands, marks included (`变更` only: an opening is new as a whole)."""
    form = annex3_form(filing, long_dates=True)
    changed = dict(form.changed)
    cells = {key: _cell(str(getattr(form, key)), changed.get(key)) for key in PLAIN_CELLS}
    people = [*form.operators, *[Person()] * 3][:3]
    operators = tuple(
        _person(person, f"operators.{number}", changed) for number, person in enumerate(people, 1)
    )
    return Paper(
        cells,
        _person(form.leader, "leader", changed),
        _person(form.reviewer, "reviewer", changed),
        (operators[0], operators[1], operators[2]),
        len(changed),
        check_code(filing, form),
    )


def _cell(text: str, old: str | None) -> Cell:
    return Cell(text, "" if old is None else old or NO_MARK)


def _person(person: Person, key: str, changed: Mapping[str, str | None]) -> PersonCells:
    parts = {
        part: _cell(getattr(person, part), changed.get(f"{key}.{part}"))
        for part in entries.ANNEX3_PARTS
    }
    return PersonCells(**parts)


def annex3_form(filing: Filing, *, long_dates: bool = False) -> FilingForm:
    """The engine's form: the content of the filing, changed cells with what stood there before.

    Dates are ISO as the engine wants them, or 2019年10月8日 for the print page.
    """
    content = filing.content
    unit_names = _unit_names(content, filing.base)
    new = _cells(content, unit_names, long_dates)
    old = _cells(filing.base, unit_names, long_dates)
    changed: dict[str, str | None] = {}
    if filing.kind == "change":
        changed = {key: old.get(key, "") or NO_MARK for key in new if new[key] != old.get(key, "")}
    people = {key: _person_of(new, key) for key in ("leader", "reviewer", *entries.OPERATORS)}
    operators = tuple(people[key] for key in entries.OPERATORS)
    while operators and operators[-1] == Person():
        operators = operators[:-1]
    return FilingForm(
        name=new["name"],
        account_id=new["account_id"],
        department=new["department"],
        verified_as=new["verified_as"],
        platform_or_icp=new["platform_or_icp"],
        opened_on=new["opened_on"],
        followers=new["followers"],
        frequency=new["frequency"],
        responsible_department=new["responsible_department"],
        filing_kind=filing.get_kind_display(),
        leader=people["leader"],
        reviewer=people["reviewer"],
        operators=operators,
        changed=changed,
    )


def _cells(entry: Entry, unit_names: Mapping[int, str], long_dates: bool) -> dict[str, str]:
    """Annex 3's own cells of an entry, as text; a site shows its address and its ICP number."""
    is_site = entry.get("platform") == SITE
    first, second = ("url", "account_id") if is_site else ("account_id", "url")
    identity = entry.get(first) or entry.get("permanent_id") or entry.get(second)
    platform = entries.shown(entries.ITEM_BY_KEY["platform"], entry.get("platform"))
    opened, value = entries.ITEM_BY_KEY["opened_on"], entry.get("opened_on")
    department = unit_names.get(_whole(entry.get("unit")), "")
    cells = {
        "name": _text(entry.get("name")),
        "account_id": _text(identity),
        "department": department,
        "verified_as": _text(entry.get("verified_as")),
        "platform_or_icp": _text(entry.get("icp")) if is_site else platform,
        "opened_on": entries.shown(opened, value) if long_dates else _text(value),
        "followers": _text(entry.get("followers")),
        "frequency": _text(entry.get("frequency")),
        "responsible_department": _text(entry.get("responsible_department")) or department,
    }
    for person in ("leader", "reviewer", *entries.OPERATORS):
        for part in entries.ANNEX3_PARTS:
            cells[f"{person}.{part}"] = _text(entry.get(f"{person}.{part}"))
    return cells


def _person_of(cells: Mapping[str, str], key: str) -> Person:
    return Person(cells[f"{key}.name"], cells[f"{key}.title"], cells[f"{key}.phone"])


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _unit_names(*entries_: Entry) -> dict[int, str]:
    keys = {_whole(entry.get("unit")) for entry in entries_}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))


def annex3_bytes(filing: Filing, today: date) -> bytes:
    """The `.xls` of this filing."""
    form = Form(
        path="",
        annex=Annex.FILING,
        header=Header(unit=filing.unit_name, date=today.isoformat()),
        rows=(annex3_form(filing),),
    )
    return write_workbook([form])


def check_code(filing: Filing, form: FilingForm) -> str:
    """Eight signs that change with anything on the paper: `C1D8-02E7`."""
    text = f"{filing.pk}|{filing.number}|{form.to_json()}"
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
