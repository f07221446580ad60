"""Every page of the room: 200 to whom it concerns, 404 to others, few queries, hostile names."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.answers import body
from tests.base_states import base_state
from tests.meice.inspections.scene import (
    MONDAY,
    a_claim,
    a_schedule,
    a_severe_claim,
    a_sighting,
    a_site,
    fresh,
    saw,
)

from meice.inspections.actions import checks, runs
from meice.inspections.actions.checks import Hold, Proof, Seen
from meice.inspections.actions.verdicts import Word, claim_finding, judge_finding
from meice.inspections.models import EvidenceKind, Finding, Judgement, Schedule, Verdict
from meice.rectification.models import Order

HOSTILE = "<script>alert(1)</script>{{7*7}}'\"=1+1"
MOST_QUERIES = 12


def get(client, user, name, /, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def post(client, user, name, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data)


@base_state
def looked(school, site):
    """A run at its end, with one claim and its proof."""
    run = runs.start_run(a_schedule(school), by=school.liang, at=MONDAY)
    (check,) = checks.take_batch(run.pk, now=MONDAY)
    page = f"<p>{HOSTILE} 最近日期 2026-11-05</p>".encode()
    proofs = (
        Proof(site.url, EvidenceKind.SNAPSHOT, "页面1.html", page),
        Proof(site.url, EvidenceKind.TEXT, "文字1.txt", page),
    )
    seen = Seen(Verdict.PROBLEM, pages=3, sightings=(a_sighting(),), proofs=proofs)
    checks.finish_check(Hold(check.pk, check.tries), seen, now=MONDAY, worker="worker-1")
    runs.end_run(run.pk, at=MONDAY)
    return fresh(check)


SEEN_BY = {
    "finding-queue": ("liang", "bao"),
    "finding-list": ("liang", "bao", "he", "zheng", "shen"),
    "finding-new": ("liang",),
    "schedule-list": ("liang", "bao", "shen"),
    "schedule-new": ("liang", "bao"),
    "run-list": ("liang", "bao", "shen"),
}


@pytest.mark.parametrize(
    ("name", "who"), [(name, who) for name, people in SEEN_BY.items() for who in people]
)
def test_a_page_opens_to_whom_it_concerns(client, school, looked, name, who):
    assert get(client, school.people[who], name).status_code == 200


@pytest.mark.parametrize("name", ["finding-queue", "finding-list", "schedule-list", "run-list"])
def test_the_administrator_sees_none_of_it(client, school, looked, name):
    assert get(client, school.admin, name).status_code == 404


def test_operators_have_the_list_instead_of_the_queue(client, school):
    response = get(client, school.he, "finding-queue")
    assert (response.status_code, response.url) == (302, "/findings/all/")


def test_a_unit_sees_its_own_findings_and_no_others(client, school, claim):
    assert get(client, school.he, "finding", claim.pk).status_code == 200
    assert get(client, school.su, "finding", claim.pk).status_code == 404
    assert "数信学院网站" not in get(client, school.su, "finding-list").content.decode()


def test_security_sees_the_security_findings_of_sites_alone(client, school, claim, severe):
    assert get(client, school.bao, "finding", severe.pk).status_code == 200
    assert get(client, school.bao, "finding", claim.pk).status_code == 404
    page = get(client, school.bao, "finding-queue", view="all").content.decode()
    assert (severe.title in page, claim.title in page) == (True, False)


def test_the_queue_shows_claim_and_verdict_apart(client, school, looked):
    page = get(client, school.liang, "finding-queue").content.decode()
    for words in ("机器的主张", "判据", "看到的", "没看到的", "看了几次", "证据 2 份", "人工核实"):
        assert words in page
    assert 'class="m-claimbox"' in page


def test_the_queue_opens_on_my_own_then_on_what_is_free(client, school, claim, severe):
    assert get(client, school.liang, "finding-queue").context["view"] == "claim"
    claim_finding(claim, by=school.liang, at=MONDAY)
    mine = get(client, school.liang, "finding-queue")
    assert (mine.context["view"], mine.context["finding"]) == ("mine", claim)
    assert get(client, school.huang, "finding-queue").context["page"].rows == [severe]


def test_a_verdict_leads_to_the_next_one(client, school, site, claim):
    other = a_claim(site, "dead-link")
    said = {"verdict": "dismiss", "note": "看错", "from": "queue", "view": "all"}
    response = post(client, school.liang, "finding-judge", claim.pk, **said)
    assert (response.status_code, response.url) == (302, "/findings/?view=all")
    assert client.get(response.url).context["finding"] == other
    assert fresh(claim).status == "dismissed"


def test_claiming_in_the_queue_stays_in_the_queue(client, school, claim):
    page = get(client, school.liang, "finding-queue", view="all").content.decode()
    action = f"/findings/{claim.pk}/claim/?next=%2Ffindings%2F%3Fview%3Dall"
    assert f'action="{action}"' in page
    assert '<input type="hidden" name="view" value="all">' in page
    assert client.post(action).url == "/findings/?view=all"
    assert fresh(claim).claimed_by == school.liang


def test_a_verdict_without_its_words_is_put_back_as_it_was_typed(client, school, claim):
    response = post(client, school.liang, "finding-judge", claim.pk, verdict="dismiss", note=" ")
    assert response.status_code == 422
    assert "须写理由" in response.content.decode()
    assert fresh(claim).status == "found"


def test_confirmed_with_an_order_at_once(client, school, claim):
    said = {"verdict": "confirm", "problem": "stale", "note": "属实", "with_order": "on"}
    post(client, school.liang, "finding-judge", claim.pk, **said)
    assert fresh(claim).order_number == Order.objects.get().number
    page = get(client, school.liang, "finding", claim.pk).content.decode()
    assert Order.objects.get().number in page


def test_the_second_person_sees_what_the_first_has_said(client, school, severe):
    judge_finding(severe, Judgement.CONFIRM, Word("看过", "gambling"), by=school.liang, at=MONDAY)
    page = get(client, school.huang, "finding", severe.pk).content.decode()
    assert "梁文博 认为属实" in page
    refused = get(client, school.liang, "finding", severe.pk).content.decode()
    assert "你已是第一核实人，须由另一人核实。" in refused


def test_an_act_that_is_not_hers_says_why(client, school, claim):
    response = post(client, school.he, "finding-claim", claim.pk)
    assert response.status_code == 403
    assert "由宣传部核实" in response.content.decode()


def test_evidence_is_a_download_and_never_live(client, school, looked):
    proof = Finding.objects.get().evidence.get(kind="snapshot")
    response = get(client, school.he, "finding-evidence", proof.finding_id, proof.pk)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert HOSTILE in body(response).decode()
    assert get(client, school.su, "finding-evidence", proof.finding_id, proof.pk).status_code == 404


def test_a_proof_of_another_finding_is_not_given_under_this_one(client, school, looked, severe):
    proof = Finding.objects.get(code="stale-home").evidence.first()
    assert get(client, school.liang, "finding-evidence", severe.pk, proof.pk).status_code == 404


def test_hostile_words_stay_text(client, school, site):
    finding = saw(
        site,
        a_sighting(evidence=HOSTILE, message=HOSTILE, title=HOSTILE, url=f"http://a/{HOSTILE}"),
    ).new[0]
    for name, args in (
        ("finding-queue", ()),
        ("finding-list", ()),
        ("finding", (finding.pk,)),
        ("outlet", (site.pk,)),
    ):
        page = get(client, school.liang, name, *args).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_run_shows_how_far_it_is_and_is_asked_again(client, school, site):
    run = runs.start_run(a_schedule(school), by=school.liang, at=MONDAY)
    page = get(client, school.liang, "run", run.pk).content.decode()
    assert "1 个网站已看 0 个" in page
    assert f'hx-get="/runs/{run.pk}/progress/"' in page
    part = get(client, school.liang, "run-progress", run.pk).content.decode()
    assert part.lstrip().startswith('<div id="progress"')


def test_a_finished_run_is_not_asked_again(client, school, looked):
    page = get(client, school.liang, "run", looked.run_id).content.decode()
    assert "hx-trigger" not in page
    assert "1 个网站已看 1 个" in page


def test_an_old_look_says_so(client, school, looked):
    first = get(client, school.he, "site-check", looked.pk)
    assert first.status_code == 200
    assert "这是旧数据" not in first.content.decode()
    run = runs.start_run(a_schedule(school), by=school.liang, at=MONDAY)
    (check,) = checks.take_batch(run.pk, now=MONDAY)
    checks.finish_check(Hold(check.pk, 1), Seen(Verdict.OK, pages=1), now=MONDAY, worker="w")
    assert "这是旧数据" in get(client, school.he, "site-check", looked.pk).content.decode()
    assert get(client, school.su, "site-check", looked.pk).status_code == 404


def test_a_site_that_was_not_seen_is_neither_good_nor_bad(client, school, site):
    run = runs.start_run(a_schedule(school), by=school.liang, at=MONDAY)
    (check,) = checks.take_batch(run.pk, now=MONDAY)
    blind = Seen(Verdict.UNKNOWN, failure="timeout")
    checks.finish_check(Hold(check.pk, 1), blind, now=MONDAY, worker="w")
    page = get(client, school.liang, "site-check", check.pk).content.decode()
    assert "不能判断好坏" in page
    assert "没有看到问题" not in page


SCHEDULE = {
    "name": "周检", "rule_set": "school", "frequency": "weekly", "at": "02:00",
    "max_pages": "30", "rate": "0.5", "is_active": "on", "numbers": "",
}  # fmt: skip


def test_a_schedule_is_made_changed_and_run_now(client, school, site):
    said = {**SCHEDULE, "unit": school.maths.pk}
    assert post(client, school.bao, "schedule-new", **said).status_code == 302
    made = Schedule.objects.get()
    assert (made.max_pages, str(made.rate), made.unit) == (30, "0.5", school.maths)
    post(client, school.bao, "schedule-edit", made.pk, **{**said, "numbers": site.number})
    assert list(fresh(made).outlets.all()) == [site]
    response = post(client, school.liang, "schedule-start", made.pk)
    assert response.url == f"/runs/{made.runs.get().pk}/"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"numbers": "M-9999"}, "不是在册网站"), ({"rate": "0"}, "大于"), ({"at": "x"}, "时间")],
)
def test_a_wrong_schedule_is_not_made(client, school, site, wrong, words):
    said = {**SCHEDULE, "unit": school.maths.pk, **wrong}
    response = post(client, school.liang, "schedule-new", **said)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Schedule.objects.exists()


def test_a_spot_check_is_recorded_and_enters_the_queue(client, school, site):
    said = {
        "origin": "circular", "number": site.number, "problem": "inaccurate", "severity": "",
        "text": "省厅通报：领导姓名有误", "source": "粤教〔2026〕1号", "url": "", "unit": "",
    }  # fmt: skip
    response = post(client, school.liang, "finding-new", **said)
    made = Finding.objects.get()
    assert response.url == f"/findings/{made.pk}/"
    assert (made.origin, made.unit, made.severity, made.is_claim) == (
        "circular", school.maths, "major", False,
    )  # fmt: skip
    assert "上级通报" in get(client, school.liang, "finding-queue").content.decode()
    assert post(client, school.he, "finding-new", **said).status_code == 403


def test_the_list_goes_out_as_text_cells(client, school, site):
    saw(site, a_sighting(evidence="=1+1", url="https://sx.huayuan.edu.cn/=cmd"))
    a_site_of_others = a_site(school, "艺术学院网站", "https://y.cn/", unit=school.arts)
    a_claim(a_site_of_others)
    response = post(client, school.he, "finding-export")
    sheet = openpyxl.load_workbook(BytesIO(body(response))).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert len(rows) == 1
    assert rows[0][8] == "=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_ticked_list_is_ordered_one_for_each_unit(client, school, site):
    pks = []
    for code in ("stale-column", "dead-link"):
        finding = a_claim(site, code)
        judge_finding(finding, Judgement.CONFIRM, Word(problem="stale"), by=school.liang, at=MONDAY)
        pks.append(finding.pk)
    response = post(client, school.liang, "findings-order", finding=pks)
    assert response.status_code == 302
    assert Order.objects.get().items.count() == 2


def test_what_may_be_a_telephone_number_never_stands_in_an_address(client, school):
    response = post(client, school.liang, "finding-list", q="13800000001", state="open")
    assert response.url == "/findings/all/?state=open"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"severity": "veto"}, {"gambling-text"}),
        ({"state": "open"}, {"gambling-text", "stale-home"}),
        ({"state": "standing"}, {"dead-link"}),
        ({"problem": "gambling"}, {"gambling-text"}),
        ({"code": "stale-home"}, {"stale-home"}),
        ({"origin": "circular"}, set()),
        ({"q": "首页不更新"}, {"stale-home"}),
        ({"severity": "nonsense"}, {"gambling-text", "stale-home", "dead-link"}),
    ],
)
def test_the_filters_of_the_list(client, school, site, claim, severe, query, found):
    dead = a_claim(site, "dead-link")
    judge_finding(dead, Judgement.CONFIRM, Word(problem="other"), by=school.liang, at=MONDAY)
    rows = get(client, school.liang, "finding-list", **query).context["page"].rows
    assert {row.code for row in rows} == found


def test_the_outlets_page_shows_findings_and_observations_with_their_age(client, school, looked):
    page = get(client, school.he, "outlet", looked.outlet_id).content.decode()
    for words in ("发现与观察", "首页不更新", "机器主张", "能否打开", "探测"):
        assert words in page


def test_the_units_page_counts(client, school, claim, severe):
    page = get(client, school.zheng, "unit", school.maths.pk).content.decode()
    assert f"/findings/all/?unit={school.maths.pk}&amp;state=open" in page


def test_the_department_has_to_dos(client, school, severe):
    page = get(client, school.liang, "home").content.decode()
    assert f"核实：{severe.title}" in page


@base_state
def crowded(looked):
    """A site with sixty claims more, and a severe one."""
    for number in range(60):
        a_claim(looked.outlet, "dead-link", url=f"https://sx.huayuan.edu.cn/{number}")
    return a_severe_claim(looked.outlet)


@pytest.mark.parametrize(
    ("name", "who"),
    [("finding-queue", "liang"), ("finding-list", "liang"), ("finding-list", "he"),
     ("schedule-list", "liang"), ("run-list", "liang")],
)  # fmt: skip
def test_a_list_asks_few_queries_however_many_rows(client, school, crowded, name, who):
    client.force_login(school.people[who])
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(reverse(name)).status_code == 200
    assert len(caught) <= MOST_QUERIES, "\n".join(q["sql"][:120] for q in caught)


@pytest.mark.parametrize("name", ["finding", "run", "site-check"])
def test_a_record_asks_few_queries(client, school, looked, name):
    pk = {"finding": Finding.objects.get().pk, "run": looked.run_id, "site-check": looked.pk}[name]
    client.force_login(school.liang)
    client.get(reverse(name, args=[pk]))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(name, args=[pk])).status_code == 200
    assert len(caught) <= MOST_QUERIES, "\n".join(q["sql"][:120] for q in caught)
