"""What must never be false is held by the database, past every action."""

import pytest
from django.db import IntegrityError, transaction
from tests.meice.registry.scene import MONDAY, opening

from meice.registry.actions import filings
from meice.registry.actions.exceptions import grant_exception
from meice.registry.models import Contact, Filing, Outlet, OutletStatus


def refuses(change):
    """The database refuses, and the transaction around it lives on."""
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def twin(outlet, **given):
    values = {
        "number": "M-9999", "name": "第二个", "pinyin_key": "d", "platform": outlet.platform,
        "status": OutletStatus.IN_USE, "unit": outlet.unit, "unit_path": outlet.unit_path,
        "changed_at": MONDAY,
    }  # fmt: skip
    return Outlet.objects.create(**(values | given))


def test_a_second_active_outlet_needs_an_exception_row(school, outlet):
    assert refuses(lambda: twin(outlet))
    grant = grant_exception(
        school.maths,
        "wechat",
        reason="团学",
        expires_on=MONDAY.date().replace(year=2027),
        by=school.liang,
        at=MONDAY,
    )
    assert twin(outlet, exception=grant).pk
    assert refuses(lambda: twin(outlet, number="M-9998", exception=grant))


@pytest.mark.parametrize("status", [OutletStatus.PAUSED])
def test_a_paused_outlet_has_given_up_its_place(outlet, status):
    assert twin(outlet, status=status).pk


def test_a_preparing_outlet_holds_its_place(outlet):
    assert refuses(lambda: twin(outlet, status=OutletStatus.PREPARING))


def test_exempt_outlets_share_a_platform(outlet):
    assert twin(outlet, is_exempt=True).pk


def test_a_permanent_id_stands_once_on_a_platform(outlet):
    again = {"permanent_id": outlet.permanent_id, "is_exempt": True}
    assert refuses(lambda: twin(outlet, **again))


WRONG = {
    "without a name": {"name": ""},
    "of an unknown status": {"status": "gone"},
    "of nobody in office": {"holder": "person"},
    "rectified without a problem": {"rectified": "是"},
    "a problem neither mended nor open": {"problems": "无更新"},
    "outsourced to somebody but not outsourced": {"outsourced_to": "某公司"},
    "cancelled on no day": {"status": OutletStatus.CANCELLED},
    "opened without a precision": {"opened_on": MONDAY.date(), "opened_precision": ""},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_an_outlet_is_never(outlet, wrong):
    assert refuses(lambda: Outlet.objects.filter(pk=outlet.pk).update(**wrong))


PEOPLE = {
    "a fourth operator": {"kind": "operator", "place": 4},
    "a second leader": {"kind": "leader", "place": 2},
    "a student without a teacher": {"kind": "operator", "place": 2, "is_student": True},
    "a student as reviewer": {"kind": "reviewer", "is_student": True, "teacher": "何嘉敏"},
    "nobody": {"kind": "operator", "place": 3, "name": ""},
}


@pytest.mark.parametrize("given", PEOPLE.values(), ids=PEOPLE.keys())
def test_a_contact_is_never(outlet, given):
    outlet.contacts.exclude(kind="operator").delete()
    assert refuses(lambda: Contact.objects.create(outlet=outlet, **({"name": "某人"} | given)))


def decided(school):
    filing = opening(school, name="数信抖音", platform="douyin", permanent_id=None)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    return Filing.objects.filter(pk=filing.pk)


def test_an_accepted_filing_has_number_outlet_decider_and_confirmation(school, outlet):
    row = decided(school)
    whole = {
        "status": "accepted", "number": "BA-2026-0999", "outlet": outlet.pk,
        "decided_by": school.liang.pk, "confirmed_how": "click",
    }  # fmt: skip
    for lack in ({"number": None}, {"outlet": None}, {"decided_by": None}, {"confirmed_how": ""}):
        assert refuses(lambda lack=lack: row.update(**(whole | lack)))
    assert refuses(lambda: row.update(**(whole | {"decided_by": school.he.pk})))
    assert row.update(**whole) == 1


def test_an_open_filing_has_no_number(school):
    row = decided(school)
    assert refuses(lambda: row.update(number="BA-2026-0998"))
