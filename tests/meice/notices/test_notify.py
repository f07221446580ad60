"""Telling people: inbox and letter exist if and only if the act was committed."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from meice.jobs.models import Job, JobState
from meice.jobs.worker import drain
from meice.kernel.clock import database_now
from meice.notices.actions import notify
from meice.notices.models import Letter, Notice, NoticeKind
from meice.notices.tasks import send_letter

pytestmark = pytest.mark.django_db


class RefusingServer(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected


class ForgetfulServer(EmailBackend):
    """A mail server that takes the letter and then breaks the line."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise smtplib.SMTPServerDisconnected


@pytest.fixture
def he(cast):
    cast.he.email = "he@huayuan.edu.cn"
    cast.he.save(update_fields=["email"])
    return cast.he


def tell(user, text="你的备案已受理。", url="/inbox/"):
    return notify(user, text=text, url=url, kind=NoticeKind.RESULT)


def test_a_notice_comes_to_the_inbox_and_by_mail(he, settings):
    settings.PUBLIC_URL = "https://meice.huayuan.edu.cn"
    tell(he)
    assert mail.outbox == []
    drain()
    (letter,) = mail.outbox
    assert letter.to == ["he@huayuan.edu.cn"]
    assert letter.subject == "媒册 · 办理结果：你的备案已受理。"
    assert "https://meice.huayuan.edu.cn/inbox/" in letter.body


def test_without_an_address_or_a_server_the_notice_stays_in_the_inbox(he, cast, settings):
    tell(cast.zhou)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    tell(he)
    assert (Notice.objects.count(), Letter.objects.count()) == (2, 0)


def test_a_letter_is_sent_once_however_often_its_job_runs(he):
    tell(he)
    letter = Letter.objects.get()
    assert send_letter.func(letter.pk) is True
    assert send_letter.func(letter.pk) is False
    assert len(mail.outbox) == 1


def test_a_letter_that_may_have_arrived_is_repeated_under_the_same_id(he, settings):
    letter = Letter.objects.get(notice=tell(he))
    settings.EMAIL_BACKEND = f"{__name__}.ForgetfulServer"
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send_letter.func(letter.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_letter.func(letter.pk)
    assert {sent.extra_headers["Message-ID"] for sent in mail.outbox} == {letter.message_id}


def test_a_letter_that_cannot_be_sent_is_tried_again_and_then_stands_with_the_administrator(
    he, cast, settings, signed_in
):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    tell(he, text="秘密的内容")
    for _ in range(6):
        drain()
        Job.objects.live().update(run_at=database_now())
    assert Job.objects.get(label="发送邮件通知").state == JobState.FAILED
    page = signed_in(cast.lu).get("/jobs/").content.decode()
    assert "发送邮件通知" in page
    assert "SMTPServerDisconnected" in page
    assert "秘密的内容" not in page


@pytest.mark.django_db(transaction=True)
def test_nothing_is_said_of_an_act_that_was_undone(he):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        tell(he)
        raise RuntimeError
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_notice_leads_nowhere_else(he, url):
    with pytest.raises(ValueError, match="our own"):
        tell(he, url=url)


def test_a_subject_cannot_be_split_by_line_ends(he):
    tell(he, text="一\r\nBcc: evil@example.org")
    drain()
    assert "\n" not in mail.outbox[0].subject
