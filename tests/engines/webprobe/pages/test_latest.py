"""When a site was last updated, as its pages tell together."""

from datetime import date

from meice.engines.webprobe.pages import HowDated, Page, latest_update, read_page

TODAY = date(2026, 11, 22)
SITE = "http://x.huayuan.edu.cn/"


def read(body: str, path: str = "") -> Page:
    return read_page(SITE + path, {}, f"<meta charset=utf-8>{body}".encode(), now=TODAY)


def entry(path: str, day: str) -> str:
    return f"<li><a href={path}>关于某事的说明</a><span>{day}</span></li>"


def test_the_latest_day_of_a_list_with_its_evidence():
    entries = entry("1.htm", "2021-06-29") + entry("2.htm", "2021-06-01")
    found = latest_update(read(f"<ul>{entries}</ul>"), TODAY)
    assert found is not None
    assert (found.day, found.text, found.how) == (date(2021, 6, 29), "2021-06-29", HowDated.LIST)
    assert found.url == SITE + "1.htm"


def test_days_in_running_words_say_nothing_of_an_update():
    assert (
        latest_update(read("<p>学校将于2026年9月1日开学，校庆日为2026年10月8日。</p>"), TODAY)
        is None
    )


def test_days_to_come_do_not_count():
    assert latest_update(read(f"<ul>{entry('1.htm', '2026-12-01')}</ul>"), TODAY) is None


def test_a_year_that_was_inferred_gives_way_to_the_page_it_leads_to():
    home = read(f"<ul>{entry('1.htm', '[11-20]')}</ul>")
    assert latest_update(home, TODAY).day == date(2026, 11, 20)
    article = read("<p>发布时间：2019-11-20</p>", "1.htm")
    found = latest_update([home, article], TODAY)
    assert (found.day, found.year_written) == (date(2019, 11, 20), True)


def test_entries_that_cannot_be_looked_up_are_as_old_as_those_beside_them():
    home = read(f"<ul>{entry('1.htm', '[11-20]')}{entry('2.htm', '[11-02]')}</ul>")
    article = read("<p>发布时间：2019-11-02</p>", "2.htm")
    found = latest_update([home, article], TODAY)
    assert (found.day, found.year_written) == (date(2019, 11, 20), False)


def test_the_same_day_today_on_every_page_is_a_clock():
    clock = "<p>2026-11-22</p>"
    pages = [read(clock + f"<p>发布时间：2021-06-0{n}</p>", f"{n}.htm") for n in (1, 2, 3, 4)]
    assert latest_update(pages, TODAY).day == date(2021, 6, 4)


def test_a_site_that_was_updated_today_is_not_taken_for_a_clock():
    pages = [read(f"<ul>{entry('1.htm', '2026-11-22')}</ul>", f"{n}.htm") for n in range(4)]
    assert latest_update(pages, TODAY).day == TODAY


def test_a_site_map_counts_only_where_nothing_else_is_known():
    urls = f"<url><loc>{SITE}a</loc><lastmod>2026-11-21</lastmod></url>"
    sitemap = read_page(SITE + "sitemap.xml", {}, f"<urlset>{urls}</urlset>".encode(), now=TODAY)
    assert latest_update(sitemap, TODAY).how is HowDated.SITEMAP
    home = read(f"<ul>{entry('1.htm', '2021-06-29')}</ul>")
    assert latest_update([sitemap, home], TODAY).day == date(2021, 6, 29)


def test_no_pages_tell_nothing():
    assert latest_update([], TODAY) is None
