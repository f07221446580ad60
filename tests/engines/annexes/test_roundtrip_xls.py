"""Writing a form and reading it gives the same form: through .xls, for all four annexes."""

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from tests.engines.annexes import strategies
from tests.engines.annexes.invented import BASIC, FORMS, basic_form

from meice.engines.annexes import columns
from meice.engines.annexes.model import Annex, Form, Severity
from meice.engines.annexes.read.tasks import Source, read_source
from meice.engines.annexes.write import blank_workbook, write_workbook

BOUNDED = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking whole workbooks takes minutes
TODAY = "2021-06-30"


def read_back(content: bytes) -> Form:
    """The one form of a workbook; the sheets of annex 3 joined."""
    forms = read_source(Source("x.xls", content, TODAY))
    assert isinstance(forms, tuple)
    rows = tuple(row for form in forms for row in form.rows)
    issues = tuple(issue for form in forms for issue in form.issues)
    return replace(forms[0], rows=rows, issues=issues)


@settings(max_examples=200, deadline=None, phases=BOUNDED)
@given(strategies.forms)
def test_write_then_read_is_the_identity(form: Form) -> None:
    back = read_back(write_workbook([form]))
    assert (back.annex, back.header) == (form.annex, form.header)
    assert (back.rows, back.samples) == (form.rows, form.samples)


@settings(max_examples=50, deadline=None, phases=BOUNDED)
@given(strategies.forms)
def test_the_json_of_a_form_reads_back(form: Form) -> None:
    assert Form.from_json(form.to_json()) == replace(form, path="")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.annex.name)
def test_a_good_form_reads_back_without_an_error(form: Form) -> None:
    back = read_back(write_workbook([form], delivery="报送方式：6月29日上午12:00前报送。"))
    assert back.accepted
    assert (back.rows, back.header) == (form.rows, form.header)


@pytest.mark.parametrize("annex", Annex)
def test_a_blank_form_reads_as_blank(annex: Annex) -> None:
    back = read_back(blank_workbook(annex))
    assert (back.annex, back.accepted) == (annex, True)
    assert back.samples == (columns.SAMPLES if annex is Annex.BASIC else ())
    assert len(back.rows) == (7 if annex is Annex.COUNTS else 0)
    assert not [issue for issue in back.issues if issue.severity is Severity.ERROR]


@pytest.mark.parametrize("count", [0, 1, 300])
def test_any_number_of_rows_reads_back(count: int) -> None:
    rows = [replace(BASIC, number=number, name=f"账号{number}") for number in range(count)]
    assert read_back(write_workbook([basic_form(*rows)])).rows == tuple(rows)
