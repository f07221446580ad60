"""The order on paper and as a Word file."""

from io import BytesIO

import docx
from django.urls import reverse
from tests.meice.rectification import scene

from meice.audit.models import Entry
from meice.rectification.documents import order_docx, paper_of


def test_the_paper_says_what_the_picture_shows(client, school, outlet):
    order = scene.an_order(
        school, scene.stale(outlet, verified_by=(school.liang, school.huang)), scene.silent(outlet)
    )
    client.force_login(school.he)
    page = client.get(reverse("order-print", args=[order.pk])).content.decode()
    for words in (
        "华园大学新媒体（网站）整改通知单", f"编号：{order.number}", "签发日期：2026年11月23日",
        "2026年12月7日前（自签发之日起10个工作日）", "1. 长期不更新（僵尸）：", "2. 互动回应不及时：",
        "梁文博　黄志远", "华园大学宣传部", "签收人：", "（盖章）", "校验码",
    ):  # fmt: skip
        assert words in page, words
    assert Entry.objects.filter(act="order.print").count() == 1


def test_a_draft_has_no_paper(client, school, outlet):
    from meice.rectification import actions

    draft = actions.draft_order(
        school.maths, [scene.stale(outlet)], by=school.liang, at=scene.MONDAY
    )
    client.force_login(school.liang)
    answer = client.get(reverse("order-print", args=[draft.pk]))
    assert answer.status_code == 403
    assert "没有编号" in answer.content.decode()


def test_the_check_code_changes_with_the_paper(school, outlet):
    first = scene.an_order(school, scene.stale(outlet))
    before = paper_of(first).code
    item = first.items.get()
    item.text = "另外的话"
    item.save()
    assert paper_of(scene.fresh(first)).code != before


def test_an_order_about_several_outlets_names_each(school, outlet):
    whole = scene.stale(None, problem="mismanaged", text="没有值班记录", updated_on=None)
    order = scene.an_order(school, scene.stale(outlet), whole)
    paper = paper_of(order)
    assert paper.problems[0].startswith("1. 华园数信（微信公众号）长期不更新")
    assert paper.problems[1].startswith("2. 运维管理不规范：")
    assert paper.platform == "见存在问题"


def test_the_word_file_has_the_same_words(client, school, outlet):
    order = scene.an_order(school, scene.stale(outlet, text="<w:p>&\x0b坏字符"))
    document = docx.Document(BytesIO(order_docx(order)))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "数学与信息学院" in cells
    assert any("<w:p>&坏字符" in cell for cell in cells)
    client.force_login(school.he)
    answer = client.get(reverse("order-document", args=[order.pk]))
    assert "docx" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
