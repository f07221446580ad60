"""Every page of the room: 200 to whom it concerns, 404 to others, few queries, hostile names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.base_states import base_state
from tests.meice.registry.scene import MONDAY, accepted, changing, make_person, make_unit, opening

from meice.audit.models import Entry as AuditEntry
from meice.kernel.pinyin import pinyin_key
from meice.registry.actions import filings
from meice.registry.models import Contact, ContactKind, Outlet, OutletStatus

HOSTILE = "<script>alert(1)</script>{{7*7}}'\"=1+1"


@base_state
def stranger(school):
    """The same role in another university."""
    other = make_unit("岭东学院", kind="university")
    return make_person("Z001", "外人", other, "department")


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


PAGES = [
    "outlet-list",
    "outlet-new",
    "cluster-list",
    "exception-list",
    "exception-new",
    "ledger-list",
    "filing-list",
    "filing-settings",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_department_opens_every_page(client, school, name):
    assert get(client, school.liang, name).status_code == 200


@pytest.mark.parametrize("name", ["outlet", "outlet-change", "outlet-cancel"])
def test_a_stranger_finds_no_outlet(client, school, outlet, stranger, name):
    assert get(client, stranger, name, outlet.pk).status_code == 404
    assert get(client, school.he, name, outlet.pk).status_code == 200


@pytest.mark.parametrize("name", ["filing", "filing-edit", "filing-print", "filing-annex3"])
def test_a_stranger_finds_no_filing(client, school, stranger, name):
    filing = opening(school)
    assert get(client, stranger, name, filing.pk).status_code == 404
    assert get(client, school.su, name, filing.pk).status_code == 404
    assert get(client, school.he, name, filing.pk).status_code == 200


STEPS = (
    *("submit", "present", "attest", "check", "confirm", "transfer", "receive", "claim"),
    *("release", "accept", "return", "withdraw", "attach", "explain"),
)


@pytest.mark.parametrize("step", STEPS)
def test_a_stranger_takes_no_step(client, school, stranger, step):
    filing = opening(school)
    client.force_login(stranger)
    assert client.post(reverse(f"filing-{step}", args=[filing.pk])).status_code == 404


def test_the_administrator_sees_no_business(client, school, outlet):
    assert get(client, school.admin, "outlet", outlet.pk).status_code == 404
    assert b"M-0001" not in get(client, school.admin, "outlet-list").content


def test_security_sees_sites_and_no_accounts(client, school, outlet):
    assert get(client, school.bao, "outlet", outlet.pk).status_code == 404
    site = accepted(
        school,
        opening(
            school,
            name="数信学院网站",
            platform="website",
            url="https://sx.huayuan.edu.cn/",
            permanent_id=None,
            icp="粤ICP备00000000号",
        ),
    ).outlet
    assert get(client, school.bao, "outlet", site.pk).status_code == 200


def test_a_draft_is_the_units_own_until_it_is_sent(client, school):
    filing = opening(school)
    assert get(client, school.liang, "filing", filing.pk).status_code == 404
    filings.present_filing(filing, by=school.he, at=MONDAY)
    assert get(client, school.liang, "filing", filing.pk).status_code == 200


def test_a_refused_step_says_why(client, school):
    filing = opening(school)
    client.force_login(school.he)
    response = client.post(reverse("filing-confirm", args=[filing.pk]))
    assert response.status_code == 403
    assert "不能确认" in response.content.decode()


def test_hostile_names_stay_text(client, school):
    filing = opening(school, name=HOSTILE, verified_as=HOSTILE, purpose=HOSTILE)
    outlet = accepted(school, filing).outlet
    for name, args in (
        ("outlet-list", ()),
        ("outlet", (outlet.pk,)),
        ("filing", (filing.pk,)),
        ("filing-print", (filing.pk,)),
        ("outlet-change", (outlet.pk,)),
        ("filing-list", ()),
    ):
        page = get(client, school.zheng if name != "outlet-change" else school.he, name, *args)
        assert page.status_code == 200, name
        assert b"<script>alert(1)" not in page.content, name
        assert b"{{7*7}}" in page.content or name == "filing-list", name


def test_numbers_are_masked_until_asked_for(client, school, outlet):
    page = get(client, school.he, "outlet", outlet.pk).content.decode()
    assert "139****0001" in page
    assert "13900000001" not in page
    shown = client.post(reverse("outlet-numbers", args=[outlet.pk])).content.decode()
    assert "13900000001" in shown
    assert AuditEntry.objects.filter(act="outlet.numbers").count() == 1


def test_an_auditor_does_not_get_whole_numbers(client, school, outlet):
    client.force_login(school.shen)
    assert client.post(reverse("outlet-numbers", args=[outlet.pk])).status_code == 403


def test_phones_are_masked_in_the_differences(client, school, outlet):
    filing = changing(school, outlet, **{"leader.phone": "13900000099"})
    page = get(client, school.he, "filing", filing.pk).content.decode()
    assert "139****0099" in page
    assert "13900000099" not in page


def test_a_term_that_may_be_a_telephone_stays_out_of_the_address(client, school, outlet):
    client.force_login(school.he)
    answer = client.post(reverse("outlet-list"), {"q": "13500000001"})
    assert answer.status_code == 200
    assert "华园数信" in answer.content.decode()
    assert (
        client.post(reverse("outlet-list"), {"q": "数信"}).url == "/outlets/?q=%E6%95%B0%E4%BF%A1"
    )


def test_printing_leaves_an_audit_line(client, school, outlet):
    filing = outlet.filings.get()
    get(client, school.zheng, "filing-print", filing.pk)
    assert AuditEntry.objects.filter(act="filing.print").count() == 1


@base_state
def many(school):
    """2,000 outlets of one faculty and its centres."""
    units = [make_unit(f"研究中心{n}", school.maths) for n in range(20)]
    rows = [
        Outlet(
            number=f"T-{n}", name=f"账号{n}", pinyin_key=pinyin_key(f"账号{n}"), platform="website",
            status=OutletStatus.IN_USE, unit=units[n % 20], unit_path=units[n % 20].path,
            is_exempt=True, changed_at=MONDAY, purpose="学院新闻",
        )
        for n in range(2000)
    ]  # fmt: skip
    for start in range(0, 2000, 500):
        Outlet.objects.bulk_create(rows[start : start + 500])
    people = [
        Contact(outlet=row, kind=ContactKind.REVIEWER, name="周启明", phone="13700000001")
        for row in rows
    ]
    for start in range(0, 2000, 500):
        Contact.objects.bulk_create(people[start : start + 500])
    return rows


@pytest.mark.parametrize("who", ["liang", "he", "zheng", "shen"])
def test_the_list_of_2000_takes_few_queries(client, school, many, who):
    client.force_login(school.people[who])
    client.get(reverse("outlet-list"))
    for query in ({}, {"q": "账号19", "sort": "-unit"}, {"gap": "any", "page": "7"}):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("outlet-list"), query).status_code == 200
        assert len(captured) <= 12, [q["sql"][:120] for q in captured]


@pytest.mark.parametrize(
    ("name", "most"), [("outlet", 18), ("filing", 12), ("filing-list", 12), ("cluster-list", 12)]
)
def test_other_pages_take_few_queries(client, school, outlet, many, name, most):
    """On the page of an outlet each room that shows something asks once."""
    filing = changing(school, outlet, name="华园数信学院")
    args = {"outlet": [outlet.pk], "filing": [filing.pk]}.get(name, [])
    client.force_login(school.he)
    client.get(reverse(name, args=args))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name, args=args)).status_code == 200
    assert len(captured) <= most, [q["sql"][:120] for q in captured]
