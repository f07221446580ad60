"""`python -m benchmarks.pages [--units 120] [--outlets 2000] [--rounds 9]`: ms and queries a page.

`--findings N [--readers 5]` measures the pages of findings instead (`findings.py`), `--daily N` the
lists of manuscripts, rounds, incidents, fakes, devices and custodies (`daily.py`).

Runs on the database of MEICE_DATABASE_URL (a test database beside it), else on SQLite in memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from benchmarks.pages import daily, findings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.urls import reverse  # noqa: E402
from tests.conftest import BACKEND  # noqa: E402
from tests.meice.surveys.crowd import a_crowd  # noqa: E402


def main() -> None:
    """Build the crowd, ask each page, print one line a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=120)
    parser.add_argument("--outlets", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--findings", type=int, default=0)
    parser.add_argument("--readers", type=int, default=5)
    parser.add_argument("--daily", type=int, default=0)
    given = parser.parse_args()
    if given.findings:
        findings.run(given.findings, given.readers, given.rounds)
        return
    if given.daily:
        daily.run(given.daily, given.rounds)
        return
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        _measure(given.units, given.outlets, given.rounds)
    finally:
        teardown_databases(databases, verbosity=0)


def _measure(units: int, outlets: int, rounds: int) -> None:
    world = a_crowd(units, outlets)
    pages = {
        "liang": [
            "/",
            reverse("outlet-list"),
            reverse("filing-list"),
            reverse("campaign-list"),
            world.campaign.get_absolute_url(),
            world.maths.get_absolute_url(),
            reverse("year-list"),
        ],
        "he": ["/", reverse("outlet-list"), world.maths.get_absolute_url()],
    }
    sys.stdout.write(f"{connection.vendor} · {units} units · {outlets} outlets\n")
    sys.stdout.write(f"{'who':8}{'page':28}{'median ms':>10}{'worst ms':>10}{'queries':>9}\n")
    for who, addresses in pages.items():
        browser = Client()
        browser.force_login(world.school.people[who], backend=BACKEND)
        for address in addresses:
            _line(browser, who, address, rounds)


def _line(browser: Client, who: str, address: str, rounds: int) -> None:
    browser.get(address)
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        browser.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as seen:
        browser.get(address)
    median, worst = statistics.median(times), max(times)
    sys.stdout.write(f"{who:8}{address:28}{median:10.0f}{worst:10.0f}{len(seen):9}\n")


if __name__ == "__main__":
    main()
