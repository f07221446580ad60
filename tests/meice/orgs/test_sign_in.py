"""The door: right and wrong tries, the lock, the brake on an address, the way after."""

import pytest
from axes.models import AccessAttempt

import given
from conftest import PASSWORD
from meice.audit.models import Entry
from meice.orgs import actions
from meice.orgs.signin.brake import ADDRESS_LIMIT


def sign_in(client, username, password, **more):
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_a_right_password_opens_the_work_page(client, cast):
    assert sign_in(client, "20110437", PASSWORD).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_case_and_blanks_of_the_name_do_not_matter(client, cast):
    given.a_person("甲", cast.maths, by=cast.lu, username="Ab12", password="Ju-Hua-Tai-1x")
    assert sign_in(client, " aB12 ", "Ju-Hua-Tai-1x").status_code == 302


@pytest.mark.parametrize("username", ["20110437", "nobody"])
def test_known_and_unknown_names_get_the_same_words(client, cast, username):
    page = sign_in(client, username, "wrong").content.decode()
    assert "用户名或口令不对" in page
    assert "还可再试 4 次" in page


def test_the_fifth_wrong_try_locks_and_says_for_how_long(client, cast):
    for _ in range(4):
        assert sign_in(client, "20110437", "wrong").status_code == 200
    answer = sign_in(client, "20110437", "wrong")
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.content.decode()


def test_a_locked_name_stays_out_with_the_right_password(client, cast):
    for _ in range(5):
        sign_in(client, "20110437", "wrong")
    assert sign_in(client, "20110437", PASSWORD).status_code == 429
    assert sign_in(client, "20080112", PASSWORD).status_code == 302


def test_a_right_try_forgets_the_wrong_ones(client, cast):
    for _ in range(4):
        sign_in(client, "20110437", "wrong")
    sign_in(client, "20110437", PASSWORD)
    client.post("/sign-out/")
    assert "还可再试 4 次" in sign_in(client, "20110437", "wrong").content.decode()


def test_one_address_cannot_try_a_password_on_everybody(client, cast):
    sign_in(client, "someone", "wrong")
    AccessAttempt.objects.update(failures_since_start=ADDRESS_LIMIT)
    answer = sign_in(client, "20110437", PASSWORD)
    assert answer.status_code == 429
    assert "这个网络地址试错太多" in answer.content.decode()


def test_a_disabled_person_stays_out(client, cast):
    actions.disable_user(cast.su, by=cast.lu)
    assert "不对" in sign_in(client, "20150078", PASSWORD).content.decode()


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/units/", "/units/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_way_after_stays_in_the_house(client, cast, target, lands):
    assert sign_in(client, "20110437", PASSWORD, next=target).headers["Location"] == lands


def test_every_try_leaves_its_line_and_no_typed_name(client, cast):
    sign_in(client, "my-secret-password", "x")
    sign_in(client, "20110437", "wrong")
    sign_in(client, "20110437", PASSWORD)
    client.post("/sign-out/")
    acts = list(Entry.objects.order_by("pk").values_list("act", "target_name"))
    assert acts == [
        ("session.fail", ""),
        ("session.fail", "何嘉敏"),
        ("session.begin", "何嘉敏"),
        ("session.end", "何嘉敏"),
    ]


def test_a_lock_leaves_its_line(client, cast):
    for _ in range(5):
        sign_in(client, "20110437", "wrong")
    assert Entry.objects.filter(act="session.lock", target_id=str(cast.he.pk)).count() == 1


def test_signing_out_needs_a_post(client, cast):
    sign_in(client, "20110437", PASSWORD)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/").status_code == 200


def test_the_key_of_the_session_changes_at_the_door(client, cast):
    client.get("/sign-in/?next=/units/")
    sign_in(client, "20110437", PASSWORD)
    first = client.session.session_key
    client.post("/sign-out/")
    sign_in(client, "20110437", PASSWORD)
    assert client.session.session_key != first


def test_hostile_input_is_shown_as_text(client, cast):
    page = sign_in(
        client, '"><img src=x onerror=alert(1)>', "x", next='"><script>'
    ).content.decode()
    assert "<img src=x" not in page
    assert '"><script>' not in page


def test_nul_and_length_do_no_harm(client, cast):
    assert sign_in(client, "a\0b" + "x" * 10_000, "y" * 10_000).status_code == 200
