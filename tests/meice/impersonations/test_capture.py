"""采集网页: through the gate, never behind a login, never where the policy does not let it."""

import pytest
from tests.meice.impersonations import scene
from tests.meice.impersonations.scene import MONDAY, days
from tests.meice.inspections.web import website

from meice.engines.gate import Policy
from meice.engines.webprobe.picture import find_browser
from meice.evidence.models import Evidence
from meice.evidence.verify import altered
from meice.impersonations import actions
from meice.impersonations.actions.looking import BEHIND_LOGIN, NO_BROWSER
from meice.impersonations.models import Capture
from meice.impersonations.tasks import capture_page
from meice.jobs.models import Job
from meice.kernel.access import Refused

pytestmark = pytest.mark.django_db
PAGE = "<!doctype html><meta charset=utf-8><title>华园大學招生</title><h1>华园大學招生</h1>"


@pytest.fixture
def web(settings):
    """A real server, and the gate open for it alone."""
    with website() as site:
        settings.PROBE_POLICY = Policy(exact=frozenset({("127.0.0.1", site.port)}))
        site.pages["/"] = PAGE
        yield site


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def asked(school, url, **given):
    """A docket of a site whose page is asked for, before the job has run."""
    text = scene.said(platform="website", account_id="", url=url, **given)
    docket = scene.judging(school, text, with_proof=False)
    return docket, actions.ask_capture(docket, by=school.liang, at=MONDAY)


def seen(school, url):
    """The same, and the job has run."""
    docket, capture = asked(school, url)
    said = capture_page.func(capture.pk)
    capture.refresh_from_db()
    assert capture.words == said
    return docket, capture


def test_page_and_headers_are_kept_with_who_when_and_hash(school, web, no_browser):
    docket, capture = seen(school, web.url)
    html, head = Evidence.objects.of(docket.case)
    assert capture.kept == 2
    assert NO_BROWSER in capture.words
    assert (html.kind, head.kind, html.by_name) == ("html", "headers", "梁文博")
    assert html.source == web.url
    assert html.stored.path.read_text("utf-8") == PAGE
    lines = head.stored.path.read_text("utf-8")
    assert f"最终网址：{web.url}" in lines
    assert "content-type: text/html; charset=utf-8" in lines
    assert html.headers == lines
    assert scene.fresh(docket).address == "127.0.0.1"
    assert altered() == []


def test_a_picture_is_drawn_from_the_kept_page_where_there_is_a_browser(school, web):
    if find_browser() is None:
        pytest.skip("没有浏览器：apt-get install chromium 或装 Google Chrome 后再跑")
    docket, capture = seen(school, web.url)
    kinds = [row.kind for row in Evidence.objects.of(docket.case)]
    assert kinds == ["html", "headers", "screenshot"]
    assert "截图" in capture.words
    assert web.asked == ["/"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<form><input type=password name=p></form>", BEHIND_LOGIN),
        ("", "HTTP 404"),
    ],
)
def test_a_page_behind_a_login_is_not_kept_and_an_error_page_is(
    school, web, no_browser, page, words
):
    web.pages["/"] = page
    docket, capture = seen(school, web.url)
    assert words in capture.words
    assert Evidence.objects.of(docket.case).exists() == (words != BEHIND_LOGIN)


def test_an_address_that_is_not_allowed_is_not_asked(school, web, settings):
    settings.PROBE_POLICY = Policy()
    docket, capture = seen(school, web.url)
    assert capture.kept == 0
    assert "没有采到" in capture.words
    assert "不说明账号已经不在" in capture.words
    assert web.asked == []
    assert not Evidence.objects.of(docket.case).exists()


def test_a_doubled_job_keeps_nothing_twice(school, web, no_browser):
    docket, capture = asked(school, web.url)
    assert Job.objects.filter(task_path="meice.impersonations.tasks.capture_page").count() == 1
    capture_page.func(capture.pk)
    assert capture_page.func(capture.pk) == ""
    assert Evidence.objects.of(docket.case).count() == 2


def test_one_look_at_a_time_and_a_stuck_one_is_given_up(school, web, no_browser):
    docket, capture = asked(school, web.url)
    with pytest.raises(Refused, match="正在采集"):
        actions.ask_capture(docket, by=school.liang, at=MONDAY)
    again = actions.ask_capture(docket, by=school.liang, at=days(1))
    assert again.pk != capture.pk
    assert Capture.objects.get(pk=capture.pk).words == "没有采完，可再采集一次。"


def test_only_the_department_has_a_page_asked(school, web):
    docket, _ = asked(school, web.url)
    with pytest.raises(Refused, match="由宣传部办理"):
        actions.ask_capture(docket, by=school.he, at=MONDAY)
    bare = scene.judging(school, scene.said())
    with pytest.raises(Refused, match="没有填主页链接"):
        actions.ask_capture(bare, by=school.liang, at=MONDAY)
