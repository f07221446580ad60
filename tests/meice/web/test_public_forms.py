"""What stands between anybody and a public form."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from meice.files.kinds import FileKind, kind_of
from meice.web.public_forms import (
    FASTEST,
    SLOWEST,
    PublicFiles,
    PublicForm,
    opened_token,
    public_page,
    sender_of,
)

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


class Report(PublicForm):
    """As a room makes one."""

    text = forms.CharField(label="说明")
    files = PublicFiles(
        label="截图", most=2, megabytes=1, kind_of=kind_of, kinds={FileKind.PNG}, words="图片"
    )


def sent(at=AT, *, files=(), **changed):
    """The form as a browser sends it ten seconds after it was opened."""
    data = {"text": "有人冒充", "opened": opened_token(AT - timedelta(seconds=10)), "homepage": ""}
    return Report(data | changed, {"files": list(files)} if files else {}, at=at)


class _Many(dict):
    def getlist(self, key):
        return self.get(key, [])


def uploaded(*files):
    form = sent()
    form.files = _Many(files=list(files))
    return form


def test_a_person_gets_through():
    assert sent().is_valid()


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"homepage": "https://spam.example/"}, "留给机器人"),
        ({"opened": opened_token(AT - FASTEST + timedelta(seconds=1))}, "太快"),
        ({"opened": opened_token(AT + timedelta(hours=1))}, "太快"),
        ({"opened": opened_token(AT - SLOWEST - timedelta(seconds=1))}, "太久"),
        ({"opened": "1763798400"}, "太久"),
        ({"opened": ""}, "太久"),
    ],
)
def test_a_robot_does_not(changed, word):
    form = sent(**changed)
    assert not form.is_valid()
    assert word in form.non_field_errors()[0]
    assert form["text"].value() == "有人冒充"


def test_a_refused_form_can_be_sent_again_with_its_fresh_time():
    form = sent(opened=opened_token(AT))
    assert not form.is_valid()
    assert sent(AT + timedelta(seconds=5), opened=form.token).is_valid()


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ([SimpleUploadedFile("a.png", PNG)] * 3, "最多传 2 个"),
        ([SimpleUploadedFile("a.png", PNG + b"0" * 1024 * 1024)], "超过 1 MB"),
        ([SimpleUploadedFile("a.png", b"<script>alert(1)</script>")], "不是图片"),
    ],
)
def test_files_that_do_not_fit_are_named(files, word):
    form = uploaded(*files)
    assert not form.is_valid()
    assert word in form.errors["files"][0]


def test_files_that_fit_are_a_list():
    form = uploaded(SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.png", PNG))
    assert form.is_valid()
    assert [one.name for one in form.cleaned_data["files"]] == ["a.png", "b.png"]
    assert form.cleaned_data["files"][0].read(4) == PNG[:4]


def sender(address):
    return sender_of(RequestFactory().get("/", REMOTE_ADDR=address))


def test_a_sender_is_an_address_that_cannot_be_read():
    assert sender("203.0.113.7") == sender("203.0.113.7") != sender("203.0.113.8")
    assert "203" not in sender("203.0.113.7")
    assert sender("2001:db8:1:2::1") == sender("2001:db8:1:2:ffff::9") != sender("2001:db8:1:3::1")
    assert sender("") == sender("")


@public_page(most_bytes=1000)
def page(request):
    """A page of a room."""
    return HttpResponse(request.POST.get("text", "opened"))


def test_a_large_request_is_not_read(rf):
    request = rf.post("/", {"text": "x" * 2000})
    assert page(request).status_code == 413
    assert not hasattr(request, "_post")


def test_a_request_without_the_token_is_refused(rf):
    request = rf.post("/", {"text": "short"})
    request._dont_enforce_csrf_checks = False
    assert page(request).status_code == 403


def test_the_page_opens(rf):
    assert page(rf.get("/")).content == b"opened"
