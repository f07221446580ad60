"""Receiving, deleting, sweeping: nothing lost, nothing twice, a line of audit each."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest

from meice.audit.models import Entry
from meice.engines.annexes.model import Report
from meice.files.actions import LIMITS
from meice.files.models import StoredFile
from meice.jobs.models import Job
from meice.kernel.access import Refused
from meice.surveys.actions import asked, found
from meice.surveys.models import KEPT_DAYS, AnnexCheck, CheckedForm, Fault

from .conftest import basic_form, issue, row

pytestmark = pytest.mark.django_db


def drop(by, *names, token=None, content=b"x"):
    files = [asked.Incoming(name, len(content), BytesIO(content)) for name in names]
    return asked.receive_files(files, by=by, token=token or uuid.uuid4())


def acts(check):
    return [entry.act for entry in Entry.objects.filter(act__startswith="annexes.").order_by("pk")]


def test_files_are_kept_and_a_check_is_queued(operator):
    check = drop(operator, "附件1.xls", "报送/附件2.xls")
    assert [upload.name for upload in check.uploads.all()] == ["附件1.xls", "报送/附件2.xls"]
    assert Job.objects.live().filter(unique_key=f"annexes.check:{check.pk}").count() == 1
    assert acts(check) == ["annexes.receive"]


def test_a_double_click_makes_one_check(operator):
    token = uuid.uuid4()
    first, second = (
        drop(operator, "附件1.xls", token=token),
        drop(operator, "附件1.xls", token=token),
    )
    assert first == second
    assert AnnexCheck.objects.count() == 1
    assert Job.objects.live().filter(unique_key__startswith="annexes.check").count() == 1


def test_another_persons_token_makes_another_check(operator, colleague):
    token = uuid.uuid4()
    assert drop(operator, "a.xls", token=token) != drop(colleague, "a.xls", token=token)


def test_a_file_too_large_is_refused_alone(operator):
    size = LIMITS.single + 1
    small = asked.Incoming("小.xls", 1, BytesIO(b"x"))
    large = asked.Incoming("大.xls", size, BytesIO(bytes(size)))
    check = asked.receive_files([small, large], by=operator, token=uuid.uuid4())
    kept, refused = check.uploads.all()
    assert kept.stored is not None
    assert refused.stored is None
    assert "太大" in refused.refusal


def test_results_are_switched_on_last_and_counted(checked):
    check = checked(basic_form(issues=[issue(), issue(cell="E4")]), basic_form(path="b.xls"))
    assert check.is_done
    assert (check.form_count, check.accepted_count, check.error_count) == (2, 1, 2)
    assert [form.accepted for form in check.forms.all()] == [False, True]


def test_a_second_try_begins_from_nothing(checked):
    check = checked(basic_form(issues=[issue()]))
    found.keep_report(check, Report((basic_form(path="b.xls"),)))
    assert [form.path for form in CheckedForm.objects.all()] == ["b.xls"]
    assert not Fault.objects.exists()


def test_deleting_removes_results_and_files_at_once(checked, operator):
    check = checked(basic_form(issues=[issue()]))
    asked.delete_check(check, by=operator)
    assert not AnnexCheck.objects.exists()
    assert not Fault.objects.exists()
    assert not StoredFile.objects.exists()
    assert Entry.objects.filter(act="annexes.delete").exists()


def test_a_check_is_swept_after_its_days_and_not_before(checked):
    check = checked()
    end = check.received_at + timedelta(days=KEPT_DAYS)
    assert found.sweep(end - timedelta(minutes=1)) == 0
    assert found.sweep(end + timedelta(minutes=1)) == 1
    assert not AnnexCheck.objects.exists()
    assert Entry.objects.get(act="annexes.sweep").actor_id in {None, ""}


def test_the_same_package_is_asked_for_once(checked, operator):
    check = checked()
    words = {"unit": "数信学院", "short_name": "数信学院", "sent_on": check.received_at.date()}
    first = asked.ask_package(check, by=operator, **words)
    assert asked.ask_package(check, by=operator, **words) == first
    assert Job.objects.filter(unique_key=f"annexes.merge:{first.pk}").count() == 1
    assert asked.ask_package(check, by=operator, **(words | {"unit": "别的"})) != first


def test_a_running_check_is_not_queued_twice(operator):
    check = drop(operator, "附件1.xls")
    with pytest.raises(Refused, match="正在检查"):
        asked.recheck(check, by=operator)


def test_a_check_whose_job_was_given_up_can_be_queued_again(operator):
    check = drop(operator, "附件1.xls")
    Job.objects.filter(unique_key=f"annexes.check:{check.pk}").update(state="failed")
    asked.recheck(check, by=operator)
    assert Job.objects.live().filter(unique_key=f"annexes.check:{check.pk}").exists()


def test_ten_thousand_rows_are_kept_in_windows(checked):
    rows = [row(number % 90000) for number in range(1, 10_001)]
    check = checked(basic_form(rows=rows))
    assert check.forms.get().windows.count() == 100
