"""Drafts in the browser: what is typed, what is filled in by itself, and two people at once."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from tests.meice.registry.scene import MONDAY, accepted, changing, make_person, opening

from meice.orgs.models import Post
from meice.orgs.roles import Role
from meice.registry.actions.drafting import Draft, edit_filing
from meice.registry.models import Filing

FORM = {
    "name": "数信抖音",
    "platform": "douyin",
    "account_id": "hyu_sx_dy",
    "verified_as": "华园大学",
    "holder": "unit",
    "status": "in_use",
    "publishes": "yes",
    "opened_on": "2021.6.29",
    "followers": "1,200",
    "operators__1__name": "何嘉敏",
}


def send(client, school, **given):
    client.force_login(school.he)
    data = FORM | {"unit": school.maths.pk} | given
    return client.post(reverse("outlet-new"), data)


def values(filing):
    return {change.key: change.new for change in filing.changes.all()}


def test_dates_and_numbers_are_read_as_people_write_them(client, school):
    assert send(client, school).status_code == 302
    found = values(Filing.objects.get())
    assert (found["opened_on"], found["followers"]) == ("2021-06-29", 1200)


def test_a_person_of_the_unit_brings_her_number_and_post(client, school):
    school.he.mobile = "13500000001"
    school.he.save(update_fields=["mobile"])
    send(client, school)
    found = values(Filing.objects.get())
    assert found["operators.1.user"] == school.he.pk
    assert found["operators.1.phone"] == "13500000001"
    assert found["operators.1.permanent"] is True


def test_a_student_comes_with_her_teacher(client, school):
    student = make_person("M099", "许可晴", school.maths, Role.OPERATOR)
    Post.objects.filter(user=student).update(
        is_student=True, is_permanent=False, supervised_by=school.he
    )
    send(client, school, operators__2__name="许可晴")
    found = values(Filing.objects.get())
    assert (found["operators.2.student"], found["operators.2.teacher"]) == (True, "何嘉敏")


def test_two_of_one_name_link_nobody(client, school):
    make_person("M098", "何嘉敏", school.maths, Role.REVIEWER)
    send(client, school)
    assert "operators.1.user" not in values(Filing.objects.get())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"opened_on": "2031"}, "opened_on"),
        ({"followers": "很多"}, "followers"),
        ({"url": "https://weibo.com/u/1234567890"}, "url"),
        ({"platform": "website", "url": ""}, "url"),
        ({"holder": "person"}, "holder_person"),
        ({"outsourced_to": "某公司"}, "outsourced_to"),
        ({"name": "长" * 201}, "name"),
        ({"operators__2__student": "yes", "operators__2__name": "甲"}, "operators__2__teacher"),
        ({"unit": "999999"}, "unit"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(client, school, given, field):
    answer = send(client, school, **given)
    page = answer.content.decode()
    assert answer.status_code == 422 or field == "url"
    if answer.status_code == 422:
        assert f'id="id_{field}_error"' in page
        assert "hyu_sx_dy" in page
    else:
        assert not Filing.objects.get().changes.filter(key="url").exists()


def test_nobody_files_for_another_unit(client, school):
    assert send(client, school, unit=school.arts.pk).status_code == 422
    assert not Filing.objects.exists()


def opened(client, filing):
    page = client.get(reverse("filing-edit", args=[filing.pk])).content.decode()
    token = re.search(r'name="version" value="([^"]+)"', page)
    return unescape(token[1])


def typed(filing, **given):
    """The whole form as it was shown, with some fields typed over."""
    data = {}
    for key, value in filing.content.items():
        written = {True: "yes", False: "no", None: ""}.get(value, value)
        data[key.replace(".", "__")] = written
    return data | given


def test_two_people_at_one_draft_choose_item_by_item(client, school, outlet):
    filing = changing(school, outlet, frequency="每周2次")
    client.force_login(school.he)
    token = opened(client, filing)
    theirs = Draft({"frequency": "每天", "purpose": "学院新闻"})
    edit_filing(
        filing, theirs, version=filing.version,
        by=school.chen, at=MONDAY,
    )  # fmt: skip
    data = typed(filing, frequency="每月", note="与网站同步", version=token)
    url = reverse("filing-edit", args=[filing.pk])
    conflict = client.post(url, data)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "陈希" in page
    assert 'name="pick-frequency"' in page
    again = unescape(re.search(r'name="version" value="([^"]+)"', page)[1])
    saved = client.post(url, {"version": again, "way": "chosen", "pick-frequency": "mine",
                              "frequency": "每月", "note": "与网站同步"})  # fmt: skip
    assert saved.status_code == 302
    found = values(Filing.objects.get(pk=filing.pk))
    assert found == {"frequency": "每月", "purpose": "学院新闻", "note": "与网站同步"}


def test_going_back_keeps_what_was_typed(client, school):
    filing = opening(school)
    client.force_login(school.he)
    token = opened(client, filing)
    edit_filing(filing, Draft({**filing.content, "purpose": "甲"}), version=filing.version,
                by=school.chen, at=MONDAY)  # fmt: skip
    url = reverse("filing-edit", args=[filing.pk])
    page = client.post(url, typed(filing, purpose="乙", version=token)).content.decode()
    again = unescape(re.search(r'name="version" value="([^"]+)"', page)[1])
    back = client.post(url, {"version": again, "way": "back"})
    assert 'value="乙"' in back.content.decode()


def test_a_token_that_we_did_not_write_saves_nothing(client, school):
    filing = opening(school)
    client.force_login(school.he)
    url = reverse("filing-edit", args=[filing.pk])
    client.post(url, typed(filing, purpose="乙", version="forged"))
    assert "purpose" not in values(Filing.objects.get(pk=filing.pk))


def test_a_warning_about_a_name_needs_a_reason(client, school):
    client.force_login(school.he)
    send(client, school, name="数信新闻")
    filing = Filing.objects.get()
    page = client.get(reverse("filing", args=[filing.pk])).content.decode()
    assert "第八条第三项" in page
    refused = client.post(reverse("filing-present", args=[filing.pk]))
    assert "保留原名须写明理由" in refused.content.decode()
    client.post(reverse("filing-explain", args=[filing.pk]), {"rule-N1": "校新闻中心同意"})
    assert client.post(reverse("filing-present", args=[filing.pk])).status_code == 302


def test_an_avatar_goes_with_the_filing_and_survives_an_edit(client, school):
    filing = opening(school)
    picture = BytesIO(b"\x89PNG\r\n\x1a\n0000")
    picture.name = "头像.png"
    client.force_login(school.he)
    client.post(reverse("filing-avatar", args=[filing.pk]), {"picture": picture})
    token = opened(client, filing)
    client.post(
        reverse("filing-edit", args=[filing.pk]), typed(filing, purpose="乙", version=token)
    )
    outlet = accepted(school, filing).outlet
    assert (outlet.avatar.name, outlet.purpose) == ("头像.png", "乙")
    picture = client.get(reverse("outlet-avatar", args=[outlet.pk]))
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")


def test_a_page_is_no_avatar(client, school):
    filing = opening(school)
    page = BytesIO(b"<svg onload=alert(1)>")
    page.name = "a.png"
    client.force_login(school.he)
    answer = client.post(reverse("filing-avatar", args=[filing.pk]), {"picture": page})
    assert answer.status_code == 422
    assert "头像须是 JPG" in answer.content.decode()
