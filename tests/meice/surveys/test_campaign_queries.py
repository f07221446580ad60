"""With 2,000 outlets and 120 submissions no page of the room needs more than 12 queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.conftest import BACKEND
from tests.meice.surveys.crowd import a_crowd

pytestmark = pytest.mark.django_db
MOST = 12


def count(browser, address):
    """The queries of one GET, after the first that fills the session."""
    browser.get("/me/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = browser.get(address)
    assert page.status_code == 200
    return [query["sql"] for query in seen.captured_queries]


def test_at_most_twelve_queries_a_page():
    world = a_crowd()
    pages = {
        "liang": [
            reverse("campaign-list"),
            world.campaign.get_absolute_url(),
            f"{world.campaign.get_absolute_url()}?state=doing",
            reverse("campaign-late", args=[world.campaign.pk]),
            reverse("year-list"),
            world.maths.get_absolute_url(),
        ],
        "he": [reverse("campaign-list"), world.maths.get_absolute_url()],
    }
    over = {}
    for person, addresses in pages.items():
        browser = Client()
        browser.force_login(world.school.people[person], backend=BACKEND)
        for address in addresses:
            queries = count(browser, address)
            if len(queries) > MOST:
                over[f"{person} {address}"] = [len(queries), *(q[:220] for q in queries)]
    assert "\n\n".join(f"{key}\n" + "\n".join(map(str, found)) for key, found in over.items()) == ""
