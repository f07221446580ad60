"""Lists: rows selected over pages on the server, filters saved by name; without a script too."""

import pytest
from django.urls import reverse
from tests.base_states import base_state
from tests.meice.registry.scene import MONDAY, accepted, make_school, opening

from meice.kernel.access import Refused
from meice.orgs.models import Post
from meice.orgs.roles import Role
from meice.registry.actions import keeping
from meice.registry.actions.outlets import note_problems
from meice.registry.models import LedgerExport, ListName, Outlet, OutletSelection, SavedFilter

pytestmark = pytest.mark.django_db
LIST, SELECT = "outlet-list", "outlet-select"


@base_state
def school():
    school = make_school()
    for number, platform in enumerate(("wechat", "weibo", "douyin")):
        given = {"name": f"华园数信{number}", "account_id": f"sx{number}", "permanent_id": None}
        accepted(school, opening(school, platform=platform, **given))
    return school


@base_state
def outlets(school):
    return list(Outlet.objects.order_by("pk"))


@pytest.fixture
def liang(school, signed_in):
    return signed_in(school.liang)


def tick(client, shown, chosen, **given):
    values = {"shown": [o.pk for o in shown], "outlet": [o.pk for o in chosen], "what": "page"}
    return client.post(reverse(SELECT), values | given)


def selected(school, who="liang"):
    return OutletSelection.of(school.people[who])


def test_what_one_page_selects_stays_when_another_is_ticked(school, outlets, liang):
    first, second, third = outlets
    tick(liang, [first, second], [first])
    tick(liang, [third], [third])
    assert set(selected(school)) == {first.pk, third.pk}
    tick(liang, [first, second], [second])
    assert set(selected(school)) == {second.pk, third.pk}
    page = liang.get(reverse(LIST)).content.decode()
    assert "已选 2 个" in page
    assert page.count("data-m-select checked") == 2


def test_without_a_script_the_list_comes_back_with_its_conditions(outlets, liang):
    answer = tick(liang, outlets, outlets[:1], platform="wechat", page="2")
    assert answer.status_code == 302
    assert answer.url == f"{reverse(LIST)}?platform=wechat&page=2"


def test_with_htmx_only_the_bar_comes_back(outlets, liang):
    values = {"shown": [outlets[0].pk], "outlet": [outlets[0].pk]}
    answer = liang.post(reverse(SELECT), values, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "已选 1 个" in text
    assert "改为选中筛选出的全部 3 个" in text
    assert "<html" not in text


def test_all_that_is_filtered_is_a_second_act_on_the_server(school, outlets, liang):
    liang.post(reverse(SELECT), {"what": "all", "platform": "weibo"})
    assert selected(school) == [outlets[1].pk]
    liang.post(reverse(SELECT), {"what": "all"})
    assert len(selected(school)) == 3
    liang.post(reverse(SELECT), {"what": "none"})
    assert selected(school) == []


def test_only_visible_rows_are_selected_and_each_has_her_own(school, outlets, signed_in, liang):
    su = signed_in(school.su)
    tick(su, outlets, outlets)
    assert selected(school, "su") == []
    su.post(reverse(SELECT), {"what": "all"})
    assert selected(school, "su") == []
    tick(liang, outlets, outlets[:1])
    assert len(selected(school)) == 1


def test_a_selection_of_another_post_is_not_hers_here(school, outlets):
    keeping.select_all([outlets[0].pk], by=school.liang, at=MONDAY)
    other = Post.objects.create(user=school.liang, unit=school.arts, role=Role.OPERATOR)
    school.liang.post = other
    assert OutletSelection.of(school.liang) == []
    keeping.select_outlets([outlets[1].pk], [outlets[1].pk], by=school.liang, at=MONDAY)
    assert OutletSelection.of(school.liang) == [outlets[1].pk]


def test_what_is_selected_is_exported_and_the_last_ticks_count(school, outlets, liang):
    keeping.select_all([outlets[0].pk], by=school.liang, at=MONDAY)
    values = {"kind": "annex4-selected", "shown": [outlets[2].pk], "outlet": [outlets[2].pk]}
    answer = liang.post(reverse("outlet-export"), values)
    assert answer.status_code == 200
    assert set(selected(school)) == {outlets[0].pk, outlets[2].pk}
    export = LedgerExport.objects.get()
    assert set(export.outlets) == {outlets[0].pk, outlets[2].pk}
    assert export.words == "所选 2 个"


def save(client, name, **conditions):
    return client.post(reverse("filter-save"), {"of": "outlets", "name": name, **conditions})


def test_a_filter_is_kept_under_a_name_and_listed_for_her_alone(school, signed_in, liang):
    save(liang, "微信有缺口", platform="wechat", gap="any")
    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.query) == (school.liang, "platform=wechat&gap=any")
    assert "微信有缺口" in liang.get(reverse(LIST)).content.decode()
    other = signed_in(school.huang)
    assert "微信有缺口" not in other.get(reverse(LIST)).content.decode()
    assert other.post(reverse("filter-drop", args=[kept.pk])).status_code == 404
    assert liang.post(reverse("filter-drop", args=[kept.pk])).status_code == 302
    assert not SavedFilter.objects.exists()


def test_the_same_name_again_replaces(liang):
    save(liang, "常看", platform="wechat")
    save(liang, "常看", platform="weibo")
    assert SavedFilter.objects.get().query == "platform=weibo"


def test_a_number_is_never_kept_in_a_filter(school, liang):
    assert save(liang, "号码", q="13500000001", platform="wechat").status_code == 302
    assert SavedFilter.objects.get().query == "platform=wechat"


def test_without_conditions_or_a_name_nothing_is_kept(school, liang):
    assert save(liang, "空的").status_code == 403
    assert save(liang, " ", platform="wechat").status_code == 403
    assert not SavedFilter.objects.exists()


def test_twenty_are_enough(school):
    for number in range(20):
        keeping.save_filter(
            ListName.OUTLETS, name=f"第{number}", query="gap=any", by=school.liang, at=MONDAY
        )
    with pytest.raises(Refused, match="最多 20 个"):
        keeping.save_filter(
            ListName.OUTLETS, name="又一个", query="gap=any", by=school.liang, at=MONDAY
        )


def test_filings_have_saved_filters_too(liang):
    liang.post(
        reverse("filter-save"), {"of": "filings", "name": "变更", "view": "all", "kind": "change"}
    )
    page = liang.get(reverse("filing-list")).content.decode()
    assert "?view=all&amp;kind=change" in page


def test_a_self_found_problem_carries_its_own_day_and_finder(school, outlets, signed_in):
    noted = note_problems(outlets[0], ["无更新"], rectified=False, by=school.he, at=MONDAY)
    assert (noted.problems_at, noted.problems_by) == (MONDAY, "何嘉敏")
    page = signed_in(school.he).get(reverse("outlet", args=[noted.pk])).content.decode()
    assert "何嘉敏" in page[page.index("h-self") :][:900]
