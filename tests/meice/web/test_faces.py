"""Refusals and failures: Chinese, a way on, a number that is in the log, no innards."""

import logging
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from meice.kernel.access import Refused
from meice.web import urls as web_urls
from meice.web import views
from meice.web.faces import Face, error_number, respond
from meice.web.middleware import SessionLost
from meice.web.tags.shell import Bars

SECRET = "13800001234 的口令"


def raising(error: Exception):
    """A view that fails."""

    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    *web_urls.urlpatterns,
    path("broken/", raising(ValueError(SECRET))),
    path("refused/", raising(Refused("这份备案是你起草的，不能自己受理。"))),
    path("denied/", raising(PermissionDenied("internal words"))),
    path("missing/", raising(Http404("Row 7 of Outlet"))),
    path("large/", raising(RequestDataTooBig("limit"))),
    path("busy/", raising(OperationalError("database is locked"))),
    path("sign-in/", lambda request: HttpResponse("登录"), name="sign-in"),
    path("form/", lambda request: HttpResponse("收到")),
]
handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/broken/", 500, "系统出错，这一步没有办成"),
        ("/refused/", 403, "这份备案是你起草的，不能自己受理。"),
        ("/denied/", 403, "这件事你现在不能办"),
        ("/missing/", 404, "没有这一页"),
        ("/nowhere/", 404, "没有这一页"),
        ("/large/", 413, "传的内容太大"),
        ("/busy/", 503, "系统正忙"),
    ],
)
def test_a_failure_has_its_status_and_its_words(visitor, address, status, words):
    answer = visitor.get(address)
    assert answer.status_code == status
    assert words in answer.text
    assert "回工作台" in answer.text


@pytest.mark.parametrize(
    ("address", "innards"),
    [
        ("/broken/", SECRET),
        ("/denied/", "internal words"),
        ("/missing/", "Row 7"),
        ("/busy/", "locked"),
    ],
)
def test_no_innards_reach_the_page(visitor, address, innards):
    page = visitor.get(address).text
    assert innards not in page
    assert "Traceback" not in page
    assert "ROOT_URLCONF" not in page


def test_the_number_on_the_page_is_in_the_log_with_the_exception(visitor, caplog):
    caplog.set_level(logging.ERROR, "meice.web")
    page = visitor.get("/broken/?phone=13800001234").text
    number = re.search(r"E-[2-9A-Z]{4}-\d{4}", page)
    assert number
    lines = [one for one in caplog.records if one.name == "meice.web"]
    assert number[0] in lines[0].getMessage()
    assert lines[0].exc_info
    assert "13800001234" not in lines[0].getMessage()


def test_error_numbers_can_be_read_out_on_the_telephone():
    numbers = {error_number() for _ in range(50)}
    assert all(re.fullmatch(r"E-[2-9A-HJKMNP-Z]{4}-[0-2]\d[0-5]\d", one) for one in numbers)
    assert len(numbers) > 45


def test_a_busy_system_says_when_to_come_again(visitor):
    assert visitor.get("/busy/").headers["Retry-After"] == "60"


def test_an_old_form_is_refused_with_a_way_on():
    with override_settings(ROOT_URLCONF=__name__, CSRF_FAILURE_VIEW="meice.web.views.csrf_failure"):
        answer = Client(enforce_csrf_checks=True).post("/form/", {"a": "b"})
    assert answer.status_code == 403
    assert "这个表单已失效" in answer.text


def test_a_reader_who_is_signed_in_keeps_her_sidebar(request_of):
    request = request_of("/x/", meice_bars=Bars(), meice_account=None)
    assert 'class="m-side"' in respond(request, Face.MISSING).text
    assert 'class="m-side"' not in respond(request, Face.BROKEN, alone=True).text


def test_a_face_counts_nothing_and_does_not_say_that_there_is_nothing(signed_in, cast):
    with CaptureQueriesContext(connection) as captured:
        page = signed_in(cast.he).get("/nowhere/").text
    assert not [one["sql"] for one in captured if "nav_place" in one["sql"]]
    assert 'aria-label="消息"' in page
    assert "没有新的" not in page


def test_every_face_is_plain_office_chinese():
    for face in Face:
        assert not re.search(r"[！!]|您|抱歉|哦", face.title + face.text), face
        assert face.text.endswith("。")


def redirecting(target: str):
    return SessionLost(lambda request: HttpResponseRedirect(target))


def test_a_fragment_that_lost_its_session_gets_a_notice_not_the_sign_in_page(rf):
    with override_settings(ROOT_URLCONF=__name__):
        answer = redirecting("/sign-in/?next=/x/")(rf.get("/x/", headers={"HX-Request": "true"}))
    assert answer.status_code == 401
    assert "没有存上：登录已过期" in answer.text
    assert 'target="_blank"' in answer.text


@pytest.mark.parametrize(
    ("target", "headers"), [("/sign-in/?next=/x/", {}), ("/other/", {"HX-Request": "true"})]
)
def test_other_redirects_go_through(rf, target, headers):
    with override_settings(ROOT_URLCONF=__name__):
        assert redirecting(target)(rf.get("/x/", headers=headers)).status_code == 302


def test_the_session_is_told_only_to_its_owner(rf):
    request = rf.get("/session/")
    request.user = SimpleNamespace(is_authenticated=False)
    assert views.session_state(request).status_code == 401
    request.user = SimpleNamespace(is_authenticated=True, pk=7)
    answer = views.session_state(request)
    assert answer.status_code == 200
    assert '"reader": "7"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
