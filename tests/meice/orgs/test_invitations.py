"""The life of an invitation: one code, one use, five tries, seven days."""

from tests.base_states import base_state

import given
from conftest import PASSWORD
from meice.audit.models import Entry
from meice.orgs import actions
from meice.orgs.models import Invitation

NEW = {"new": "Ju-Hua-Tai-1x", "again": "Ju-Hua-Tai-1x"}


@base_state
def slip(cast):
    person = given.a_person("新人", cast.maths, by=cast.lu, username="20269999")
    return given.an_invitation(person, by=cast.lu)


def address(slip):
    return f"/join/{slip.invitation.selector}/"


def test_code_then_password_then_in(client, slip):
    client.post(address(slip), {"code": slip.grouped.lower()})
    page = client.get(address(slip)).content.decode()
    assert "新人" in page
    assert "数学与信息学院 · 运维" in page
    assert client.post(address(slip), NEW).headers["Location"] == "/"
    assert client.get("/me/").status_code == 200
    assert Entry.objects.filter(act="invitation.accept").count() == 1


def test_without_the_code_nobody_learns_a_name(client, slip):
    assert "新人" not in client.get(address(slip)).content.decode()


def test_a_password_without_the_code_sets_nothing(client, slip):
    client.post(address(slip), NEW)
    slip.invitation.user.refresh_from_db()
    assert not slip.invitation.user.has_usable_password()


def test_the_code_is_not_stored(slip):
    stored = str(Invitation.objects.values().get())
    assert slip.code not in stored


def test_the_fifth_wrong_code_spoils_it(client, slip):
    for left in (4, 3, 2, 1):
        assert f"还可再试 {left} 次" in client.post(address(slip), {"code": "X"}).content.decode()
    assert client.post(address(slip), {"code": "X"}).status_code == 410
    assert client.post(address(slip), {"code": slip.code}).status_code == 410


def test_a_right_code_costs_no_try(client, slip):
    client.post(address(slip), {"code": slip.code})
    slip.invitation.refresh_from_db()
    assert slip.invitation.tries == 0


def test_it_works_once(client, slip):
    client.post(address(slip), {"code": slip.code})
    client.post(address(slip), NEW)
    client.post("/sign-out/")
    assert client.get(address(slip)).status_code == 410


def test_two_readers_at_the_last_step_cannot_both_use_it(client, cast, slip):
    client.post(address(slip), {"code": slip.code})
    actions.accept_invitation(slip.invitation, "Ju-Hua-Tai-9y")
    assert client.post(address(slip), NEW).status_code == 410


def test_an_old_one_is_refused(client, cast):
    slip = given.an_old_invitation(cast.he, by=cast.lu)
    answer = client.get(address(slip))
    assert (answer.status_code, "已过期" in answer.content.decode()) == (410, True)


def test_a_new_one_withdraws_the_former(client, cast, slip):
    given.an_invitation(slip.invitation.user, by=cast.lu)
    assert client.get(address(slip)).status_code == 410


def test_disabling_withdraws_it(client, cast, slip):
    actions.disable_user(slip.invitation.user, by=cast.lu)
    assert client.get(address(slip)).status_code == 410


def test_a_reset_ends_the_old_password(client, cast):
    given.an_invitation(cast.he, by=cast.lu)
    assert (
        "不对"
        in client.post("/sign-in/", {"username": "20110437", "password": PASSWORD}).content.decode()
    )
    assert Entry.objects.filter(act="user.reset").count() == 1


def test_the_former_password_is_not_taken_after_a_reset(client, cast):
    slip = given.an_invitation(cast.he, by=cast.lu)
    client.post(address(slip), {"code": slip.code})
    answer = client.post(address(slip), {"new": PASSWORD, "again": PASSWORD})
    assert (answer.status_code, "次用过的口令相同" in answer.content.decode()) == (422, True)


def test_an_unknown_selector_is_404(client, db):
    assert client.get("/join/000000000000/").status_code == 404


def test_the_printed_sheet_shows_each_code_once(cast, signed_in):
    browser = signed_in(cast.lu)
    answer = browser.post("/users/invite/", {"user": [cast.he.pk, cast.zhou.pk, cast.lu.pk]})
    page = answer.content.decode()
    assert page.count("m-slip-code") == 2
    assert "自己的口令在「我的资料」里改" in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_only_an_administrator_prints_slips(cast, signed_in):
    assert signed_in(cast.liang).post("/users/invite/", {"user": [cast.he.pk]}).status_code == 404
    assert not Invitation.objects.exists()
