"""A picture of a kept page, drawn by the system's browser without any way to a network.

The page is hostile and the browser runs without its own sandbox (servers and containers seldom
allow it). So the page lies in a frame with ``sandbox`` (no scripts, no forms, no moving on by
itself, an origin of its own, hence no file of the disk), under a policy that loads nothing but
what is written in the page, and the browser's names and proxy lead nowhere, this machine included.
Its scripts cannot be switched off as a whole: the command that takes the picture is one.
What is drawn is what was kept: pictures and styles from elsewhere are missing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTH, HEIGHT = 1280, 2000  # pixels
LARGEST_PAGE = 3_000_000  # characters
LARGEST_PICTURE = 10_000_000  # bytes
WALL = 30.0  # seconds
PNG = b"\x89PNG\r\n\x1a\n"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
OFFLINE = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-extensions", "--disable-breakpad", "--disable-crash-reporter",
    "--disable-domain-reliability", "--disable-client-side-phishing-detection",
    "--dns-prefetch-disable", "--no-pings", "--hide-scrollbars", "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>", "--run-all-compositor-stages-before-draw",
    "--virtual-time-budget=2000",
)  # fmt: skip
KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ")  # and no secrets


@dataclass(frozen=True, slots=True)
class Browser:
    """An installed browser; ``flags`` are what keeps it from the network."""

    path: str
    flags: tuple[str, ...] = OFFLINE


def find_browser() -> Browser | None:
    """The first browser that is installed; None where there is none."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Browser(path) if path else None


def draw_page(browser: Browser, html: str, *, wall: float = WALL) -> bytes | None:
    """The page as a PNG of 1280 × 2000 pixels; None when it cannot be drawn in ``wall`` seconds.

    ``html`` is cut at three million characters. The browser and all it started are gone at the
    end, and so is everything they wrote. Raises OSError when nothing can be started or written.
    """
    with tempfile.TemporaryDirectory(prefix="meice-picture-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, picture = folder / "page.html", folder / "picture.png"
        page.write_text(framed(html[:LARGEST_PAGE]), "utf-8", "replace")
        _run(browser, page, picture, wall)
        return _read(picture)


def framed(html: str) -> str:
    """Our own page around the kept one: nothing of it can reach past the frame."""
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>'
        '<body style="margin:0"><iframe sandbox scrolling="no" '
        f'style="border:0;width:{WIDTH}px;height:{HEIGHT}px" srcdoc="{escape(html)}"></iframe>'
        "</body></html>"
    )


def _run(browser: Browser, page: Path, picture: Path, wall: float) -> None:
    command = [
        browser.path,
        *browser.flags,
        f"--user-data-dir={page.parent / 'profile'}",
        f"--screenshot={picture}",
        f"--window-size={WIDTH},{HEIGHT}",
        page.as_uri(),
    ]
    process = subprocess.Popen(  # noqa: S603 - the system's browser, our own flags and file
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=page.parent,
        env=_environment(page.parent),
        start_new_session=True,
    )
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(wall)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(folder: Path) -> Mapping[str, str]:
    """A home of its own, which goes with the folder."""
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, "HOME": str(folder), "TMPDIR": str(folder)}


def _read(picture: Path) -> bytes | None:
    try:
        with picture.open("rb") as stream:
            content = stream.read(LARGEST_PICTURE + 1)
    except FileNotFoundError:
        return None
    whole = content.startswith(PNG) and content.endswith(b"IEND\xaeB`\x82")
    return content if whole and len(content) <= LARGEST_PICTURE else None
