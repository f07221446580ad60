"""The farm itself: what it says is planted is really there, told by other means than a probe."""

import socket
import urllib.error
import urllib.request
from datetime import date

import pytest

from meice.engines.marks import is_bank_card, is_id_card
from tests.faults.farm import attachments
from tests.faults.farm.dates import chinese, numerals, relative
from tests.faults.farm.model import ANY, Plan
from tests.faults.farm.table import plans

pytestmark = pytest.mark.xdist_group("farm")
PAGES = [plan for plan in plans() if not plan.raw and not plan.tls and not plan.closed]
DAY = date(2026, 11, 20)


def get(url: str) -> tuple[int, bytes]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.mark.parametrize("plan", PAGES, ids=lambda plan: plan.name)
def test_a_site_that_can_be_read_has_a_home_page(ground, plan: Plan):
    status, body = get(ground.url(plan.name))
    assert status == 200
    assert b"<html" in body.replace(b"\0", b"").lower()


def test_a_footer_number_that_is_true_stands_on_the_home_page(ground):
    true = {plan.name for plan in PAGES if plan.truth.icp not in (None, ANY)}
    shown = {name for name in true if b"04000001" in get(ground.url(name))[1].replace(b"\0", b"")}
    assert true == shown


def test_the_numbers_of_the_farm_are_what_they_should_be():
    good, bad = attachments.IDENTITY, attachments.spoilt(attachments.IDENTITY)
    assert is_id_card(good)
    assert not is_id_card(bad)
    assert is_bank_card(attachments.CARD)
    assert not is_bank_card(attachments.spoilt(attachments.CARD))


def test_days_are_written_as_people_write_them():
    assert chinese(DAY, 2) == "2026年11月20日"
    assert numerals(DAY, 2) == "二〇二六年十一月二十日"
    assert relative(DAY, 2) == "前天"


def test_there_are_over_forty_hostile_sites_and_the_visits_are_kept(ground):
    get(ground.url("fresh"))
    assert sum(bool(plan.truth.failures) for plan in plans()) >= 40
    assert ground.visits("fresh")[-1]["target"] == "/"


def test_nobody_listens_at_the_closed_port(ground):
    host, port = ground.origins["port-closed"].rpartition("/")[2].split(":")
    with pytest.raises(ConnectionRefusedError), socket.create_connection((host, int(port)), 5):
        pass
