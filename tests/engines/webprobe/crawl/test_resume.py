"""A crawl can be stopped and taken up again: nothing twice, nothing left out."""

import json
from dataclasses import asdict

from tests.engines.webprobe.crawl.conftest import links, run

from meice.engines.webprobe.crawl import SiteState

PAGES = {"/": links("/1", "/2", "/3", "/gone"), "/1": links("/4"), "/2": links(), "/3": links()}


def test_stopped_site_is_not_finished_and_goes_on_where_it_was(website):
    site = website(PAGES | {"/4": links()})
    shown: list[str] = []

    def read(visit):
        shown.append(visit.url)

    done, _ = run(site.start, read=read, per_origin=1, stop=lambda: len(shown) >= 2)[site.start]
    while done.state is not None:
        done, _ = run(site.start, read=read, per_origin=1, resume={site.start: done.state})[
            site.start
        ]
    assert (done.finished, done.pages) == (True, 6)
    assert sorted(shown) == sorted({*shown})
    assert sorted(shown) == [site.url(path) for path in ("/", "/1", "/2", "/3", "/4", "/gone")]


def test_checkpoint_after_any_visit_leads_to_the_same_end(website):
    site = website(PAGES | {"/4": links()})
    _, visits = run(site.start, per_origin=1)[site.start]
    everything = {visit.url for visit in visits}
    kept: list[SiteState] = []
    run(site.start, per_origin=1, read=lambda visit: kept.append(visit.checkpoint()))
    for number, state in enumerate(kept):
        seen = {visit.url for visit in visits[:number]}
        done, more = run(site.start, per_origin=1, resume={site.start: state})[site.start]
        assert visits[number].url in {visit.url for visit in more}
        assert done.finished
        assert seen | {visit.url for visit in more} == everything


def test_state_is_plain_enough_for_json(website):
    site = website(dict(PAGES))
    _, visits = run(site.start)[site.start]
    state = visits[0].checkpoint()
    read = json.loads(json.dumps(asdict(state)))
    assert SiteState(**{key: tupled(value) for key, value in read.items()}) == state


def tupled(value):
    return tuple(tupled(each) for each in value) if isinstance(value, list) else value
