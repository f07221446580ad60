"""The life of a session: what ends it, which post it works under, when a password is due."""

from datetime import timedelta

import pytest
from django.db.models import F

import given
from conftest import PASSWORD
from meice.orgs import actions
from meice.orgs.models import SignedIn
from meice.orgs.roles import Role


def is_in(browser):
    return browser.get("/me/").status_code == 200


@pytest.fixture
def browser(cast, signed_in):
    entered = signed_in(cast.he)
    assert is_in(entered)
    return entered


def test_disabling_ends_it(cast, browser):
    actions.disable_user(cast.he, by=cast.lu)
    assert not is_in(browser)


def test_a_new_post_ends_it(cast, browser):
    given.a_post(cast.he, cast.software, Role.OPERATOR, by=cast.lu)
    assert not is_in(browser)


def test_a_taken_post_ends_it(cast, browser):
    actions.take_post(cast.he.post, by=cast.lu)
    assert not is_in(browser)


def test_a_reset_ends_it(cast, browser):
    given.an_invitation(cast.he, by=cast.lu)
    assert not is_in(browser)


def test_a_new_password_ends_all_others_but_not_this_one(cast, browser, signed_in):
    other = signed_in(cast.he)
    assert is_in(other)
    form = {"old": PASSWORD, "new": "Ju-Hua-Tai-1x", "again": "Ju-Hua-Tai-1x"}
    assert browser.post("/password/", form).status_code == 302
    assert is_in(browser)
    assert not is_in(other)


def test_she_ends_the_others_herself(cast, browser, signed_in):
    other = signed_in(cast.he)
    assert is_in(other)
    browser.post("/me/sessions/end/")
    assert is_in(browser)
    assert not is_in(other)


def test_she_ends_one_of_hers_and_nobody_elses(cast, browser, signed_in):
    stranger = signed_in(cast.su)
    assert is_in(stranger)
    foreign = SignedIn.objects.get(user=cast.su)
    assert browser.post(f"/me/sessions/{foreign.pk}/end/").status_code == 404
    assert is_in(stranger)


@pytest.mark.parametrize(("minutes", "alive"), [(29, True), (31, False)])
def test_thirty_idle_minutes_end_it(browser, minutes, alive):
    SignedIn.objects.update(seen_at=F("seen_at") - timedelta(minutes=minutes))
    assert is_in(browser) is alive


@pytest.mark.parametrize(("minutes", "alive"), [(719, True), (721, False)])
def test_twelve_hours_end_it_however_busy(browser, minutes, alive):
    SignedIn.objects.update(started_at=F("started_at") - timedelta(minutes=minutes))
    assert is_in(browser) is alive


def test_the_sign_in_page_says_why_it_ended(browser):
    SignedIn.objects.update(seen_at=F("seen_at") - timedelta(minutes=31))
    page = browser.get("/me/", follow=True).content.decode()
    assert "30 分钟没有操作，请重新登录" in page


def test_asking_for_the_time_left_is_no_work(browser):
    SignedIn.objects.update(seen_at=F("seen_at") - timedelta(minutes=28))
    left = browser.get("/session/left/").json()
    assert left["warning"] == 120
    assert 0 < left["left"] <= 120
    assert browser.get("/session/left/").json()["left"] <= left["left"]


def test_the_warning_can_be_answered(browser):
    SignedIn.objects.update(seen_at=F("seen_at") - timedelta(minutes=29))
    assert browser.post("/session/extend/").json()["left"] > 1700


def test_pages_are_not_kept_by_anybody(browser):
    assert "no-store" in browser.get("/me/").headers["Cache-Control"]


def test_an_old_password_is_changed_before_anything_else(cast, signed_in):
    browser = signed_in(given.an_old_password(cast.he, 91))
    assert browser.get("/units/").headers["Location"] == "/password/"
    assert "已满 90 天" in browser.get("/password/").content.decode()
    assert browser.post("/sign-out/").status_code == 302


def test_the_nist_profile_asks_for_no_rotation(cast, signed_in, settings):
    settings.PASSWORD_PROFILE = "nist"
    assert signed_in(given.an_old_password(cast.he, 500)).get("/units/").status_code == 200


def test_rights_follow_the_chosen_post(cast, signed_in):
    post = given.a_post(cast.he, cast.garden, Role.OPERATOR, by=cast.lu)
    browser = signed_in(cast.he)
    assert browser.get(f"/units/{cast.garden.pk}/").status_code == 404
    assert browser.post("/me/post/", {"post": post.pk}).status_code == 302
    assert browser.get(f"/units/{cast.garden.pk}/").status_code == 200
    assert browser.get(f"/units/{cast.maths.pk}/").status_code == 404


def test_nobody_chooses_a_post_of_another(cast, browser):
    assert browser.post("/me/post/", {"post": cast.lu.post.pk}).status_code == 404
    assert browser.post("/me/post/", {"post": "x"}).status_code == 404


def test_a_wrong_present_password_changes_nothing(cast, browser):
    form = {"old": "guess", "new": "Ju-Hua-Tai-1x", "again": "Ju-Hua-Tai-1x"}
    answer = browser.post("/password/", form)
    assert answer.status_code == 422
    cast.he.refresh_from_db()
    assert cast.he.check_password(PASSWORD)


def test_the_present_password_cannot_be_guessed_here(cast, browser):
    form = {"old": "guess", "new": "Ju-Hua-Tai-1x", "again": "Ju-Hua-Tai-1x"}
    for _ in range(5):
        browser.post("/password/", form)
    answer = browser.post("/password/", {**form, "old": PASSWORD})
    assert "分钟后再试" in answer.content.decode()
    cast.he.refresh_from_db()
    assert cast.he.check_password(PASSWORD)


def test_single_keys_can_be_turned_off(cast, browser):
    browser.post("/me/keys/", {})
    assert 'data-m-single-keys="off"' in browser.get("/").content.decode()
