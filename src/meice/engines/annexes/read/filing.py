"""Annex 3: one paper form of one account, its people and its change marks.

Source: annexes.md, 附件3; contracts.md (``changed``): a changed cell holds 新值【原：旧值】 in bold
in a thick frame; a cell with only a mark (▲, ※, red) is changed with an unknown old value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from meice.engines.annexes import columns
from meice.engines.annexes.columns import CHANGE_SIGNS, Column
from meice.engines.annexes.model import Code, FilingForm, FilingKind, Person
from meice.engines.annexes.read import titles, values
from meice.engines.annexes.read.basic import same_unit
from meice.engines.annexes.read.dates import date_of
from meice.engines.annexes.read.filings import check_date, check_kind, check_url, phone
from meice.engines.annexes.read.grid import PLAIN, Cell, Sheet, Style, Value
from meice.engines.annexes.read.ledger import Ledger
from meice.engines.annexes.read.recognise import Found
from meice.engines.annexes.read.titles import Titles, plain
from meice.engines.annexes.read.values import clean, fold, text_of

LABELS = {column.key: column for column in columns.FORM_LABELS}
PERSON_KEYS = tuple(column.key for column in columns.PERSON_COLUMNS)
PEOPLE = Titles(columns.PERSON_COLUMNS)
ROLES = Titles((columns.LEADER_LABEL, columns.REVIEWER_LABEL, columns.OPERATORS_LABEL))
ROLE_NAMES = {"leader": "主管领导", "reviewer": "审核人"}
CHANGE = re.compile(
    r"(?P<new>.*?)\s*[【\[（(]\s*原(?:为|值|来)?\s*[：:]\s*(?P<old>.*?)\s*[】\]）)]\s*", re.DOTALL
)
SIGNS = re.compile(f"^[{''.join(CHANGE_SIGNS)}]+|[{''.join(CHANGE_SIGNS)}]+$")
CHANGED_WORD = re.compile(r"\s*[（(【\[](?:已?变更|有变更|已更改)[)）】\]]\s*$")
SEAL = re.compile(r"(?:主管)?(?:单位|部门)\s*[（(]\s*(?:盖\s*章|公\s*章)")
OPERATOR_NUMBER = re.compile(r"[1-9一二三四五][.、]?")
MOST_OPERATORS = 20
EXPECTED = ("name", "account_id", "department", "opened_on", "filing_kind")
KINDS = tuple(FilingKind)


@dataclass(slots=True)
class Paper:
    """One form: the values found so far with their cells."""

    sheet: Sheet
    found: Found
    covers: Mapping[Cell, Cell]
    ends: Mapping[Cell, Cell]  # the last cell of the merged range a cell begins
    labels: frozenset[Cell]
    texts: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)

    def keep(self, key: str, cell: Cell, value: Value) -> None:
        self.texts[key] = value
        self.cells[key] = cell


def read_form(
    sheet: Sheet, found: Found, styles: Callable[[], Mapping[Cell, Style]]
) -> tuple[FilingForm | None, Paper, int]:
    """The form (None when it is blank), where its values stand, and the first row of its foot."""
    ends = dict(sheet.merged)
    paper = Paper(sheet, found, sheet.covers(), ends, frozenset(found.labels.values()))
    for key, cell in found.labels.items():
        _read_label(paper, key, cell)
    foot = _read_people(paper)
    foot = _read_opinion(paper, foot)
    if not any(text_of(value) for value in paper.texts.values()):
        return None, paper, foot
    return _form(paper, styles), paper, foot


def _read_label(paper: Paper, key: str, cell: Cell) -> None:
    """A label's value: behind its colon, or in the next cells of its row up to the next label."""
    text = str(paper.sheet.at(*cell))
    if titles.FORM.named(text) is None:
        inner = text.replace("：", ":").partition(":")[2]
        if inner.strip():
            paper.keep(key, cell, inner)
            return
    row, column = cell[0], paper.ends.get(cell, cell)[1] + 1
    width = len(paper.sheet.rows[row])
    first = (row, column)
    while column < width:
        at = paper.covers.get((row, column), (row, column))
        if at in paper.labels or (at != cell and _is_label(paper.sheet.at(*at))):
            break
        value = paper.sheet.at(*at)
        if text_of(value):
            paper.keep(key, at, value)
            return
        column += 1
    paper.keep(key, first, "")


def _is_label(value: Value) -> bool:
    return isinstance(value, str) and titles.FORM.named(value) in LABELS


def _read_people(paper: Paper) -> int:
    """The people's rows; returns the row after them."""
    row = _people_row(paper)
    if row is None:
        return paper.found.body
    places = _person_places(paper, row)
    operators = 0
    role = ""
    last = row
    for line in range(row + 1, min(paper.found.bottom, len(paper.sheet.rows))):
        if _is_opinion(paper, line):
            break
        named = _role(paper, line, places)
        role = named or (role if role == "operators" else "")
        if not role or (operators >= MOST_OPERATORS and role == "operators"):
            continue
        if role == "operators":
            if not named and not _belongs(paper, line, places):
                break
            operators += 1
        key = f"operators.{operators}" if role == "operators" else role
        for part, column in places.items():
            paper.keep(f"{key}.{part}", (line, column), paper.sheet.at(line, column))
        last = line
    return last + 1


def _people_row(paper: Paper) -> int | None:
    """The row that says 姓名, 职务, 联系电话."""
    for row in range(paper.found.heading, min(paper.found.bottom, len(paper.sheet.rows))):
        if len(_person_places(paper, row)) >= 2:
            return row
    return None


def _person_places(paper: Paper, row: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, value in enumerate(paper.sheet.rows[row]):
        key = PEOPLE.named(value) if isinstance(value, str) and len(value) < 12 else None
        if key and key not in places:
            places[key] = column
    return places


def _role(paper: Paper, row: int, places: Mapping[str, int]) -> str | None:
    """Whose row this is, by the words before the name."""
    texts = [text_of(paper.sheet.at(row, column)) for column in range(min(places.values()))]
    for text in ("".join(texts), *texts):
        key = ROLES.named(text.rstrip("0123456789")) or ROLES.like(text)
        if key:
            return key
    return None


def _belongs(paper: Paper, row: int, places: Mapping[str, int]) -> bool:
    """Whether a row without a role goes on with the operators: numbered, or inside their label's
    merged range, or with a name in its place."""
    first = min(places.values())
    for column in range(first):
        if (row, column) in paper.covers:
            top = paper.covers[row, column]
            if top != (row, column) and top[1] < first <= paper.ends[top][1] + first:
                return True
        if OPERATOR_NUMBER.fullmatch(fold(text_of(paper.sheet.at(row, column)))):
            return True
    filled = [text_of(paper.sheet.at(row, column)) for column in places.values()]
    before = any(text_of(paper.sheet.at(row, column)) for column in range(first))
    return bool(filled[0]) and not before and len(filled[0]) < 12


def _is_opinion(paper: Paper, row: int) -> bool:
    return any(
        plain(str(value)).startswith(("主管部门意见", "主管单位意见")) or SEAL.search(str(value))
        for value in paper.sheet.rows[row]
        if isinstance(value, str)
    )


def _read_opinion(paper: Paper, start: int) -> int:
    """主管部门意见 with what stands behind it; returns the row after the seal's line."""
    for row in range(start, min(paper.found.bottom, len(paper.sheet.rows))):
        for column, value in enumerate(paper.sheet.rows[row]):
            if isinstance(value, str) and plain(value).startswith(("主管部门意见", "主管单位意见")):
                return _opinion_at(paper, row, column, value)
    return start


def _opinion_at(paper: Paper, row: int, column: int, value: str) -> int:
    inner = re.split(r"意\s*见\s*[:：]?", value, maxsplit=1)[-1]
    sealed = SEAL.search(inner)
    opinion = inner[: sealed.start()] if sealed else inner
    cell, line = (row, column), row
    if not opinion.strip():
        for other in range(column + 1, len(paper.sheet.rows[row])):
            text = text_of(paper.sheet.at(row, other))
            if text and not SEAL.search(text):
                cell, opinion = (row, other), text
                break
    while (
        not sealed and line + 1 < min(paper.found.bottom, len(paper.sheet.rows)) and line < row + 4
    ):
        texts = [text for each in paper.sheet.rows[line + 1] if (text := text_of(each))]
        if texts and fold(texts[0]).startswith(("注", "填表", "填报")):
            break
        line += 1
        sealed = SEAL.search(" ".join(texts))
        if texts and not sealed:
            opinion = f"{opinion}\n{' '.join(texts)}"
    paper.keep("opinion", cell, opinion)
    return line + 1


def _form(paper: Paper, styles: Callable[[], Mapping[Cell, Style]]) -> FilingForm:
    texts = {key: text_of(value) for key, value in paper.texts.items()}
    kind_text, changed = _kind_text(texts)
    kind = values.filing_kind(kind_text)
    for key, value in list(texts.items()):
        if key != "filing_kind":
            texts[key], marked = _unmarked(key, value)
            changed |= marked
    if kind is FilingKind.CHANGED:
        changed |= _drawn(paper, texts, changed, styles())
    operators = [_person(texts, f"operators.{at}") for at in range(1, _operators(texts) + 1)]
    while operators and not operators[-1] and not _touched(changed, len(operators)):
        operators.pop()
    return FilingForm(
        name=texts.get("name", ""),
        account_id=texts.get("account_id", ""),
        department=texts.get("department", ""),
        verified_as=texts.get("verified_as", ""),
        platform_or_icp=texts.get("platform_or_icp", ""),
        opened_on=_date(paper, texts),
        followers=texts.get("followers", ""),
        frequency=texts.get("frequency", ""),
        responsible_department=texts.get("responsible_department", ""),
        filing_kind=kind.value if kind else _unticked(kind_text),
        leader=_person(texts, "leader"),
        reviewer=_person(texts, "reviewer"),
        operators=tuple(operators),
        opinion=texts.get("opinion", ""),
        changed=changed,
    )


def _touched(changed: Mapping[str, str | None], number: int) -> bool:
    """Whether a change mark stands in an operator's row, blank though it is."""
    return any(key.startswith(f"operators.{number}.") for key in changed)


def _kind_text(texts: Mapping[str, str]) -> tuple[str, dict[str, str | None]]:
    """备案类型 without a change mark of its own; a sign may be the tick of a choice."""
    written = texts.get("filing_kind", "")
    bare, marked = _unmarked("filing_kind", written)
    if CHANGE.fullmatch(written) or bare in columns.FILING_KINDS or not bare:
        return bare, marked
    return written, {}


def _unticked(kind: str) -> str:
    """ "" for the printed choices without a tick; other words stay."""
    left = fold(kind)
    for each in KINDS:
        left = left.replace(each.value, "")
    return kind if left.strip("/、,，|()" + values.UNTICKED) or fold(kind) == kind == "" else ""


def _unmarked(key: str, value: str) -> tuple[str, dict[str, str | None]]:
    """A value without its change mark, and what the mark says."""
    match = CHANGE.fullmatch(value)
    if match:
        new, old = SIGNS.sub("", match["new"]), match["old"]
        old = date_of(old) or old if key == "opened_on" else old
        return _tidy(key, new), {key: clean(old)}
    bare = CHANGED_WORD.sub("", SIGNS.sub("", value))
    return _tidy(key, bare), ({key: None} if bare != value else {})


def _tidy(key: str, text: str) -> str:
    text = clean(text)
    if key.endswith(".name"):
        return values.person_name(text)
    if key.endswith(".phone"):
        return phone(text)
    return text


def _drawn(
    paper: Paper,
    texts: Mapping[str, str],
    changed: Mapping[str, str | None],
    styles: Mapping[Cell, Style],
) -> dict[str, str | None]:
    """Values marked only by how they are drawn: red, framed, or bold where the others are not."""
    filled = [key for key, text in texts.items() if text and key != "filing_kind"]
    drawn = {key: styles.get(paper.cells[key], PLAIN) for key in filled}
    bold = sum(style.bold for style in drawn.values())
    red = sum(style.red for style in drawn.values())
    framed = sum(style.framed for style in drawn.values())
    half = max(1, len(filled) // 2)
    return {
        key: None
        for key, style in drawn.items()
        if key not in changed
        and (
            (style.red and red <= half)
            or (style.framed and framed <= half)
            or (style.bold and bold <= half)
        )
    }


def _date(paper: Paper, texts: Mapping[str, str]) -> str:
    raw = paper.texts.get("opened_on", "")
    text = texts.get("opened_on", "")
    return date_of(text if isinstance(raw, str) else raw) or text


def _person(texts: Mapping[str, str], key: str) -> Person:
    return Person(*(texts.get(f"{key}.{part}", "") for part in PERSON_KEYS))


def _operators(texts: Mapping[str, str]) -> int:
    numbers = [int(key.split(".")[1]) for key in texts if key.startswith("operators.")]
    return max(numbers, default=0)


def check_form(form: FilingForm, paper: Paper, unit: str, today: str, ledger: Ledger) -> None:
    """Every rule of annex 3 that one file can tell."""
    for key in EXPECTED:
        if not getattr(form, key):
            ledger.missing(paper.cells.get(key), LABELS[key].title, wanted=False)
    for key, name in ROLE_NAMES.items():
        if not getattr(form, key).name:
            ledger.missing(paper.cells.get(f"{key}.name"), f"{name}姓名", wanted=False)
    if not form.operators or not form.operators[0].name:
        ledger.missing(paper.cells.get("operators.1.name"), "运维工作人员姓名", wanted=False)
    check_date(form.opened_on, today, paper.cells.get("opened_on"), ledger)
    check_kind(form.filing_kind, paper.cells.get("filing_kind"), ledger)
    check_url(form.account_id, form.platform_or_icp, paper.cells.get("account_id"), ledger)
    if unit and form.department and not same_unit(form.department, unit):
        message = (
            f"开设部门「{form.department}」与填报部门「{unit}」不一致。请核对是不是填错了部门。"
        )
        cell = paper.cells.get("department")
        ledger.warn(Code.UNIT_MISMATCH, cell, form.department, unit, message)


def check_labels(found: Found, ledger: Ledger) -> None:
    """Each labelled cell of the form that is not there."""
    for label in missing_labels(found):
        ledger.error(
            Code.MISSING_COLUMN,
            (found.heading, 0),
            "",
            label.title,
            f"表里没有「{label.title}」这一格。请用通知所附的表格，不要删改栏目。",
        )


def missing_labels(found: Found) -> Iterator[Column]:
    """The labels of the form that were not found."""
    for key, label in LABELS.items():
        if key not in found.labels:
            yield label


def check_formulas(paper: Paper, ledger: Ledger) -> None:
    """Formulas in the cells of values."""
    for key, cell in paper.cells.items():
        formula = paper.sheet.formulas.get(cell)
        if formula is not None:
            ledger.formula(cell, formula, text_of(paper.texts[key]))
