"""Each source is asked as it is; what fails says so and nothing else."""

from datetime import date

import pytest
from tests.meice.inspections.activity.conftest import failing, feed, page, seconds, wechat

from meice.engines.gate import Failure
from meice.inspections.activity.sealing import seal, unseal
from meice.inspections.activity.sources import ask_feed, ask_link, ask_wechat
from meice.inspections.activity.verdict import Trust

TODAY = date(2026, 11, 24)
ARTICLE = "<html><body><h1>开学</h1><p>发布时间：2026年11月20日</p><p>正文。</p></body></html>"


def test_the_latest_entry_of_a_feed_counts_and_one_of_the_future_does_not():
    fetch = feed(date(2026, 11, 3), date(2026, 11, 21), date(2027, 1, 1))
    measure = ask_feed("https://rss.example/x", fetch, TODAY)
    assert (measure.last_post, measure.trust) == (date(2026, 11, 21), Trust.FETCHED)


@pytest.mark.parametrize(
    "fetch",
    [failing(), failing(Failure.ADDRESS_REFUSED), page("x", status=403), page(ARTICLE)],
    ids=["timeout", "refused", "403", "no-feed"],
)
def test_a_feed_that_cannot_be_read_says_nothing_of_the_account(fetch):
    measure = ask_feed("https://rss.example/x", fetch, TODAY)
    assert measure.failure
    assert measure.last_post is None


def test_an_attested_link_is_dated_by_its_page():
    measure = ask_link("https://mp.example/s/1", page(ARTICLE), TODAY)
    assert (measure.last_post, measure.trust) == (date(2026, 11, 20), Trust.FETCHED)


def test_an_attested_link_without_a_date_stays_the_units_word():
    measure = ask_link("https://mp.example/s/1", page("<p>没有日期</p>"), TODAY)
    assert measure.trust is Trust.TOLD
    assert measure.failure


def test_the_official_interface_proves_life_only_and_its_secret_stands_in_no_address():
    asked = []
    item = [{"update_time": seconds(date(2026, 11, 18))}, {"update_time": seconds(TODAY)}]
    measure = ask_wechat("wx1", "s3cret", wechat(asked, item=item), TODAY)
    assert (measure.last_post, measure.trust) == (TODAY, Trust.PARTIAL)
    assert all("s3cret" not in request.url for request in asked)


@pytest.mark.parametrize(("code", "words"), [(48001, "微信认证"), (40164, "白名单"), (7, "错误 7")])
def test_the_interfaces_own_refusals_are_told_in_chinese(code, words):
    measure = ask_wechat("wx1", "s", wechat([], errcode=code), TODAY)
    assert words in measure.failure


def test_a_secret_lies_sealed_and_another_key_cannot_open_it(settings):
    sealed = seal("s3cret")
    assert "s3cret" not in sealed
    assert unseal(sealed) == "s3cret"
    settings.SECRET_KEY = "another"
    assert unseal(sealed) is None
