"""Every URL has a name and stands behind sign-in, but for a short public list."""

import pytest
from django.urls import reverse
from tests.meice.whole.addresses import PUBLIC, example, patterns

ALL = list(patterns())
BEHIND = [(name, pattern) for name, pattern in ALL if name not in PUBLIC]


def test_every_url_has_a_name_of_its_own():
    names = [name for name, _ in ALL]
    assert None not in names
    assert len(names) == len(set(names))


def test_the_public_list_names_only_what_exists():
    assert set(PUBLIC) <= {name for name, _ in ALL}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_door(client, method):
    door = f"{reverse('sign-in')}?next="
    answers = [
        (name, getattr(client, method)(reverse(name, kwargs=example(pattern))))
        for name, pattern in BEHIND
    ]
    assert len(answers) > 100
    assert [
        (name, answer.status_code, answer.get("Location", ""))
        for name, answer in answers
        if answer.status_code != 302 or not answer["Location"].startswith(door)
    ] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["session-state", "session-left"])
def test_a_stranger_learns_nothing_of_sessions(client, name):
    assert client.get(reverse(name)).status_code == 401


@pytest.mark.django_db
def test_an_unknown_slip_is_not_there(client):
    assert client.get(reverse("join", args=["nobody"])).status_code == 404
