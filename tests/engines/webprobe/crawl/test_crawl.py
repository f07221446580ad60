"""A crawl reads a site's own pages within its limits and shows each to the visitor once."""

import pytest
from tests.engines.gate.conftest import page, read_head, redirect
from tests.engines.webprobe.crawl.conftest import LOOPBACK, Diary, links, run, states

from meice.engines.gate import Answer, Failure, NoSuchName, Request
from meice.engines.webprobe.crawl import CrawlOptions, Found, crawl
from meice.engines.webprobe.crawl.sending import asked_pause


def test_every_page_is_read_once_and_in_the_order_of_its_depth(website):
    site = website({"/": links("/a", "/b#x"), "/a": links("/", "/c"), "/b": links("/a", "/c")})
    site.pages["/c"] = links()
    done, visits = run(site.start, per_origin=1)[site.start]
    assert (done.finished, done.pages, done.failure) == (True, 4, None)
    assert site.paths() == ["GET /", "GET /a", "GET /b", "GET /c"]
    assert [(visit.number, visit.depth) for visit in visits] == [(0, 0), (1, 1), (2, 1), (3, 2)]
    assert visits[3].found_on == site.url("/a")


def test_endless_site_ends_at_the_number_of_pages(website):
    site = website({"/": links("/1")} | {f"/{n}": links(f"/{n + 1}", "/1") for n in range(1, 99)})
    done, visits = run(site.start, max_pages=10, max_links=0)[site.start]
    assert (done.finished, len(visits)) == (True, 10)


def test_session_numbers_make_no_new_pages(website):
    site = website({"/": links("/a;jsessionid=1", "/a;jsessionid=2", "/a?PHPSESSID=77&x=1")})
    site.pages |= {"/a": links("/a;jsessionid=3"), "/a?x=1": links()}
    run(site.start)
    assert sorted(site.paths()) == ["GET /", "GET /a", "GET /a?x=1"]


def test_pages_that_robots_txt_forbids_are_not_asked_for(website):
    site = website({"/": links("/a", "/secret/b"), "/a": links("/secret/c")})
    site.pages["/robots.txt"] = page(b"User-agent: MeiceProbe\nDisallow: /secret")
    done, _ = run(site.start)[site.start]
    assert (done.denied, done.finished) == (2, True)
    assert not [line for line in site.asked if "secret" in line]


def test_start_page_that_robots_txt_forbids_is_shown_as_denied(website):
    site = website({"/": links(), "/robots.txt": page(b"User-agent: *\nDisallow: /")})
    done, visits = run(site.start)[site.start]
    assert done.failure is Failure.ROBOTS_DENIED
    assert [visit.answer.failure for visit in visits] == [Failure.ROBOTS_DENIED]
    assert site.paths() == []


def test_broken_robots_txt_leaves_the_start_page_and_no_more(website):
    site = website({"/": links("/a"), "/a": links()})
    site.pages["/robots.txt"] = b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"
    done, _ = run(site.start)[site.start]
    assert (site.paths(), done.denied) == (["GET /"], 1)


def test_crawl_delay_beyond_our_patience_leaves_one_visit(website):
    site = website({"/": links("/a"), "/a": links()})
    site.pages["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 3600")
    run(site.start)
    assert site.paths() == ["GET /"]


def test_start_that_redirects_makes_its_new_host_the_site(website):
    new = website({"/": links("/a"), "/a": links()})
    old = website({"/": redirect(new.start.encode())})
    done, visits = run(old.start)[old.start]
    assert (done.pages, visits[0].answer.final_url) == (2, new.start)
    assert new.paths() == ["GET /", "GET /a"]


def test_page_that_leads_out_of_the_site_is_a_link_and_no_page(website):
    other = website({"/": links("/deeper")})
    site = website({"/": links("/out", "/in"), "/in": links()})
    site.pages["/out"] = redirect(other.start.encode())
    done, visits = run(site.start)[site.start]
    assert [visit.url for visit in visits] == [site.start, site.url("/in")]
    assert states(done)["out"] == "ok"
    assert other.paths() == ["GET /"]


def test_visitor_decides_what_is_read_and_what_is_only_checked(website):
    site = website({"/": links("/never"), "/a": links(), "/b": links()})

    def read(visit):
        first = Found(follow=(site.url("/a"),), check=(site.url("/b"),))
        return Found() if visit.number else first

    done, visits = run(site.start, read=read)[site.start]
    assert [visit.url for visit in visits] == [site.start, site.url("/a")]
    assert sorted(site.paths()) == ["GET /", "GET /a", "HEAD /b"]
    assert states(done) == {"a": "ok", "b": "ok"}


def test_visitors_own_requests_are_answered_to_it(website):
    site = website({"/": links(), "/list.xls": page(b"\xd0\xcf\x11\xe0")})
    own = Request(site.url("/list.xls"), headers=(("User-Agent", "Baiduspider"),))
    _, visits = run(site.start, read=lambda visit: Found(extra=() if visit.extra else (own,)))[
        site.start
    ]
    assert (visits[1].extra, visits[1].answer.body) == (own, b"\xd0\xcf\x11\xe0")
    assert (
        b"User-Agent: Baiduspider" in site.served.heads[-1]
        or b"user-agent: Baidu" in (site.served.heads[-1])
    )


def test_failures_of_the_start_are_told_apart(website):
    def unknown(host):
        raise NoSuchName

    starts = ["http://gone.test/", "file:///etc/passwd", "http://10.0.0.1/", "http://127.0.0.1:1/"]
    found = run(*starts, resolve=unknown)
    assert {start: found[start][0].failure for start in starts} == {
        "http://gone.test/": Failure.DNS,
        "file:///etc/passwd": Failure.ADDRESS_REFUSED,
        "http://10.0.0.1/": Failure.ADDRESS_REFUSED,
        "http://127.0.0.1:1/": Failure.ADDRESS_REFUSED,
    }
    assert all(len(visits) == 1 for _, visits in found.values())


def test_hostile_site_holds_up_no_other(website, serve):
    def hanging(connection, served):
        read_head(connection)
        served.over.wait()

    hostile = serve(hanging)
    good = [website({"/": links("/a"), "/a": links()}) for _ in range(5)]
    starts = [hostile.url, *(site.start for site in good)]
    ended = []

    def good_ones_are_done():
        return len(ended) == len(good)

    for done, _ in crawl(starts, CrawlOptions(rate=0), LOOPBACK, Diary, stop=good_ones_are_done):
        ended.append((done.start, done.finished))
    assert ended[-1] == (hostile.url, False)
    assert set(ended[:-1]) == {(site.start, True) for site in good}


def test_site_that_falls_silent_is_left_as_not_finished(website, serve):
    names = [f"/{number}" for number in range(20)]

    def script(connection, served):
        head = read_head(connection)
        if head.startswith(b"GET / "):
            connection.sendall(links(*names))
        elif b"robots" in head:
            connection.sendall(page(b""))

    site = serve(script)
    done, visits = run(site.url, per_origin=1, silent_pages=3)[site.url]
    assert (done.finished, len(visits)) == (False, 4)
    assert done.state is not None


def test_state_holds_addresses_and_no_pages(website):
    site = website({"/": links("/a"), "/a": links()})
    _, visits = run(site.start)[site.start]
    state = visits[0].checkpoint()
    assert site.start in state.seen
    assert all(isinstance(text, str) for text in state.seen)


def test_visitor_that_raises_ends_its_own_site_and_no_other(website, caplog):
    bad, good = (website({"/": links("/a"), "/a": links()}) for _ in range(2))

    def read(visit):
        if visit.url == bad.url("/a"):
            raise KeyError("13800000001")

    found = run(bad.start, good.start, read=read)
    assert (found[bad.start][0].finished, found[bad.start][0].error) == (False, "KeyError")
    assert (found[good.start][0].finished, found[good.start][0].pages) == (True, 2)
    assert "KeyError" in caplog.text
    assert "13800000001" not in caplog.text


def test_sites_are_begun_a_few_at_a_time_when_nothing_makes_them_wait(website):
    sites = [website({"/": links()}) for _ in range(12)]
    begun, most = [], 0

    def visitor_of(start):
        begun.append(start)
        return Diary(start)

    options = CrawlOptions(rate=0, concurrency=2)
    starts = [site.start for site in sites]
    for ended, _ in enumerate(crawl(starts, options, LOOPBACK, visitor_of)):
        most = max(most, len(begun) - ended)
    assert (len(begun), most) == (12, 4)


def test_page_seen_before_is_asked_for_with_its_validators(website):
    site = website({"/": b'HTTP/1.1 304 x\r\nETag: "1"\r\n\r\n'})

    class Returning(Diary):
        def request(self, url):
            return Request(url, etag='"1"')

    for done, diary in crawl([site.start], CrawlOptions(rate=0), LOOPBACK, Returning):
        assert (done.finished, done.failure) == (True, None)
        assert diary.visits[0].answer.status == 304
    assert b'if-none-match: "1"\r\n' in site.served.heads[-1]


@pytest.mark.parametrize(
    ("status", "asked", "pause"),
    [(429, "5", 5.0), (503, "3600", 60.0), (503, "soon", 0.0), (429, "", 0.0), (200, "5", 0.0)],
)
def test_busy_server_is_left_alone_as_long_as_it_asks_within_reason(status, asked, pause):
    answer = Answer("u", "u", status=status, headers=(("retry-after", asked),))
    assert asked_pause(answer) == pause
