"""What the register shows elsewhere: to-dos, search, unit pages, what a leaver holds; paths."""

from datetime import date, timedelta

from django.urls import reverse
from tests.meice.registry.scene import MONDAY, make_unit, opening

from meice.kernel import slots
from meice.orgs.actions.units import move_unit
from meice.orgs.models import Post, Unit
from meice.orgs.policies import may_close_unit
from meice.registry.actions import filings
from meice.registry.actions.outlets import follow_units, refresh_leavers
from meice.registry.actions.terms import due_after, set_day, set_term
from meice.registry.models import Filing, Gap, Outlet, OutletStatus, ReturnReason
from meice.registry.workflow import TermName
from meice.web.tags.shell import counts


def todos(user):
    return [(t.verb, t.what) for source in slots.todos for t in source.find(user, MONDAY)]


def hits(user, words):
    return [hit.title for source in slots.search for hit in source.find(user, words, 10)]


def test_each_person_finds_her_own_step(school):
    filing = opening(school)
    line = "开设备案：华园数信（微信公众号）"
    assert ("报送", line) in todos(school.he)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    assert ("确认", line) in todos(school.zheng)
    assert ("确认", line) not in todos(school.fang)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    assert ("认领", line) in todos(school.liang)
    filings.claim_filing(filing, by=school.liang, at=MONDAY)
    assert ("受理", line) in todos(school.liang)
    assert ("认领", line) not in todos(school.huang)
    reasons = [ReturnReason.OTHER]
    filings.return_filing(filing, reasons=reasons, note="改", by=school.liang, at=MONDAY)
    assert ("修改", line) in todos(school.he)


def test_gaps_are_one_line_for_the_operator(school, outlet):
    Outlet.objects.filter(pk=outlet.pk).update(gaps="no-leader")
    assert ("补齐", "1 个账号网站的登记有缺口") in todos(school.he)
    assert not [what for _, what in todos(school.su) if "缺口" in what]


def test_search_finds_by_name_pinyin_and_person_and_only_ones_own(school, outlet):
    for words in ("数信", "huayuanshuxin", "hysx", "周启明", "gh_3f9c"):
        assert "华园数信" in hits(school.he, words), words
        assert "华园数信" not in hits(school.su, words), words
    assert "BA-2026-0001 华园数信" in hits(school.liang, "BA-2026-0001")


def test_what_a_leaver_holds_goes_to_another_person(school, outlet):
    outlet.contacts.filter(kind="operator").update(user=school.he)
    source = next(one for one in slots.holdings if one.label == "账号责任人")
    held = list(source.find(school.he))
    assert [source.name(row) for row in held] == ["华园数信（微信公众号）的运维 1"]
    source.move(held[0], school.chen, school.admin)
    assert outlet.contacts.get(kind="operator").name == "陈希"
    assert not list(source.find(school.he))


def test_a_contact_who_may_not_sign_in_is_a_gap(school, outlet):
    outlet.contacts.filter(kind="operator").update(user=school.he)
    school.he.is_active = False
    school.he.save(update_fields=["is_active"])
    assert refresh_leavers() == 1
    outlet.refresh_from_db()
    assert Gap.PERSON_LEFT in outlet.gap_list
    assert refresh_leavers() == 0


def test_rows_follow_a_unit_that_moves(school, outlet):
    college = make_unit("大数据学部", school.university)
    Unit.objects.move(Unit.objects.get(pk=school.maths.pk), college, pos="last-child")
    assert follow_units() >= 2
    outlet.refresh_from_db()
    assert outlet.unit_path == Unit.objects.get(pk=school.maths.pk).path
    assert Filing.objects.get().unit_path == outlet.unit_path
    assert follow_units() == 0


def test_a_unit_that_an_administrator_moves_takes_its_rows_along(school, outlet):
    college = make_unit("大数据学部", school.university)
    move_unit(Unit.objects.get(pk=school.maths.pk), target=college, by=school.admin)
    outlet.refresh_from_db()
    assert outlet.unit_path.startswith(college.path)


def test_terms_and_days_are_the_deployments_own(school):
    set_term(TermName.DECIDE, 2, by=school.liang)
    assert due_after(TermName.DECIDE, MONDAY) == date(2026, 11, 25)
    set_day(date(2026, 11, 24), is_workday=False, note="校庆", by=school.liang)
    assert due_after(TermName.DECIDE, MONDAY) == date(2026, 11, 26)


def test_a_late_filing_turns_the_count_hot(client, school):
    filing = opening(school)
    filings.present_filing(filing, by=school.he, at=MONDAY - timedelta(days=30))
    item = next(item for item in slots.navigation if item.label == "备案办理")
    (count,) = counts([item], school.zheng)
    assert (count.number, count.hot) == (1, True)
    assert item.visible(school.zheng)
    assert not item.visible(school.admin)


def test_the_units_page_lists_its_outlets(client, school, outlet):
    client.force_login(school.zheng)
    page = client.get(reverse("unit", args=[school.maths.pk]))
    assert "华园数信" in page.content.decode()


def test_a_unit_is_not_closed_while_an_outlet_stands_there(school, outlet):
    Post.objects.filter(unit=school.maths).delete()
    refusal = may_close_unit(school.admin, school.maths)
    assert refusal.reason == "还有 1 个账号网站登记在这里，先转到别的单位或注销。"
    Outlet.objects.update(status=OutletStatus.CANCELLED, cancelled_on=date(2026, 11, 23))
    assert may_close_unit(school.admin, school.maths)


def test_a_leavers_page_names_the_outlets_that_she_answers_for(client, school, outlet):
    outlet.contacts.filter(kind="leader").update(user=school.zheng)
    client.force_login(school.admin)
    page = client.get(reverse("user-disable", args=[school.zheng.pk]), follow=True)
    page = page if page.status_code == 200 else client.get(reverse("user", args=[school.zheng.pk]))
    assert "华园数信（微信公众号）的主管领导" in page.content.decode()
