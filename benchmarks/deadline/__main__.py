"""`python -m tests.on_postgres python -m benchmarks.deadline [--units 200] [--threads 8]`

Both sides run in one process on one database through the whole middleware, signed-in sessions
opened before the rush: ours confirms prepared submissions (lock, receipt, hash, audit, notices),
the plain one saves an uploaded package. 5 % of our requests are sent twice. First form: in-process,
so the numbers compare the two, they are no promise for a deployment.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from benchmarks.deadline import plain  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.urls import clear_url_caches, include, path, reverse, set_urlconf  # noqa: E402
from tests.conftest import BACKEND  # noqa: E402
from tests.meice.surveys.crowd import a_crowd  # noqa: E402
from tests.meice.surveys.scene import BEFORE  # noqa: E402

from meice.config import urls as own_urls  # noqa: E402
from meice.orgs.models import Post, User  # noqa: E402
from meice.orgs.roles import Role  # noqa: E402
from meice.surveys.actions import filling  # noqa: E402
from meice.surveys.models import Receipt, Submission  # noqa: E402

Deed = Callable[[], int]
FOUND = 302
TWICE = 20  # every so many requests are doubled


def main() -> None:
    """Prepare, rush, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--threads", type=int, default=8)
    given = parser.parse_args()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    with connection.schema_editor() as editor:
        editor.create_model(plain.Delivery)
    own_urls.urlpatterns.append(path("plain/", include([path("", plain.deliver)])))
    clear_url_caches()
    set_urlconf(None)
    try:
        _rush(given.units, given.threads)
    finally:
        connections.close_all()
        teardown_databases(databases, verbosity=0)


def _rush(units: int, threads: int) -> None:
    prepared = _prepare(units)
    own = [_confirm(browser, submission) for browser, submission in prepared]
    doubled = [deed for at, deed in enumerate(own) if at % TWICE == 0]
    ours = _run([*own, *doubled], threads)
    receipts = Receipt.objects.count()
    theirs = _run([_deliver(browser, submission) for browser, submission in prepared], threads)
    sys.stdout.write(f"{connection.vendor}, {units} units, {threads} threads\n")
    _say("meice: confirm → receipt", ours, receipts)
    _say("plain Django ModelForm", theirs, plain.Delivery.objects.count())
    asked = len(prepared)
    sys.stdout.write(f"lost {max(0, asked - receipts)}, doubled {max(0, receipts - asked)}\n")


def _prepare(units: int) -> Sequence[tuple[Client, Submission]]:
    """Every unit has filled its sheet and handed it to its leader, who has signed in."""
    world = a_crowd(units, units * 5)
    submissions = list(world.campaign.submissions.select_related("unit", "campaign"))
    prepared = []
    for at, submission in enumerate(submissions):
        user = User.objects.create(username=f"l{at:05d}", name=f"领导{at}", pinyin_key="lingdao")
        Post.objects.create(user=user, unit=submission.unit, role=Role.LEADER)
        keeper = _operator(submission, at)
        fresh = Submission.objects.select_related("campaign", "unit").get(pk=submission.pk)
        if fresh.status == "untouched":
            filling.start_submission(fresh, by=keeper, at=BEFORE)
        if not fresh.rows.exists():
            continue
        fresh.refresh_from_db()
        filling.present_submission(fresh, by=keeper, at=BEFORE)
        browser = Client()
        browser.force_login(user, backend=BACKEND)
        browser.get("/me/")  # the session is opened before the rush, for both sides
        prepared.append((browser, Submission.objects.select_related("prepared").get(pk=fresh.pk)))
    return prepared


def _operator(submission: Submission, at: int) -> User:
    post = Post.objects.filter(unit=submission.unit, role=Role.OPERATOR).first()
    if post is not None:
        return post.user
    user = User.objects.create(username=f"o{at:05d}", name=f"运维{at}", pinyin_key="yunwei")
    Post.objects.create(user=user, unit=submission.unit, role=Role.OPERATOR)
    return user


def _confirm(browser: Client, submission: Submission) -> Deed:
    given = {
        "key": str(uuid.uuid4()),
        "digest": submission.prepared.digest if submission.prepared else "",
        "vouched": "on",
        "late_reason": "演练",
    }
    address = reverse("submission-confirm", args=[submission.pk])
    return lambda: browser.post(address, given).status_code


def _deliver(browser: Client, submission: Submission) -> Deed:
    package = submission.prepared
    content = package.path.read_bytes() if package else b""
    name = package.name if package else "包.zip"

    def deed() -> int:
        file = SimpleUploadedFile(name, content)
        given = {"unit": submission.unit.name, "sent_by": "领导", "package": file}
        return browser.post("/plain/", given).status_code

    return deed


def _run(deeds: Sequence[Deed], threads: int) -> tuple[float, list[float]]:
    """Seconds in all, and of each request; every thread has a connection of its own."""

    def some(first: int) -> list[float]:
        try:
            return [_timed(deed) for deed in deeds[first::threads]]
        finally:
            connections.close_all()

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        times = [each for found in pool.map(some, range(threads)) for each in found]
    return time.perf_counter() - begun, times


def _timed(deed: Deed) -> float:
    begun = time.perf_counter()
    status = deed()
    if status != FOUND:
        raise RuntimeError(f"a request was answered {status}")
    return time.perf_counter() - begun


def _say(name: str, result: tuple[float, list[float]], kept: int) -> None:
    seconds, times = result
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    sys.stdout.write(
        f"{name:28}{kept / seconds:8.1f}/s  p50 {statistics.median(times) * 1000:6.0f} ms"
        f"  p99 {p99 * 1000:6.0f} ms  kept {kept}\n"
    )


if __name__ == "__main__":
    main()
