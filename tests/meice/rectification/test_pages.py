"""The pages: who gets which, what they say, how many queries they cost."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.base_states import base_state
from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY, days

from meice.audit.models import Entry
from meice.orgs.models import Unit
from meice.rectification import actions
from meice.rectification.models import Order, OrderItem, OrderStatus, Recheck

HOSTILE = "<script>alert(1)</script>{{7*7}}=cmd|'/c calc'!A1"


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def post(client, user, name, *args, **given):
    client.force_login(user)
    return client.post(reverse(name, args=args), given)


@base_state
def order(school, outlet):
    return scene.acknowledged(school, scene.stale(outlet), scene.silent(outlet))


@base_state
def waiting(school, outlet):
    """Replied: the department's turn."""
    return scene.replied(school, scene.stale(outlet), scene.silent(outlet))


def test_the_unit_sees_its_order_and_no_other_unit_does(client, school, order):
    for who, status in (
        ("he", 200), ("zheng", 200), ("liang", 200), ("shen", 200),
        ("su", 404), ("fang", 404), ("bao", 404), ("admin", 404),
    ):  # fmt: skip
        assert get(client, school.people[who], "order", order.pk).status_code == status, who


def test_security_people_see_an_order_with_a_security_problem(client, school, outlet):
    order = scene.an_order(school, scene.stale(outlet, problem="privacy", text="露出身份证号"))
    assert get(client, school.bao, "order", order.pk).status_code == 200
    assert str(order) in get(client, school.bao, "order-list", view="all").content.decode()


def test_a_draft_is_the_departments_own(client, school, outlet):
    draft = actions.draft_order(school.maths, [scene.stale(outlet)], by=school.liang, at=MONDAY)
    assert get(client, school.liang, "order", draft.pk).status_code == 200
    assert get(client, school.shen, "order", draft.pk).status_code == 200
    assert get(client, school.he, "order", draft.pk).status_code == 404


def test_the_page_shows_machine_and_person_apart(client, school, waiting):
    item = waiting.items.first()
    actions.record_recheck(item, "still", at=days(1), text="最近一条是9月28日")
    page = get(client, school.liang, "order", waiting.pk).content.decode()
    assert "机器：仍未改" in page
    assert "现在不能销号。" in page
    assert "第 1、2 项还没有人工复查结论" in page
    assert "附件1 第6列填「无更新」，第7列填「否」" in page


def test_a_reply_with_proof_from_the_form(client, school, order):
    items = list(order.items.all())
    given = {f"answer-{item.pk}": "已恢复" for item in items}
    proof = SimpleUploadedFile("截图.png", b"\x89PNG\r\n\x1a\n0000", "image/png")
    answer = post(
        client, school.he, "order-reply", order.pk, text="学生毕业，已交接", proofs=[proof], **given
    )
    assert answer.status_code == 302
    reply = order.replies.get()
    assert scene.fresh(order).status == OrderStatus.CONFIRMING
    kept = reply.proofs.get().file
    assert kept.name == "截图.png"
    shown = get(client, school.zheng, "order-file", order.pk, kept.pk)
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    assert shown["Content-Disposition"].startswith("attachment")


def test_a_reply_that_lacks_words_comes_back_as_typed(client, school, order):
    first, second = order.items.all()
    answer = post(
        client,
        school.he,
        "order-reply",
        order.pk,
        text="都改了",
        **{f"answer-{first.pk}": "改好了"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "改好了" in page
    assert f'id="id_answer-{second.pk}"' in page
    assert scene.fresh(order).status == OrderStatus.MENDING


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//evil.example/x", "https://[x/", "ftp://a/b"]
)
def test_a_link_that_is_no_web_page_is_refused(client, school, order, link):
    items = list(order.items.all())
    given = {f"answer-{item.pk}": "改了" for item in items} | {f"link-{items[0].pk}": link}
    answer = post(client, school.he, "order-reply", order.pk, text="改了", **given)
    assert answer.status_code == 422
    assert "https://…" in answer.content.decode()


def test_a_stamped_page_goes_past_the_leader_and_is_said_so(client, school, order):
    given = {f"answer-{item.pk}": "改了" for item in order.items.all()}
    bare = post(client, school.he, "order-attest", order.pk, text="改了", **given)
    assert bare.status_code == 422
    page = SimpleUploadedFile("盖章.pdf", b"%PDF-1.4 x", "application/pdf")
    post(client, school.he, "order-attest", order.pk, text="改了", stamped=page, **given)
    assert scene.fresh(order).status == OrderStatus.REPLIED
    assert "凭盖章件答复" in get(client, school.liang, "order", order.pk).content.decode()


def test_a_file_of_another_order_is_not_there(client, school, order, outlet):
    foreign = scene.a_file(school)
    assert get(client, school.he, "order-file", order.pk, foreign.pk).status_code == 404


def test_conclusions_and_return_in_one_form(client, school, waiting):
    first, second = waiting.items.all()
    given = {f"outcome-{first.pk}": "still", f"outcome-{second.pk}": "fixed"}
    refused = post(client, school.huang, "order-return", waiting.pk, **given)
    assert refused.status_code == 422
    assert "退回须写明还差什么" in refused.content.decode()
    assert Recheck.objects.filter(by=school.huang).count() == 2
    post(client, school.huang, "order-return", waiting.pk, reason="链接打不开", **given)
    assert scene.fresh(waiting).status == OrderStatus.REOPENED
    assert Recheck.objects.count() == 2


def test_closing_in_one_form(client, school, waiting):
    given = {f"outcome-{item.pk}": "fixed" for item in waiting.items.all()}
    assert post(client, school.liang, "order-close", waiting.pk, **given).status_code == 302
    assert scene.fresh(waiting).status == OrderStatus.CLOSED


def test_a_new_order_from_an_outlets_page(client, school, outlet):
    page = get(client, school.liang, "outlet", outlet.pk).content.decode()
    address = f"{reverse('order-new')}?outlet={outlet.pk}"
    assert address in page
    client.force_login(school.liang)
    assert "华园数信" in client.get(address).content.decode()
    given = {
        "item-TOTAL_FORMS": "2", "item-INITIAL_FORMS": "1", "item-MAX_NUM_FORMS": "50",
        "item-MIN_NUM_FORMS": "0", "item-0-problem": "stale", "item-0-outlet": str(outlet.pk),
        "item-0-text": "56天未更新", "item-0-source_kind": "spot", "item-1-source_kind": "manual",
    }  # fmt: skip
    assert client.post(address, given).status_code == 302
    draft = Order.objects.get()
    assert draft.items.get().text == "56天未更新"
    assert "恢复正常更新" in draft.demands
    client.post(reverse("order-issue", args=[draft.pk]))
    assert scene.fresh(draft).number == "媒整〔2026〕1号"


def test_an_edited_draft_keeps_the_finding_it_came_from(client, school, outlet):
    found = scene.stale(outlet, source_kind="probe", source_id=9, verified_by=(school.huang,))
    draft = actions.draft_order(school.maths, [found], by=school.liang, at=MONDAY)
    item = draft.items.get()
    client.force_login(school.liang)
    given = {
        "item-TOTAL_FORMS": "1", "item-INITIAL_FORMS": "1", "item-MAX_NUM_FORMS": "50",
        "item-MIN_NUM_FORMS": "0", "item-0-kept": str(item.pk), "item-0-problem": "stale",
        "item-0-outlet": str(outlet.pk), "item-0-text": "改过的话", "item-0-severity": "veto",
    }  # fmt: skip
    assert client.post(reverse("order-edit", args=[draft.pk]), given).status_code == 302
    now = OrderItem.objects.get(order=draft)
    assert (now.source_kind, now.source_id, now.verified_names) == ("probe", 9, "黄志远")
    assert (now.text, now.severity) == ("改过的话", "veto")


def test_an_empty_order_form_says_what_is_missing(client, school):
    given = {"item-TOTAL_FORMS": "1", "item-INITIAL_FORMS": "0", "item-MAX_NUM_FORMS": "50",
             "item-MIN_NUM_FORMS": "0", "item-0-source_kind": "manual"}  # fmt: skip
    client.force_login(school.liang)
    answer = client.post(f"{reverse('order-new')}?unit={school.maths.pk}", given)
    assert answer.status_code == 422
    assert "至少写一个问题" in answer.content.decode()


def test_withdrawing_asks_for_a_reason(client, school, order):
    assert post(client, school.liang, "order-withdraw", order.pk).status_code == 422
    post(client, school.liang, "order-withdraw", order.pk, reason="并入学校官网")
    assert scene.fresh(order).status == OrderStatus.WITHDRAWN


def test_the_filters_narrow_and_the_export_has_what_is_filtered(client, school, outlet, order):
    other = scene.an_order(school, scene.stale(outlet, problem="privacy", text="露出手机号"))
    page = get(client, school.liang, "order-list", view="open", problem="privacy").content.decode()
    assert str(other) in page
    assert f">{order}<" not in page
    answer = post(client, school.liang, "order-export", view="open", problem="privacy")
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = list(book["整改单"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [str(other)]
    assert Entry.objects.filter(act="order.export").count() == 1


def test_a_unit_of_another_faculty_is_no_filter(client, school, order):
    foreign = Unit.objects.get(pk=school.arts.pk)
    page = get(client, school.he, "order-list", view="all", unit=foreign.path).content.decode()
    assert str(order) in page


def test_hostile_text_stays_text(client, school, outlet):
    order = scene.acknowledged(school, scene.stale(outlet, text=HOSTILE), demands=HOSTILE)
    order = scene.answered(school, order, text=HOSTILE)
    order = actions.confirm_reply(order, by=school.zheng, at=MONDAY)
    for name in ("order", "order-print", "order-list"):
        page = get(client, school.liang, name, *([order.pk] if name != "order-list" else []))
        assert page.status_code == 200
        assert b"<script>alert(1)" not in page.content, name
    exported = post(client, school.liang, "order-export", view="all")
    book = openpyxl.load_workbook(BytesIO(b"".join(exported.streaming_content)))
    cells = [cell for row in book["整改单"].iter_rows() for cell in row]
    assert any(cell.value == HOSTILE for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_steps_of_the_other_side_are_absent_not_greyed(client, school, order):
    unit = get(client, school.he, "order", order.pk).content.decode()
    department = get(client, school.liang, "order", order.pk).content.decode()
    assert reverse("order-reply", args=[order.pk]) in unit
    assert reverse("order-withdraw", args=[order.pk]) not in unit
    assert reverse("order-reply", args=[order.pk]) not in department
    assert "提醒" in department


def test_an_auditor_reads_and_changes_nothing(client, school, order):
    page = get(client, school.shen, "order", order.pk).content.decode()
    assert "<form" not in page.split("<main", 1)[1]
    assert post(client, school.shen, "order-remind", order.pk).status_code == 403


def test_settings_are_the_departments(client, school):
    from meice.rectification.actions.terms import all_terms
    from meice.rectification.workflow import TERMS, TermName

    given = {name.value: str(days) for name, (_, days) in TERMS.items()} | {"veto": "1"}
    assert post(client, school.liang, "order-terms-set", **given).status_code == 302
    assert all_terms()[TermName.VETO] == 1
    assert post(client, school.he, "order-terms-set", **given).status_code == 403
    post(client, school.liang, "order-head-set", series="ZG", words="华园媒整")
    assert "华园媒整〔" in get(client, school.liang, "order-settings").content.decode()


@base_state
def many(school, outlet):
    """Thirty orders that are overdue; gives one more, acknowledged and reminded of."""
    for _ in range(30):
        scene.an_order(school, scene.stale(outlet), at=days(-60))
    order = scene.acknowledged(school, scene.stale(outlet), scene.silent(outlet), at=days(-30))
    actions.remind_order(order, by=school.liang, at=days(-2))
    return order


EVERYBODY = ("liang", "he", "zheng", "shen")
READERS = {
    "order": EVERYBODY,
    "order-list": EVERYBODY,
    "circular-list": EVERYBODY,
    "order-reply": ("he",),
}


@pytest.mark.parametrize(
    ("name", "who"), [(name, who) for name, people in READERS.items() for who in people]
)
def test_pages_take_few_queries(client, school, many, who, name):
    args = [many.pk] if name in ("order", "order-reply") else []
    client.force_login(school.people[who])
    client.get(reverse("me"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name, args=args)).status_code == 200
    assert len(captured) <= 12, [q["sql"][:140] for q in captured]


def test_a_page_under_recheck_takes_few_queries(client, school, waiting):
    for item in waiting.items.all():
        actions.record_recheck(item, "unknown", at=days(1))
    client.force_login(school.liang)
    client.get(reverse("me"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("order", args=[waiting.pk])).status_code == 200
    assert len(captured) <= 12, [q["sql"][:140] for q in captured]
