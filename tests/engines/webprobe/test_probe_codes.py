"""QR codes on the pages of a site: fetched politely, read in the sandbox, told as where it leads."""

import io

import pytest
import zxingcpp
from PIL import Image
from tests.engines.webprobe.probing import HEADERS, Reply, by_path, college, options, serve

from meice.engines.webprobe import CrawlOptions, SiteReport, probe_one

WEIBO = "https://weibo.com/u/1234567890"
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


def code(text, size=0):
    """A real PNG; `size` bytes are added behind it."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4)
    height, width = drawn.shape
    out = io.BytesIO()
    Image.frombytes("L", (width, height), bytes(memoryview(drawn).cast("B"))).save(out, "PNG")
    return Reply(out.getvalue() + b"\0" * size, headers={**HEADERS, "Content-Type": "image/png"})


def probed(more, told=None, **pictures):
    pages = college(more=more) | {f"/img/{name}.png": reply for name, reply in pictures.items()}
    with serve(by_path(pages)) as site:
        return probe_one(site.url, told or options()), site


def image(name, alt="扫一扫"):
    return f'<img src="/img/{name}.png" alt="{alt}">'


def test_what_a_code_names_is_where_the_site_leads():
    report, site = probed(image("wb", "官方微博二维码"), wb=code(WEIBO))
    (one,) = [each for each in report.outbound if each.kind == "weibo"]
    assert (one.identifier, one.found_on) == ("1234567890", site.url)
    assert report.by_code == (one.url,)
    assert site.paths().count("/img/wb.png") == 1


def test_an_account_that_a_link_names_too_is_not_told_as_from_a_code():
    link = f'<a href="{WEIBO}">微博</a>'
    report, _ = probed(link + image("wb"), wb=code(WEIBO))
    assert [each.kind for each in report.outbound].count("weibo") == 1
    assert report.by_code == ()


def test_the_code_of_the_site_itself_leads_nowhere():
    with serve(lambda path, _: pages.get(path, Reply(b"none", 404))) as site:
        pages = college(more=image("own")) | {"/img/own.png": code(f"{site.url}xyxw/")}
        report = probe_one(site.url, options())
        assert "/img/own.png" in site.paths()
    assert report.by_code == ()


def test_at_most_five_pictures_are_asked_for_and_ordinary_ones_never():
    names = [f"qrcode{number}" for number in range(8)]
    more = "".join(image(name) for name in names) + image("campus", "校园风光")
    report, site = probed(more, **{name: code(f"{WEIBO[:-1]}{n}") for n, name in enumerate(names)})
    asked = [path for path in site.paths() if path.startswith("/img/") and path != "/img/"]
    assert sorted(asked) == [f"/img/qrcode{number}.png" for number in range(5)]
    assert len(report.by_code) == 5


@pytest.mark.parametrize("size", [0, 2_100_000])
def test_a_picture_over_two_megabytes_is_not_read(size):
    report, site = probed(image("big"), big=code(WEIBO, size))
    assert "/img/big.png" in site.paths()
    assert bool(report.by_code) == (size == 0)


def test_a_broken_picture_harms_nothing():
    broken = Reply(b"\x89PNG\r\n\x1a\n" + b"\xff" * 500, headers=HEADERS)
    report, _ = probed(image("bad") + image("good"), bad=broken, good=code(WEIBO))
    assert report.finished
    assert len(report.by_code) == 1


def test_robots_keep_us_from_a_picture():
    pages = college(more='<img src="/private/qr.png" alt="二维码">')
    pages |= {"/robots.txt": Reply(ROBOTS), "/private/qr.png": code(WEIBO)}
    with serve(by_path(pages)) as site:
        report = probe_one(site.url, options(crawl=CrawlOptions(rate=0, again_s=0.01)))
        assert "/private/qr.png" not in site.paths()
    assert report.by_code == ()


def test_pictures_of_other_domains_are_left_alone():
    with serve(lambda path, _: code(WEIBO)) as other:
        shown = other.url.replace("127.0.0.1", "localhost")
        probed(f'<img src="{shown}qrcode.png" alt="二维码">')
    assert other.asked == []


def test_codes_come_back_from_the_journal_and_are_no_key_of_the_contract():
    report, _ = probed(image("wb"), wb=code(WEIBO))
    assert SiteReport.from_kept(report.kept()) == report
    assert "by_code" not in report.as_json()
    before = report.kept()
    del before["more"]["by_code"]
    assert SiteReport.from_kept(before).by_code == ()
