"""People and checks of the room, made through real actions."""

import uuid
from io import BytesIO

import pytest
from tests.base_states import base_state
from tests.meice.surveys import sheet_scene
from tests.meice.surveys.scene import a_world

from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    Code,
    Form,
    Header,
    Issue,
    Places,
    Rectified,
    Report,
    Severity,
)
from meice.engines.annexes.write import write_workbook
from meice.surveys.actions.asked import Incoming, receive_files
from meice.surveys.actions.found import keep_report

UNIT = "数学与信息学院"
KEYS = (
    "number", "name", "unit", "verified_as", "kind", "problems", "rectified", "interactive",
    "has_review_system", "outsourced", "responsible_name", "responsible_mobile", "note",
)  # fmt: skip


def row(number=1, **given):
    """A row of annex 1 with nothing wrong."""
    values = {
        "number": number,
        "name": f"华园数信{number}",
        "unit": UNIT,
        "verified_as": "华园大学",
        "kind": "微信公众号",
        "problems": ("无问题",),
        "rectified": Rectified.NOT_NEEDED,
        "interactive": True,
        "has_review_system": True,
        "outsourced": False,
        "responsible_name": "何嘉敏",
        "responsible_mobile": f"138000{number:05d}",
    }
    return BasicRow(**(values | given))


def basic_form(rows=None, issues=(), path="数信学院.xls", samples=()):
    """An annex 1 whose first row stood in line 4 of the sheet."""
    rows = tuple(rows if rows is not None else (row(1), row(2)))
    places = Places(
        columns={key: at for at, key in enumerate(KEYS)},
        lines=tuple(range(3, 3 + len(rows))),
    )
    header = Header(UNIT, "何嘉敏", "13800000009", "2021-06-29")
    return Form(path, Annex.BASIC, "附件1", 1, header, rows, tuple(samples), tuple(issues), places)


def issue(cell="L4", found="1360000220", severity=Severity.ERROR, code=Code.BAD_MOBILE, **given):
    """A fault of annex 1."""
    values = {
        "message": f"手机号「{found}」只有 {len(found)} 位，应为 11 位。",
        "expected": "11 位",
    }
    place = {"path": "数信学院.xls", "sheet": "附件1"}
    return Issue(code, severity, cell=cell, found=found, **(place | values | given))


@pytest.fixture
def operator(cast):
    return cast.he


@pytest.fixture
def colleague(cast):
    return cast.zhou


@pytest.fixture
def checked(operator):
    """A finished check of `operator`: `checked(form, …)`."""

    def make(*forms, by=None, name="数信学院.xls", packages=()):
        content = BytesIO(write_workbook([basic_form()]))
        incoming = Incoming(name, len(content.getvalue()), content)
        check = receive_files([incoming], by=by or operator, token=uuid.uuid4())
        keep_report(check, Report(forms or (basic_form(),), tuple(packages)))
        check.refresh_from_db()
        return check

    return make


@base_state
def world():
    """A campaign that runs: 数信学院 has one outlet in the register, 艺术学院 none."""
    return a_world()


@base_state
def school():
    """The outlets of 数信学院 are in force."""
    return sheet_scene.make_school()


@base_state
def submission(school):
    """数信学院's, begun."""
    return sheet_scene.started(school, sheet_scene.make_campaign(school))
