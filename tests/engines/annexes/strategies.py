"""Hypothesis strategies for rows and forms as the contract lets them be (already normalised)."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from meice.engines.annexes import columns
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    CountRow,
    FilingForm,
    FilingKind,
    FilingRow,
    Form,
    Header,
    Person,
    Rectified,
)

LETTERS = "华园数信团委学院官方甲乙丙丁𠮷ABCxyz0123456789（）《》·—"
STARTS = ["", "=", "+", "@", "＝", "＋", "＠", "'", '"=', "😀"]


def _texts(shortest: int, longest: int = 40) -> SearchStrategy[str]:
    words = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=shortest, max_size=4)
    return st.builds(lambda start, given: (start + " ".join(given))[:longest].strip() if given else
                     "", st.sampled_from(STARTS), words)  # fmt: skip


blank_or_text = _texts(0)
text = _texts(1).filter(bool)
person_name = st.text("赵钱孙李周吴郑王冯陈", min_size=0, max_size=4)
phone = st.sampled_from(["", "13800000001", "020-80000000", "8001", "020-80000000转8001"])
dates = st.one_of(
    st.just(""),
    st.dates().filter(lambda day: 1990 <= day.year <= 2020).map(lambda day: day.isoformat()),
    st.sampled_from(["2019-10", "2018", "2020-02-29"]),
)
numbers = st.one_of(st.none(), st.integers(0, 10**6))
answers = st.sampled_from([None, True, False])
problem = st.sampled_from(
    ["无更新", "信息发布不准确", "审核机制不健全", "自己发现的问题（整改中）"]
)
problems = st.one_of(
    st.just(()), st.just(("无问题",)), st.lists(problem, min_size=1, max_size=3, unique=True)
).map(tuple)
filing_kind = st.sampled_from(["", *FilingKind])

headers = st.builds(Header, blank_or_text, person_name, phone, dates)
filing_headers = st.builds(Header, unit=blank_or_text, date=dates)
people = st.builds(Person, person_name, blank_or_text, phone)

basic_rows = st.builds(
    BasicRow,
    number=numbers,
    name=text,
    unit=blank_or_text,
    verified_as=blank_or_text,
    kind=blank_or_text,
    problems=problems,
    rectified=st.sampled_from([None, *Rectified]),
    interactive=answers,
    has_review_system=answers,
    outsourced=answers,
    responsible_name=person_name,
    responsible_mobile=st.sampled_from(["", "13800000001", "19912345678"]),
    note=blank_or_text,
)
counts = st.fixed_dictionaries(dict.fromkeys(columns.COUNT_COLUMNS, numbers))
count_rows = st.tuples(
    *(
        st.builds(CountRow, item=st.just(item), counts=counts, total=numbers, note=blank_or_text)
        for item in columns.COUNT_ITEMS
    )
)
filing_rows = st.builds(
    FilingRow,
    number=numbers,
    name=text,
    account_id=blank_or_text,
    department=blank_or_text,
    verified_as=blank_or_text,
    kind=blank_or_text,
    opened_on=dates,
    leader=person_name,
    reviewer=person_name,
    operator=person_name,
    operator_phone=phone,
    filing_kind=filing_kind.map(str),
)
PLAIN_KEYS = [label.key for label in columns.FORM_LABELS if label.key != "opened_on"]
PEOPLE = ("leader", "reviewer", "operators.1", "operators.2", "operators.3")
NAME_KEYS = [f"{who}.name" for who in PEOPLE]
OTHER_KEYS = [f"{who}.{part}" for who in PEOPLE for part in ("title", "phone")]
changes = st.builds(
    lambda plain, named: {**plain, **named},
    st.dictionaries(
        st.sampled_from([*PLAIN_KEYS, *OTHER_KEYS]), st.one_of(st.none(), text), max_size=4
    ),
    st.dictionaries(st.sampled_from(NAME_KEYS), st.one_of(st.none(), person_name), max_size=2),
)
operators = st.lists(people.filter(bool), max_size=5).map(tuple)


def _padded(form: FilingForm) -> FilingForm:
    """An operator whose cell bears a change mark is there, if only as a blank."""
    marked = [int(key.split(".")[1]) for key in form.changed if key.startswith("operators.")]
    missing = max(marked, default=0) - len(form.operators)
    return replace(form, operators=(*form.operators, *([Person()] * missing)))


filing_forms = st.builds(
    FilingForm,
    name=text,
    account_id=blank_or_text,
    department=blank_or_text,
    verified_as=blank_or_text,
    platform_or_icp=blank_or_text,
    opened_on=dates,
    followers=blank_or_text,
    frequency=blank_or_text,
    responsible_department=blank_or_text,
    filing_kind=filing_kind.map(str),
    leader=people,
    reviewer=people,
    operators=operators,
    opinion=blank_or_text,
    changed=changes,
).map(_padded)

forms = st.one_of(
    st.builds(
        Form,
        st.just(""),
        st.just(Annex.BASIC),
        header=headers,
        rows=st.lists(basic_rows, max_size=8).map(tuple),
        samples=st.sampled_from([(), columns.SAMPLES]),
    ),
    st.builds(Form, st.just(""), st.just(Annex.COUNTS), header=headers, rows=count_rows),
    st.builds(
        Form,
        st.just(""),
        st.just(Annex.FILING),
        header=filing_headers,
        rows=st.lists(filing_forms, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(
        Form,
        st.just(""),
        st.just(Annex.FILINGS),
        header=headers,
        rows=st.lists(filing_rows, max_size=8).map(tuple),
    ),
)
