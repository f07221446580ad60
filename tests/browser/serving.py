"""`meice serve` on a throw-away university made by `sheet_site`.

`MEICE_DATABASE_URL` is respected: each site then gets a database of its own on that server, so that
`python -m tests.on_postgres pytest tests/browser/…` drives the same pages on PostgreSQL.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.browser.conftest import ROOT, START_SECONDS, Site, _free_port


@contextmanager
def served(folder, *flags, **settings) -> Iterator[tuple[Site, dict]]:
    """The server's address, and what `python -m tests.browser.sheet_site *flags` said it made.

    `settings` are `MEICE_…` variables of the server.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEICE_", "DJANGO_"))}
    environment = kept | {
        "MEICE_DATA_DIR": str(folder / "data"),
        "MEICE_SECRET_KEY": "tests-only-" + "k" * 60,
        "DJANGO_SETTINGS_MODULE": "meice.config.settings",
        "MEICE_WEB_WORKERS": "1",
        **settings,
        **_own_database(),
    }
    (folder / "data").mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.sheet_site", *flags],
        cwd=ROOT, env=environment, capture_output=True, check=False, timeout=START_SECONDS,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr.decode()
    port = _free_port()
    command = [sys.executable, "-m", "meice", "serve", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(server, f"http://127.0.0.1:{port}", folder / "log")
            yield Site(f"http://127.0.0.1:{port}", [], folder, environment), json.loads(made.stdout)
        finally:
            server.terminate()
            server.wait(40)


def _own_database():
    """A new database beside the one that the environment names; SQLite without a name."""
    address = os.environ.get("MEICE_DATABASE_URL", "")
    if not address.startswith("postgres"):
        return {}
    psycopg = pytest.importorskip("psycopg")
    name = f"meice_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'create database "{name}"')
    return {"MEICE_DATABASE_URL": f"{address.rpartition('/')[0]}/{name}"}


def _wait(server, address, log):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5).close()
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.2)
            break
    pytest.fail(f"meice serve did not start:\n{log.read_text('utf-8')[-2000:]}")
