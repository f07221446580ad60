"""The grid says what stands where, as the clerk's own sheet does."""

import pytest

from meice.engines.annexes.model import Code, Places, Severity
from meice.surveys.grid import Layout, layout_of, view, windows_of
from meice.surveys.grid.sheet import mask_numbers

from .conftest import basic_form, issue, row

pytestmark = pytest.mark.django_db


def sheet_of(check, *, number="", only="", masked=True):
    return view(check.forms.get(), number=number, only=only, masked=masked)


def cell(shown, address):
    return next(cell for row in shown.rows for cell in row.cells if cell.address == address)


def test_letters_are_those_of_the_file_even_when_a_column_was_inserted():
    form = basic_form()
    shifted = {key: at + (at > 3) for key, at in form.places.columns.items()}
    layout = layout_of(
        type(form)(
            **{
                **{name: getattr(form, name) for name in form.__dataclass_fields__},
                "places": Places(columns=shifted, lines=form.places.lines),
            }
        )
    )
    letters = {heading.title: heading.letter for heading in layout.headings}
    assert letters["认证主体"] == "D"
    assert letters["类型"] == "F"
    assert letters["备注"] == "N"


def test_rows_carry_the_row_numbers_of_the_sheet():
    (window,) = windows_of(basic_form())
    assert [line for line, _ in window] == [4, 5]
    assert window[0][1][:5] == [
        "1",
        "华园数信1",
        "数学与信息学院",
        "华园大学",
        "微信公众号",
    ]
    assert window[0][1][5:10] == ["无问题", "-", "是", "是", "否"]


def test_a_cell_that_was_not_understood_shows_what_was_found_in_it():
    wrong = issue(cell="H4", found="大概有", code=Code.BAD_VALUE)
    (window,) = windows_of(basic_form(rows=[row(interactive=None)], issues=[wrong]))
    assert window[0][1][7] == "大概有"


def test_layout_survives_the_way_through_json():
    layout = layout_of(basic_form(samples=[row(name="广东教育")]))
    assert Layout.from_json(layout.to_json()) == layout


def test_a_valid_mobile_is_masked_and_a_faulty_one_is_not(checked):
    rows = [row(1), row(2, responsible_mobile="1360000220")]
    check = checked(basic_form(rows=rows, issues=[issue(cell="L5")]))
    shown = sheet_of(check)
    assert cell(shown, "L4").text == "138****0001"
    assert cell(shown, "L5").text == "1360000220"
    assert cell(shown, "L5").fault.mark == "1"
    assert "1360000220" in shown.faults[0].message


def test_unmasked_shows_the_whole_number(checked):
    assert cell(sheet_of(checked(), masked=False), "L4").text == "13800000001"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("找何嘉敏13800000001，或 138 0000 0002", "找何嘉敏138****0001，或 138****0002"),
        ("138000000012", "138000000012"),
        ("没有号码", "没有号码"),
    ],
)
def test_numbers_in_running_text_are_masked(text, shown):
    assert mask_numbers(text) == shown


def test_errors_come_before_warnings_and_each_in_the_order_of_reading(checked):
    found = [
        issue(cell="E9", severity=Severity.WARNING, code=Code.BAD_VALUE),
        issue(cell="M4", severity=Severity.ERROR),
        issue(cell="D4", severity=Severity.ERROR),
        issue(cell=None, severity=Severity.ERROR, code=Code.MISSING_COLUMN),
    ]
    shown = sheet_of(checked(basic_form(issues=found)))
    assert [fault.cell for fault in shown.faults] == ["", "D4", "M4", "E9"]
    assert [fault.number for fault in shown.faults] == [1, 2, 3, 4]
    assert shown.faults[3].mark == "!"


def long_check(checked):
    rows = [row(number) for number in range(1, 451)]
    wrong = [issue(cell="L10"), issue(cell="L440"), issue(cell=None, code=Code.MISSING_COLUMN)]
    return checked(basic_form(rows=rows, issues=wrong))


def test_a_long_form_is_shown_in_windows_of_a_hundred(checked):
    shown = sheet_of(long_check(checked), number="2")
    assert [row.line for row in shown.rows] == list(range(104, 204))
    assert [(link.first, link.last, link.faults) for link in shown.windows][::4] == [
        (1, 100, 1), (401, 450, 1),
    ]  # fmt: skip


def test_f8_leads_over_windows_without_faults(checked):
    check = long_check(checked)
    first, middle = sheet_of(check, number="1"), sheet_of(check, number="3")
    assert (first.previous_faulty_window, first.next_faulty_window) == (None, 5)
    assert (middle.previous_faulty_window, middle.next_faulty_window) == (1, 5)
    assert [fault.cell for fault in middle.faults] == [""]


@pytest.mark.parametrize("number", ["", "0", "-1", "abc", "²", "9" * 30])
def test_nonsense_for_a_window_gives_a_window(checked, number):
    assert sheet_of(long_check(checked), number=number).window in {1, 5}


def test_only_the_faulty_rows_on_request(checked):
    shown = sheet_of(checked(basic_form(issues=[issue(cell="L5")])), only="faulty")
    assert [row.line for row in shown.rows] == [5]
