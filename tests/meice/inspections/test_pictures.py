"""截图: drawn from the kept snapshot by a job after the look, once; said truthfully on the page."""

from io import BytesIO

import pytest
from django.urls import reverse
from tests.answers import body
from tests.meice.inspections.scene import MONDAY, TUESDAY, a_schedule, a_sighting, fresh
from tests.meice.inspections.web import website

from meice.config.doctor import Health, examine_pictures
from meice.engines.webprobe.picture import PNG, Browser, find_browser
from meice.files.actions import keep_file
from meice.files.models import StoredFile
from meice.files.reading import open_file
from meice.inspections.actions import checks, pictures, runs
from meice.inspections.actions.checks import Hold, Proof, Seen
from meice.inspections.models import EvidenceKind, Finding, Verdict
from meice.inspections.tasks import draw_pictures
from meice.jobs.models import Job

PAGE = "<html><head><meta charset=gb2312></head><body><h1>华园大学</h1>最近日期 2026-11-05</body></html>"


@pytest.fixture
def browser():
    found = find_browser()
    if found is None:
        pytest.skip("没有浏览器：apt-get install chromium 或装 Google Chrome 后再跑")
    return found


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def some_browser(monkeypatch, tmp_path):
    """A program of that name stands in the path; it is never started."""
    path = tmp_path / "chromium"
    path.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))


def looked(school, site, *sightings, page=PAGE, at=MONDAY):
    """A run at its end whose claims have the home page as proof."""
    run = runs.start_run(a_schedule(school), by=school.liang, at=at)
    (check,) = checks.take_batch(run.pk, now=at)
    proofs = (
        Proof(site.url, EvidenceKind.SNAPSHOT, "页面1.html", page.encode("gb18030")),
        Proof(site.url, EvidenceKind.TEXT, "文字1.txt", b"2026-11-05"),
    )
    said = sightings or (a_sighting(),)
    seen = Seen(Verdict.PROBLEM, pages=3, sightings=said, proofs=proofs)
    checks.finish_check(Hold(check.pk, check.tries), seen, now=at, worker="worker-1")
    runs.end_run(run.pk, at=at)
    return fresh(check)


def drawn(finding):
    return finding.evidence.filter(kind=EvidenceKind.SCREENSHOT)


def page_of(client, user, finding):
    client.force_login(user)
    return client.get(reverse("finding", args=[finding.pk])).content.decode()


def test_a_picture_is_drawn_once_and_offered_with_hash_and_time(school, site, browser, client):
    check = looked(school, site, a_sighting(), a_sighting("icp-missing", evidence="没有备案号"))
    assert draw_pictures.call(check.pk) == 1
    assert draw_pictures.call(check.pk) == 0
    first, second = (drawn(finding).get() for finding in Finding.objects.order_by("pk"))
    assert (first.file, first.url) == (second.file, site.url)
    with open_file(first.file) as stream:
        assert stream.read().startswith(PNG)
    text = page_of(client, school.liang, first.finding)
    assert "下载截图" in text
    assert first.file.digest[:8] in text
    assert "截图还在" not in text
    assert "没有截图" not in text
    answer = client.get(reverse("finding-evidence", args=[first.finding_id, first.pk]))
    assert body(answer).startswith(PNG)
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_kept_page_is_drawn_and_the_live_site_is_not_asked(school, site, browser):
    with website() as live:
        live.pages["/x"] = "here"
        calls = f'<img src="{live.url}x"><script src="{live.url}x"></script>'
        check = looked(school, site, page=PAGE.replace("<h1>", calls + "<h1>"))
        assert draw_pictures.call(check.pk) == 1
    assert live.asked == []


def test_a_new_look_with_other_evidence_gets_a_picture_of_its_own(school, site, browser):
    draw_pictures.call(looked(school, site).pk)
    finding = Finding.objects.get()
    check = looked(school, site, a_sighting(evidence="最近日期 2026-10-01"), at=TUESDAY)
    assert draw_pictures.call(check.pk) == 1
    assert drawn(finding).count() == 2


def test_a_page_is_drawn_though_the_site_was_looked_at_again_meanwhile(school, site, browser):
    waiting = looked(school, site)
    looked(school, site, at=TUESDAY)  # the same again: no new proof, but a later look
    assert draw_pictures.call(waiting.pk) == 1
    assert drawn(Finding.objects.get()).exists()


def test_without_a_browser_nothing_is_queued_and_the_page_says_so(school, site, no_browser, client):
    check = looked(school, site)
    assert not pictures.is_queued(check.pk)
    assert draw_pictures.call(check.pk) == 0
    assert "没有截图：服务器上没有装浏览器" in page_of(client, school.liang, Finding.objects.get())


def test_a_picture_to_come_waits_behind_everything_else(school, site, some_browser, client):
    check = looked(school, site)
    assert "截图还在生成" in page_of(client, school.liang, Finding.objects.get())
    job = Job.objects.get(unique_key__startswith=pictures.JOB_KEY)
    others = Job.objects.exclude(pk=job.pk)
    assert all(job.priority < other.priority for other in others)
    assert pictures.is_queued(check.pk)


def test_a_page_that_could_not_be_drawn_leaves_no_file_and_is_told(
    school, site, some_browser, client
):
    check = looked(school, site)
    files = StoredFile.objects.count()
    assert draw_pictures.call(check.pk) == 0
    Job.objects.all().delete()
    assert StoredFile.objects.count() == files
    assert "没能画出来" in page_of(client, school.liang, Finding.objects.get())


def test_two_workers_with_the_same_page_keep_one_picture(school, site):
    check = looked(school, site)
    (page,) = pictures.waiting_pages(check.pk)
    assert pictures.keep_picture(page, PNG + b"1", at=MONDAY, worker="a")
    assert not pictures.keep_picture(page, PNG + b"2", at=MONDAY, worker="b")
    assert drawn(Finding.objects.get()).count() == 1


def test_a_site_whose_pages_cannot_be_drawn_is_left_soon(school, site, tmp_path):
    note = tmp_path / "starts"
    path = tmp_path / "failing"
    path.write_text(f"#!/bin/sh\necho 1 >>{note}\n", "utf-8")
    path.chmod(0o755)
    check = looked(school, site)
    (shot,) = Finding.objects.get().evidence.filter(kind=EvidenceKind.SNAPSHOT)
    for number in range(4):
        content = keep_file(
            BytesIO(f"<p>{number}</p>".encode()),
            name="页面.html", by=None, purpose="inspection",
        )  # fmt: skip
        shot.finding.evidence.create(
            kind=EvidenceKind.SNAPSHOT, url=f"{site.url}{number}", file=content,
            taken_at=MONDAY, taken_by="worker-1",
        )  # fmt: skip
    told = pictures.draw_waiting(check.pk, Browser(str(path), ()), worker="w", clock=lambda: MONDAY)
    assert told == 0
    assert note.read_text("utf-8").count("1") == pictures.GIVES_UP_AFTER


def test_the_doctor_says_whether_pictures_are_possible(browser):
    told = examine_pictures()
    assert (told.health, browser.path in told.found) == (Health.GOOD, True)


def test_the_doctor_names_what_is_missing(no_browser):
    told = examine_pictures()
    assert (told.health, "没有装浏览器" in told.found) == (Health.NOTE, True)
    assert "chromium" in told.mend
