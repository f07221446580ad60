"""From a messy package to the department's one: dropped, checked, merged, fetched, read back."""

import uuid
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.answers import body

from meice.demo import packages
from meice.engines.annexes.check import check as engine_check
from meice.engines.annexes.model import Annex
from meice.files.models import StoredFile
from meice.files.sweep import sweep
from meice.jobs.worker import drain
from meice.kernel.clock import now
from meice.surveys.models import AnnexCheck, Fault, MergedPackage

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
TODAY = date(2026, 11, 21)


def drop(browser, *files, **given):
    """Post files as the form does, let the worker run; gives the check."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    data = {"token": str(uuid.uuid4()), "one_unit": "on", "uploads": uploads} | given
    address = browser.post("/annexes/check/", data).url
    drain()
    return AnnexCheck.objects.get(pk=address.strip("/").split("/")[1])


def fetched(browser, address):
    response = browser.post(address)
    return body(response)


def zipped(package):
    return f"{package.name}.zip", packages.archive(package)


def test_several_units_become_the_departments_package(cast, signed_in):
    browser = signed_in(cast.liang)
    check = drop(browser, zipped(packages.clean(DAY)), zipped(packages.faulty(DAY)))
    assert check.is_done
    assert (check.form_count, check.accepted_count) == (8, 7)
    words = {"unit": "华园大学", "short_name": "华园大学", "sent_on": "2026-11-20"}
    browser.post(f"/annexes/{check.pk}/package/merge/", words)
    drain()
    made = MergedPackage.objects.get()
    assert made.package.name == "20261120华园大学新媒体（网站）统计.zip"
    base = f"/annexes/{check.pk}/package/{made.pk}"
    content = fetched(browser, f"{base}/package/")
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert sorted(names) == [f"华园大学附件{number}.xls" for number in (1, 2, 3, 4)]
    assert fetched(browser, f"{base}/report/")[:2] == b"PK"
    assert browser.post(f"{base}/other/").status_code == 404
    report = engine_check([(made.package.name, content)], today=TODAY)
    rows = {form.annex: len(form.rows) for form in report.files if form.annex is not Annex.FILING}
    assert rows == {Annex.BASIC: 6, Annex.COUNTS: 7, Annex.FILINGS: 2}


def test_a_clean_form_comes_back_rewritten(cast, signed_in):
    browser = signed_in(cast.he)
    check = drop(browser, zipped(packages.clean(DAY)))
    form = check.forms.get(annex=1)
    content = fetched(browser, f"{form.get_absolute_url()}rewrite/")
    (again,) = engine_check([("附件1.xls", content)], today=TODAY).files
    assert again.accepted
    assert len(again.rows) == form.row_count


def test_the_planted_faults_are_found_in_their_cells(cast, signed_in):
    check = drop(signed_in(cast.he), zipped(packages.faulty(DAY)))
    errors = Fault.objects.filter(check_made=check, severity="error")
    assert {(fault.cell, fault.code) for fault in errors} == {
        ("L11", "bad-mobile"),
        ("G12", "rectified-mismatch"),
        ("K15", "missing-value"),
        ("L17", "bad-mobile"),
    }


def test_loose_files_of_one_unit_are_checked_against_each_other(cast, signed_in):
    story = packages.Story("数学与信息学院", "数信学院", DAY, 4, seed=5)
    files = packages.files(story)
    names = list(files)
    check = drop(signed_in(cast.he), *((name, files[name]) for name in names[:2]))
    faults = set(Fault.objects.filter(check_made=check).values_list("code", "path"))
    assert ("missing-annex", "") in faults
    assert not any(code == "bad-package-name" for code, _ in faults)
    assert {form.path for form in check.forms.all()} == set(names[:2])


def test_one_bad_file_costs_no_other(cast, signed_in):
    story = packages.Story("数学与信息学院", "数信学院", DAY, 4, seed=5)
    name, good = next(iter(packages.files(story).items()))
    files = [
        (name, good),
        ("网页.xls", b"<html><body>x</body></html>"),
        ("空.xls", b""),
        ("截断.xls", good[:900]),
        ("坏.zip", b"PK\x03\x04" + b"\0" * 40),
        ("照片.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40),
        ("附件\x00怪.xls", good[:100]),
    ]
    check = drop(signed_in(cast.he), *files)
    assert check.is_done
    taken = {form.file_name: form.accepted for form in check.forms.all()}
    assert taken[name] is True
    assert sum(taken.values()) == 1
    assert len(taken) >= len(files) - 1
    assert all(form.advice for form in check.forms.filter(accepted=False))


def test_equal_names_are_kept_apart(cast, signed_in):
    story = packages.Story("数学与信息学院", "数信学院", DAY, 4, seed=5)
    content = next(iter(packages.files(story).values()))
    check = drop(signed_in(cast.he), ("附件1.xls", content), ("附件1.xls", content))
    assert check.accepted_count == 2


def test_deleting_leaves_nothing_behind_after_the_sweep(cast, signed_in, settings):
    from datetime import timedelta
    from pathlib import Path

    browser = signed_in(cast.he)
    check = drop(browser, zipped(packages.clean(DAY)))
    browser.post(f"/annexes/{check.pk}/delete/")
    assert not StoredFile.objects.exists()
    sweep(now() + timedelta(days=2))
    left = [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]
    assert left == []
