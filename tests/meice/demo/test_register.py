"""The register of the demo: an imported ledger, filings in every state, all by real acts."""

from tests.meice.demo.conftest import TODAY

from meice.audit import chain, verify
from meice.audit.models import Entry
from meice.demo.outlets import SIGNS, accounts
from meice.demo.university import STAFFED
from meice.kernel.clock import now
from meice.registry.models import (
    Confirmation,
    Contact,
    ExceptionGrant,
    ExceptionKind,
    Filing,
    FilingKind,
    FilingStatus,
    IntakeStatus,
    LedgerIntake,
    MergePlan,
    Outlet,
    OutletStatus,
)
from meice.registry.workflow import FILING
from meice.surveys.actions.campaigns import keepers_of
from meice.surveys.models import Campaign, SubmissionRow, YearSummary


def states(model):
    return set(model.objects.values_list("status", flat=True))


def test_180_outlets_on_12_platforms_over_all_40_units(built):
    assert Outlet.objects.count() == 180
    assert set(Outlet.objects.values_list("platform", flat=True)) == set(SIGNS.values())
    assert len(SIGNS) == 12
    assert Outlet.objects.values("unit").distinct().count() == 40


def test_filings_stand_in_every_state_and_are_of_every_kind(built):
    assert states(Filing) == set(FilingStatus)
    assert set(Filing.objects.values_list("kind", flat=True)) == set(FilingKind)
    taken = set(Filing.objects.values_list("events__act", flat=True))
    assert set(FILING.steps) <= taken


def test_the_departments_queue_holds_late_claimed_and_free_ones(built):
    queue = Filing.objects.filter(status=FilingStatus.DECIDING)
    assert queue.filter(due_on__lt=TODAY).exists()
    assert queue.filter(claimed_by=None).count() >= 3
    assert queue.exclude(claimed_by=None).count() >= 2


def test_some_outlets_are_paused_or_cancelled_with_a_filing_that_says_why(built):
    assert Outlet.objects.filter(status=OutletStatus.PAUSED).count() >= 3
    gone = Outlet.objects.filter(status=OutletStatus.CANCELLED)
    assert gone.count() >= 4
    for outlet in gone:
        assert outlet.filings.get(kind=FilingKind.CANCEL).reason


def test_a_renamed_and_a_moved_outlet_keep_their_history(built):
    renamed = Outlet.objects.get(name="华园经济管理")
    assert [former.name for former in renamed.former_names.all()] == ["华园经管"]
    assert Outlet.objects.get(name="华园材料实验课").unit.called == "材料学院"


def test_gaps_students_under_a_teacher_and_problems_are_there(built):
    assert 20 <= Outlet.objects.with_gaps().count() <= 60
    assert Contact.objects.filter(is_student=True, teacher="何嘉敏").count() == 2
    assert Outlet.objects.exclude(problems="").count() >= 10


def test_exceptions_of_both_kinds_one_run_out_and_one_unused(built):
    grants = ExceptionGrant.objects.all()
    assert {grant.kind for grant in grants} == set(ExceptionKind)
    assert grants.in_use().filter(expires_on__lt=TODAY).count() == 1
    assert grants.filter(kind=ExceptionKind.GRANTED, outlet=None).count() == 1
    assert MergePlan.objects.count() == 1
    assert Confirmation.objects.count() == 2


def test_one_ledger_is_imported_one_undone_one_waits(built):
    assert states(LedgerIntake) == {
        IntakeStatus.APPLIED,
        IntakeStatus.UNDONE,
        IntakeStatus.PREVIEW,
    }
    applied = LedgerIntake.objects.get(status=IntakeStatus.APPLIED)
    assert applied.counts["new"] == len(list(accounts()))
    assert applied.counts["fault"] == 0
    assert not Outlet.objects.filter(name__endswith="旧号").exists()


def test_its_log_links_into_a_clean_chain(built):
    assert Entry.objects.filter(act="filing.accept").count() == 17 + 6
    chain.link_new_entries(now())
    assert verify.altered() == []


def test_accounts_are_the_same_every_time():
    assert list(accounts()) == list(accounts())
    names = [(account.platform, account.name) for account in accounts()]
    assert len(names) == len(set(names))


def test_the_year_before_is_frozen_with_its_filings(built):
    summary = YearSummary.objects.get(year=TODAY.year - 1)
    assert summary.row_count == 6
    assert {row["filing_kind"] for row in summary.rows} == {"开设", "变更"}
    assert all(row["filing"] for row in summary.rows)


def test_the_office_that_calls_and_every_faculty_have_somebody_to_fill_it_in(built):
    campaign = Campaign.objects.get()
    units = [each.unit for each in campaign.submissions.select_related("unit")]
    kept = keepers_of(units)
    assert {unit.called for unit in units if unit.pk in kept} >= set(STAFFED)
    assert "宣传部" in STAFFED


def test_chat_groups_publish_nothing_and_are_no_rows_of_annex_1(built):
    groups = Outlet.objects.filter(platform="wechat-group")
    assert groups.exists()
    assert not groups.filter(publishes=True).exists()
    rows = SubmissionRow.objects.filter(annex=1, outlet__in=groups)
    assert not rows.exists()
