"""A school with an account and a website, their compliance files, logins and devices."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import openpyxl
from tests.meice.registry.scene import accepted, make_school, opening

from meice.compliance import actions
from meice.compliance.models import CHECKLIST
from meice.files.actions import keep_file

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""
TODAY = date(2026, 11, 23)


def days(number, at=MONDAY):
    return at + timedelta(days=number)


def school_with_site():
    """华园大学; 数信学院 has a WeChat account and a website."""
    school = make_school()
    account = accepted(school, opening(school)).outlet
    site = accepted(
        school,
        opening(
            school, name="数信学院网站", platform="website", account_id="", permanent_id="",
            url="https://sx.huayuan.edu.cn/", icp="粤ICP备04000001号",
        ),
    ).outlet  # fmt: skip
    return school, account, site


def held(school, outlet, kind="grade", until=None, by=None, at=MONDAY, **given):
    facts = actions.ItemFacts(
        "held", **{"number": "44010000001-26001", "valid_until": until, **given}
    )
    return actions.record_item(outlet, _kind(kind), facts, by=by or school.he, at=at)


def lacking(school, outlet, kind="police", at=MONDAY):
    return actions.record_item(
        outlet, _kind(kind), actions.ItemFacts("lacking"), by=school.he, at=at
    )


def _kind(kind):
    from meice.compliance.models import ItemKind

    return ItemKind(kind)


def a_file(school, name="证明.pdf"):
    return keep_file(BytesIO(b"%PDF-1.4 proof"), name=name, by=school.he, purpose="compliance")


def a_device(school, number="HY-2026-001", by=None, at=MONDAY, **given):
    facts = actions.DeviceFacts(
        **{
            "asset_number": number, "name": "联想启天 M455", "kind": "desktop",
            "purpose": "公众号审核、发布", "custodian": school.he, **given,
        }
    )  # fmt: skip
    return actions.add_device(school.maths, facts, by=by or school.he, at=at)


def answers(**given):
    return {**dict.fromkeys(CHECKLIST, True), **given}


def a_custody(school, outlet, by=None, at=MONDAY, **given):
    facts = actions.CustodyFacts(
        **{
            "what": "公众号管理员", "holder": school.he, "rotated_on": date(2026, 10, 1),
            "recovery_name": "郑国强", "recovery_phone": "13900000077", **given,
        }
    )  # fmt: skip
    return actions.add_custody(outlet, facts, by=by or school.he, at=at)


def a_list(*rows, head=("资产编号", "设备名称", "类型", "使用单位", "保管人", "用途")):
    """The bytes of a workbook with a list of devices."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["数信学院设备清单"])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    stream = BytesIO()
    book.save(stream)
    book.close()
    return stream.getvalue()
