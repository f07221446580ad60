"""Lists of 2,000 people ask as few questions as lists of ten."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

import given


def asked(browser, url):
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


LISTS = (
    "/",
    "/users/",
    "/users/?role=operator&sort=-seen",
    "/users/?q=ren",
    "/units/",
    "/units/{}/",
)


def test_the_number_of_queries_does_not_grow(cast, signed_in):
    browser, urls = signed_in(cast.lu), [url.format(cast.garden.pk) for url in LISTS]
    given.many_people(10, cast.garden)
    few = {url: asked(browser, url) for url in urls}
    given.many_people(2000, cast.garden)
    many = {url: asked(browser, url) for url in urls}
    assert many == few
    assert max(few.values()) <= 30


def test_a_hundred_units_are_listed_with_few_queries(cast, signed_in):
    browser = signed_in(cast.liang)
    few = asked(browser, "/units/")
    for at in range(100):
        given.a_unit(f"第{at}研究所", cast.garden, by=cast.lu)
    assert asked(browser, "/units/") <= few
