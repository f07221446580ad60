"""Links in three states: ok, blocked (unknown), and dead only after a second try."""

import pytest
from tests.engines.webprobe.crawl.conftest import links, page, run, states

from meice.engines.gate import Answer, Failure
from meice.engines.webprobe.crawl.links import judge


def status(code: int) -> bytes:
    return b"HTTP/1.1 %d x\r\nContent-Length: 0\r\n\r\n" % code


def check(website, *answers):
    """A site whose start page links to `/0`, `/1` …, which give these answers, read no further."""
    site = website({f"/{number}": answer for number, answer in enumerate(answers)})
    site.pages["/"] = links(*(f"/{number}" for number in range(len(answers))))
    return site, run(site.start, max_pages=1)[site.start][0]


@pytest.mark.parametrize(
    ("code", "state"),
    [
        *((code, "ok") for code in (200, 204)),
        *((code, "dead") for code in (404, 410)),
        *((code, "blocked") for code in (401, 403, 412, 429, 451, 500, 503)),
    ],
)
def test_state_of_a_status(website, code, state):
    _, done = check(website, status(code))
    assert states(done) == {"0": state}


def test_dead_link_was_tried_twice_and_an_ok_one_once(website):
    site, done = check(website, status(404), page())
    assert {each.url[-1]: each.tries for each in done.links} == {"0": 2, "1": 1}
    assert sorted(site.paths()) == ["GET /", "GET /0", "HEAD /0", "HEAD /1"]


def test_server_that_cannot_answer_head_is_asked_again_with_get(website):
    site, done = check(website, page(b"x"))
    head = site.pages["/0"]

    class Fickle(dict):
        def get(self, path, missing):
            last = site.asked[-1]
            return status(405) if last == "HEAD /0" else dict.get(self, path, missing)

    site.pages = Fickle(site.pages | {"/0": head})
    site.asked.clear()
    done = run(site.start, max_pages=1)[site.start][0]
    assert states(done) == {"0": "ok"}
    assert site.paths() == ["GET /", "HEAD /0", "GET /0"]


def test_dead_page_is_tried_again_before_it_is_called_dead(website):
    site = website({"/": links("/gone", "/here"), "/here": links()})
    done, visits = run(site.start)[site.start]
    assert states(done) == {"gone": "dead", "here": "ok"}
    assert site.paths().count("GET /gone") == 2
    assert [visit.answer.status for visit in visits] == [200, 404, 200]


def test_page_that_comes_back_on_the_second_try_is_ok(website):
    site = website({"/": links("/shy")})

    class Shy(dict):
        def get(self, path, missing):
            again = site.asked.count("GET /shy") > 1
            return page() if path == "/shy" and again else dict.get(self, path, missing)

    site.pages = Shy(site.pages)
    assert states(run(site.start)[site.start][0]) == {"shy": "ok"}


def test_link_in_every_footer_is_asked_for_once(website):
    target = website({"/": page()})
    sites = [website({"/": links(target.start)}) for _ in range(3)]
    found = run(*(site.start for site in sites), sites_at_once=1)
    assert [found[site.start][0].links[0].state for site in sites] == ["ok"] * 3
    assert target.paths() == ["HEAD /"]


def test_link_we_may_not_visit_is_unknown(website):
    site = website({"/": links("http://10.0.0.1/", "http://169.254.169.254/x")})
    done, _ = run(site.start)[site.start]
    assert [(each.state, each.failure) for each in done.links] == [
        ("blocked", Failure.ADDRESS_REFUSED)
    ] * 2


@pytest.mark.parametrize(
    ("failure", "uncertain", "state"),
    [
        (Failure.DNS, False, "dead"),
        (Failure.DNS, True, "blocked"),
        (Failure.TIMEOUT, True, "blocked"),
        (Failure.TIMEOUT, False, "blocked"),
        (Failure.REFUSED, False, "dead"),
        (Failure.RESET, False, "blocked"),
        (Failure.TLS_ERROR, False, "blocked"),
        (Failure.TOO_LARGE, False, "ok"),
        (Failure.UNKNOWN_ERROR, True, "blocked"),
    ],
)
def test_state_of_a_failure(failure, uncertain, state):
    assert judge(Answer("u", "u", failure=failure, uncertain=uncertain)) == state
