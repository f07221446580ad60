"""Pictures of kept pages, drawn by the real browser: what is in them, and that nothing gets out."""

import os
import shutil
import subprocess
import tempfile
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.engines.webprobe.probing import Reply, serve

from meice.engines.webprobe.picture import (
    HEIGHT,
    OFFLINE,
    WIDTH,
    Browser,
    draw_page,
    find_browser,
    framed,
)

SCRIPTED = "<script>document.body.style.background='#f00'</script>"
PLAIN = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


@pytest.fixture(scope="module")
def browser():
    found = find_browser()
    if found is None:
        pytest.skip("没有浏览器：apt-get install chromium 或装 Google Chrome 后再跑")
    return found


@pytest.fixture
def temporary(monkeypatch):
    """A temp folder of this test alone, to see what is left in it; short, for the browser's sockets."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def calling(url):
    """A page that asks for one address in every way it can."""
    return (
        f'<html><head><meta http-equiv="refresh" content="0;url={url}refresh">'
        f'<base href="{url}"><link rel="stylesheet" href="{url}style">'
        f'<link rel="dns-prefetch" href="{url}"><link rel="preconnect" href="{url}">'
        f'<style>@import "{url}import"; body {{ background: url({url}background) }}</style></head>'
        f'<body><img src="{url}x"><iframe src="{url}frame"></iframe><video src="{url}v"></video>'
        f'<object data="{url}object"></object><script src="{url}script"></script>'
        f"<script>fetch('{url}fetch'); location='{url}move'</script>"
        f"<img src=none onerror=\"location='{url}error'\"></body></html>"
    )


def colours(content):
    picture = Image.open(BytesIO(content)).convert("RGB")
    assert picture.size == (WIDTH, HEIGHT)
    return {colour for _, colour in picture.getcolors(maxcolors=1 << 24) or ()}


def test_a_page_is_drawn_and_its_scripts_are_not_run(browser, temporary):
    content = draw_page(browser, f"<body style='background:#0a0'>{SCRIPTED}华园大学</body>")
    assert content is not None
    seen = colours(content)
    assert (0, 170, 0) in seen
    assert (255, 0, 0) not in seen
    assert list(temporary.iterdir()) == []


def test_a_page_that_calls_out_in_every_way_is_not_heard(browser, temporary):
    with serve(lambda path, _: Reply(b"here")) as server:
        assert draw_page(browser, calling(server.url)) is not None
    assert server.asked == []


def test_without_its_frame_the_browser_still_reaches_nobody(browser, temporary):
    with serve(lambda path, _: Reply(b"here")) as server:
        started(browser.path, OFFLINE, calling(server.url), temporary)
    assert server.asked == []


def test_the_same_page_is_heard_when_nothing_stands_in_its_way(browser, temporary):
    """The control: without frame and flags the server is asked, so the tests above can fail."""
    with serve(lambda path, _: Reply(b"here")) as server:
        started(browser.path, PLAIN, calling(server.url), temporary)
    assert server.asked != []


def started(path, flags, html, folder):
    """The browser on the bare page."""
    (folder / "page.html").write_text(html, "utf-8")
    subprocess.run(
        [path, *flags, f"--user-data-dir={folder / 'profile'}", f"--screenshot={folder / 'p.png'}",
         "--timeout=3000", (folder / "page.html").as_uri()],
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True, check=False, timeout=40,
    )  # fmt: skip


def test_files_of_this_machine_are_not_drawn(browser, temporary):
    secret = temporary / "secret.html"
    secret.write_text("<body style='background:#f00'>secret</body>", "utf-8")
    page = (
        f"<iframe src='{secret.as_uri()}'></iframe>"
        f"<meta http-equiv=refresh content='0;url={secret.as_uri()}'>"
    )
    content = draw_page(browser, page)
    assert content is not None
    assert (255, 0, 0) not in colours(content)


def test_a_page_cannot_leave_its_frame():
    page = framed('"></iframe><script>out()</script><iframe srcdoc="')
    assert page.count("<iframe") == 1
    assert "<script" not in page


@pytest.fixture
def hanging(tmp_path):
    """A browser that never ends, and neither does the helper that it started."""
    folder = tmp_path / "bin"
    folder.mkdir()
    path = folder / "hanging"
    path.write_text('#!/bin/sh\nsleep 600 & echo $! >"$MEICE_PID"\nwait\n', "utf-8")
    path.chmod(0o755)
    return Browser(str(path), ())


def test_a_browser_that_hangs_is_killed_with_all_it_started(hanging, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    note = tmp_path / "pid"
    script = Path(hanging.path)
    script.write_text(script.read_text("utf-8").replace("$MEICE_PID", str(note)), "utf-8")
    assert draw_page(hanging, "<p>1</p>", wall=2) is None
    pid = int(note.read_text("utf-8"))
    wait_until(lambda: not is_running(pid))  # it is struck down; the kernel buries it in its time
    assert {entry.name for entry in tmp_path.iterdir()} == {"bin", "pid"}


def wait_until(is_so, seconds=5.0):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_running(pid):
    """Alive, and not only waiting to be collected by whoever inherits it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_real_browser_is_gone_when_its_time_is_over(browser, temporary):
    assert draw_page(browser, "<p>1</p>", wall=0.4) is None
    told = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    left = [line for line in map(command_of, told) if str(temporary) in line]
    assert [line for line in left if "crashpad" not in line] == []  # it leaves by itself, later
    assert list(temporary.iterdir()) == []


def command_of(entry):
    try:
        return (entry / "cmdline").read_bytes().decode("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_what_is_no_picture_is_none(tmp_path):
    path = tmp_path / "browser"
    path.write_text('#!/bin/sh\nfor each; do case "$each" in --screenshot=*) '
                    'echo no >"${each#--screenshot=}";; esac; done\n', "utf-8")  # fmt: skip
    path.chmod(0o755)
    assert draw_page(Browser(str(path), ()), "<p>1</p>") is None


def test_where_no_browser_is_installed_none_is_found(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    assert shutil.which("chromium") is None
    assert find_browser() is None
