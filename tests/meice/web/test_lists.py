"""Chips, sorting, pager, breadcrumbs, act buttons."""

import pytest
from django.test import RequestFactory

from meice.kernel.access import ALLOWED, refused
from meice.kernel.http import Page


def test_a_chip_adds_its_filter_and_drops_the_page_number(render):
    shown = render('{% chip "逾期" "state" "late" count=1700 %}', address="/?q=x&page=4")
    assert 'href="?q=x&amp;state=late"' in shown
    assert "逾期 1,700" in shown


def test_a_pressed_chip_takes_its_filter_away(render):
    shown = render('{% chip "逾期" "state" "late" %}', address="/?state=late&q=x")
    assert "m-on" in shown
    assert 'aria-current="true"' in shown
    assert 'href="?q=x"' in shown


def test_the_chip_of_all_is_pressed_when_nothing_is_filtered(render):
    assert "m-on" in render('{% chip "全部" "state" "" %}', address="/")
    assert "m-on" not in render('{% chip "全部" "state" "" %}', address="/?state=late")


def test_a_filter_can_be_dropped_alone(render):
    shown = render('{% dropchip "状态：停用" "state" %}', address="/?state=off&unit=3")
    assert 'href="?unit=3"' in shown


@pytest.mark.parametrize(
    ("address", "order", "link"),
    [
        ("/", "none", "?sort=name"),
        ("/?sort=name", "ascending", "?sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
    ],
)
def test_a_head_cell_turns_the_order_round(render, address, order, link):
    shown = render('{% sorted "名称" "name" %}', address=address)
    assert f'aria-sort="{order}"' in shown
    assert f'href="{link}"' in shown


def page(rf: RequestFactory, total: int, number: int = 1) -> Page[int]:
    return Page.of(rf.get(f"/?page={number}&q=a"), list(range(total)))


def test_one_page_has_no_pager(render, rf):
    assert render("{% pager page %}", page=page(rf, 50)).strip() == ""


def test_the_pager_says_which_rows_and_keeps_the_query(render, rf):
    shown = render("{% pager page %}", page=page(rf, 1200, 2))
    assert "第 51—100 行，共 1,200 行" in shown
    assert 'href="?q=a&amp;page=3"' in shown
    assert "hx-get" not in shown


def test_links_with_htmx_work_without_it(render, rf):
    shown = render('{% pager page target="#rows" %}', page=page(rf, 120))
    assert shown.count("hx-get=") == shown.count('hx-target="#rows"')
    assert shown.count("hx-get=") <= shown.count(" href=")


def test_far_pages_are_left_to_narrower_filters(render, rf):
    assert "按条件缩小" in render("{% pager page %}", page=page(rf, 10_412))


def test_the_last_crumb_is_this_page(render):
    shown = render('{% crumbs "单位人员" "/units/" "园艺学院" %}')
    assert '<a href="/units/">单位人员</a>' in shown
    assert "<li>园艺学院</li>" in shown


def test_a_refused_act_is_greyed_and_says_why(render):
    shown = render('{% act "受理" "/x/" verdict %}', verdict=refused("你起草的，不能自己受理。"))
    assert 'aria-disabled="true"' in shown
    assert "你起草的，不能自己受理。" in shown
    assert "/x/" not in shown


def test_an_allowed_act_that_changes_something_is_a_form_with_its_token(render):
    shown = render('{% act "受理" "/x/" verdict post=True confirm="受理？" %}', verdict=ALLOWED)
    assert 'method="post" action="/x/"' in shown
    assert "csrfmiddlewaretoken" in shown
    assert 'data-m-confirm="受理？" data-m-verb="受理"' in shown
