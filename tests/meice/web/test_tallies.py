"""The counts of sidebar and top bar: never old, though the query's text is kept for a minute."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from meice.kernel.clock import now
from meice.kernel.slots import NavCount, NavGroup, NavItem, Tally, navigation
from meice.notices.actions import notify
from meice.notices.models import Notice
from meice.orgs.models import Post, User
from meice.orgs.roles import Role
from meice.web import tallies
from meice.web.topbar import topbar

pytestmark = pytest.mark.django_db


def _units(user, at):
    units = type(user).objects.visible_to(user)
    return Tally(rows=units, late=Q(created_at__lt=at - timedelta(minutes=10)))


PEOPLE = NavItem(NavGroup.HOME, "人", "user", "home", 1, lambda user: True, _units)


def _again(user):
    """As the next request reads her."""
    return User.objects.get(pk=user.pk)


def _inbox(user):
    return tallies.counts(topbar, _again(user))


def test_a_new_row_is_counted_at_once(cast):
    before = _inbox(cast.he)
    notify(cast.he, text="试一试。", url="/me/")
    after = _inbox(cast.he)
    Notice.objects.all().delete()
    assert before != after
    assert _inbox(cast.he) == before


def test_one_query_answers_and_the_text_is_written_once(
    cast, django_assert_num_queries, monkeypatch
):
    person = _again(cast.he)
    tallies.counts([PEOPLE], person)
    monkeypatch.setattr(tallies, "_write", None)
    with django_assert_num_queries(1):
        tallies.counts([PEOPLE], person)


def test_another_person_has_numbers_of_her_own(cast):
    assert tallies.counts([PEOPLE], _again(cast.lu)) == [NavCount(8)]
    assert tallies.counts([PEOPLE], _again(cast.su)) != [NavCount(8)]


def test_another_post_counts_from_its_own_place(cast):
    lu = _again(cast.lu)
    assert tallies.counts([PEOPLE], lu) == [NavCount(8)]
    lu.post = Post.objects.create(user=lu, unit=cast.garden, role=Role.OPERATOR)
    assert tallies.counts([PEOPLE], lu) != [NavCount(8)]


def test_a_post_that_ends_ends_the_numbers(cast):
    Post.objects.filter(user=cast.lu).update(ended_at=now())
    assert tallies.counts([PEOPLE], _again(cast.lu)) == [NavCount(1)]


def test_what_becomes_late_is_told_within_a_minute(cast, monkeypatch):
    assert tallies.counts([PEOPLE], _again(cast.lu)) == [NavCount(8, hot=False)]
    later = now() + timedelta(minutes=11)
    monkeypatch.setattr(tallies, "now", lambda: later)
    assert tallies.counts([PEOPLE], _again(cast.lu)) == [NavCount(8, hot=True)]


def test_nothing_to_count_asks_nothing(cast, django_assert_num_queries):
    person = _again(cast.he)
    assert person.post
    item = NavItem(NavGroup.HOME, "无", "user", "home", 1, lambda user: True)
    empty = NavItem(
        NavGroup.HOME, "空", "user", "home", 1, lambda user: True,
        lambda user, at: Tally(rows=User.objects.none(), late=Q(pk=0)),
    )  # fmt: skip
    with django_assert_num_queries(0):
        assert tallies.counts([item, empty], person) == [None, None]


@pytest.mark.parametrize("role", Role, ids=[role.value for role in Role])
def test_no_room_looks_into_its_rows_to_say_what_it_counts(cast, role):
    """What it found would stand still in the kept text."""
    person = _again(cast.everybody[role.value])
    assert person.post
    items = [item for item in [*navigation, *topbar] if item.tally]
    with CaptureQueriesContext(connection) as asked:
        told = [item.tally(person, now()) for item in items]
    assert len(told) > 5
    assert [query["sql"] for query in asked.captured_queries] == []
