"""What our own sites lead to, by links and by QR codes, becomes leads with where it was seen."""

import io
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image
from tests.meice.inspections.scene import a_schedule, a_site
from tests.meice.inspections.web import news, website

from meice.engines.gate import Policy
from meice.inspections.actions import leads, runs
from meice.inspections.models import Lead, SeenIn, SiteCheck
from meice.inspections.tasks import look_at_sites
from meice.kernel.clock import now

pytestmark = pytest.mark.django_db


def code(text):
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    height, width = drawn.shape
    out = io.BytesIO()
    Image.frombytes("L", (width, height), bytes(memoryview(drawn).cast("B"))).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def web(school, settings):
    """Our site: a link to an account, a code with another, a code with a site of ours."""
    settings.CAMPUS_DOMAINS = ("huayuan.edu.cn",)
    with website() as site:
        settings.PROBE_POLICY = Policy(exact=frozenset({("127.0.0.1", site.port)}))
        more = (
            '<a href="https://weibo.com/u/1234567890">微博</a><img src="/img/b.png" alt="B站二维码">'
            '<img src="/img/wx.png" alt="扫一扫"></body>'
        )
        site.pages["/"] = news("2026-11-20").replace("</body>", more)
        site.pages["/img/b.png"] = code("https://space.bilibili.com/12345")
        site.pages["/img/wx.png"] = code("http://xsh.huayuan.edu.cn/join")
        yield site


def test_a_lead_says_whether_a_link_or_a_code_named_it(school, web):
    a_site(school, url=web.url)
    begun = now() - timedelta(minutes=1)
    run = runs.start_run(a_schedule(school, rate=999), by=school.liang, at=now())
    look_at_sites.call(run.pk, 1)
    assert SiteCheck.objects.get().report["more"]["by_code"]
    assert leads.note_links(begun, at=now()) == 3
    said = dict(Lead.objects.values_list("identifier", "seen_in"))
    assert said == {
        "1234567890": SeenIn.LINKS, "12345": SeenIn.QR, "xsh.huayuan.edu.cn": SeenIn.QR,
    }  # fmt: skip
    assert {lead.place for lead in Lead.objects.all()} == {web.url}
    assert leads.note_links(begun, at=now()) == 0


def test_a_look_of_before_codes_were_read_is_all_links(school, site):
    run = runs.start_run(a_schedule(school), by=school.liang, at=now())
    each = {"kind": "weibo", "identifier": "1234567890", "url": "https://weibo.com/u/1234567890",
            "found_on": site.url}  # fmt: skip
    run.checks.update(report={"outbound": [each]}, ended_at=now())
    assert leads.note_links(now() - timedelta(hours=1), at=now()) == 1
    assert Lead.objects.get().seen_in == SeenIn.LINKS
