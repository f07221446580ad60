"""No outlet, filing, import or export of one unit is there for another, by any URL or method."""

import pytest
from django.urls import reverse
from tests.meice.whole.registry_rows import FILING, NAMES, NOT_THERE, OUTLET, OUTSIDERS, things

pytestmark = pytest.mark.django_db

KINDS = {"outlet": OUTLET, "filing": FILING}


def statuses(browser, names, pk):
    """`method name` → status; a method the URL does not know says nothing of the wall."""
    found = {}
    for name in names:
        for method in ("get", "post"):
            response = getattr(browser, method)(reverse(name, args=[pk]))
            found[f"{method} {name}"] = response.status_code
            response.close()
    return {label: status for label, status in found.items() if status != 405}


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_belongs_to_another_unit_is_not_there(cast, signed_in, kind, who):
    browser = signed_in(cast.everybody[who])
    found = statuses(browser, KINDS[kind], things(cast)[kind])
    assert len(found) >= len(KINDS[kind])
    assert {label: status for label, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_wall_is_no_mere_absence(cast, signed_in, kind):
    browser = signed_in(cast.he)
    pk = things(cast)[kind]
    assert browser.get(reverse(kind, args=[pk])).status_code == 200


@pytest.mark.parametrize("who", ["operator", "stranger", "admin", "department"])
def test_what_does_not_exist_is_refused_without_a_crash(cast, signed_in, who):
    browser = signed_in(cast.everybody[who])
    found = statuses(browser, NOT_THERE, 999_999)
    assert {label: status for label, status in found.items() if status not in {403, 404}} == {}


def test_lists_of_the_register_name_nothing_of_another_unit(cast, signed_in):
    things(cast)
    browser = signed_in(cast.su)
    for name in ("outlet-list", "filing-list", "cluster-list", "exception-list"):
        assert "华园数信" not in browser.get(reverse(name)).content.decode()


def test_every_url_of_the_register_is_named_here():
    from meice.registry.urls import urlpatterns

    assert {each.name for each in urlpatterns} == NAMES
