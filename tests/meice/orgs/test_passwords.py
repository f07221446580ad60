"""The two profiles of the password policy, held against tables."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conftest import PASSWORD
from meice.orgs import actions
from meice.orgs.models import User
from meice.orgs.signin.passwords import PROFILES, faults

DENGBAO, NIST = PROFILES["dengbao"], PROFILES["nist"]
SOMEBODY = User(username="20110437", name="何嘉敏", mobile="13800000002")


@pytest.mark.parametrize(
    ("password", "dengbao", "nist"),
    [
        ("Zi-Teng-Hua-2026", "", ""),
        ("Short-1a", "只有 8 位", "只有 8 位"),
        ("purpleflowerlake", "只有 1 种", ""),
        ("purpleflower42lake", "只有 2 种", ""),
        ("紫藤花开在湖边的第七年春天", "只有 1 种", ""),
        ("Lake-20110437-x", "工号、姓名", "工号、姓名"),
        ("Hejiamin-2026-x", "工号、姓名", "工号、姓名"),
        ("何嘉敏-Lake-2026", "工号、姓名", "工号、姓名"),
        ("Huayuandaxue-26", "工号、姓名", "工号、姓名"),
        ("Password1234!", "常见口令", "常见口令"),
        ("P@ssw0rd2026", "常见口令", "常见口令"),
        ("Woaini1314!!", "常见口令", "常见口令"),
        ("aA1!aA1!aA1!", "常见口令", "常见口令"),
        ("Aa1-" * 40, "超过 128 位", "超过 128 位"),
    ],
)
def test_rules_by_profile(password, dengbao, nist):
    for rules, wanted in ((DENGBAO, dengbao), (NIST, nist)):
        found = "".join(faults(password, SOMEBODY, rules))
        assert wanted in found
        assert bool(found) is bool(wanted)


def test_the_unit_name_is_refused(cast):
    assert "单位名" in "".join(faults("Shuxinxueyuan-26", cast.he))


def test_the_last_five_passwords_are_not_taken_again(cast):
    user = cast.he
    for number in range(4):
        user = actions.change_password(user, f"Ju-Hua-Tai-{number}x")
    assert "最近 5 次" in "".join(faults(PASSWORD, user))
    user = actions.change_password(user, "Ju-Hua-Tai-5x")
    assert faults(PASSWORD, user) == []


def test_nist_keeps_no_history(cast):
    user = actions.change_password(cast.he, "Ju-Hua-Tai-1x")
    assert faults(PASSWORD, user, NIST) == []


@pytest.mark.parametrize(
    ("rules", "days", "over"), [(DENGBAO, 89, False), (DENGBAO, 90, True), (NIST, 5000, False)]
)
def test_rotation(rules, days, over):
    now = timezone.now()
    user = User(password_changed_at=now - timedelta(days=days))
    assert rules.is_over(user, now) is over
