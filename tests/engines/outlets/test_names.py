"""The name rules N1–N12 and A1 of domain.md 3.4, each with hits and with what must be no hit."""

from dataclasses import replace

import pytest

from meice.engines.outlets import (
    PLATFORM_BY_KEY,
    RULES,
    Avatar,
    NameContext,
    NameLevel,
    NameRule,
    ProposedOutlet,
    RegisteredOutlet,
    UnitNames,
    check_candidate,
    check_name,
)

WECHAT, WEIBO, WEBSITE = (PLATFORM_BY_KEY[key] for key in ("wechat", "weibo", "website"))
SCHOOL = UnitNames("华园大学", ("华园", "HYU", "Huayuan University"))
AGRICULTURE = UnitNames("农学院", ("华园大学农学院", "农院"))
GOOD_AVATAR = Avatar(digest="a1")
CONTEXT = NameContext(
    unit=AGRICULTURE,
    school=SCHOOL,
    ancestors=(SCHOOL,),
    descendants=(UnitNames("农学院学生会"),),
    others=(
        UnitNames("人文学院", ("人文",)),
        UnitNames("园林农学院"),
        UnitNames("华园大学团委", ("校团委",)),
        UnitNames("宣传部", ("党委宣传部",)),
    ),
)


def proposed(name, **changes):
    given = ProposedOutlet(name, WECHAT, verified_as="农学院", avatar=GOOD_AVATAR)
    return replace(given, **changes)


def rules_hit(name, context=CONTEXT, **changes):
    return {issue.rule.value for issue in check_name(proposed(name, **changes), context)}


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("华园大学农学院", set()),
        ("华园农院", set()),
        ("HYU农学院", set()),
        ("农学院学生会", set()),
        ("农学院团委", set()),  # the unit's own organ, though the school has a 团委
        ("农学院（研究生）", set()),
        ("农学院新闻", {"N1"}),
        ("农学院校园日报", {"N1"}),
        ("农学院广播电视台", {"N1"}),
        ("中国农学院", {"N2"}),
        ("国家农科中华园", {"N2"}),
        ("农学院 www.huayuan.edu.cn", {"N3", "N10"}),
        ("农学院QQ12345678", {"N3"}),
        ("农学院加V信 12345678", {"N3"}),
        ("农学院VX：1234567", {"N3", "N10"}),
        ("农学院13800000001", {"N3"}),
        ("农学院8500000", {"N3"}),
        ("农学院nxy@huayuan.edu.cn", {"N3", "N10"}),
        ("农学院2021级", set()),
        ("农学院2021-2022", set()),
        ("人文学院在线", {"N6"}),
        ("园林农学院", {"N6"}),  # holds 农学院, and yet is another unit
        ("华园大学团委", {"N6"}),
        ("农学院宣传部", set()),  # the unit's own organ
        ("华园大学宣传部", {"N6"}),
        ("农学院★", {"N10"}),
        ("农学院😀", {"N10"}),
        ("农学院" + "很" * 28, {"N10"}),
        ("农学院" + "很" * 27, set()),
        ("农学院君", {"N11"}),
        ("农学院小灵通", {"N11"}),
        ("农学院吐槽树洞", {"N11"}),
        ("王小明老师", {"N11"}),
        ("农学院高校老师", set()),
    ],
)
def test_names_meet_the_rules_they_should(name, rules):
    assert rules_hit(name) == rules


@pytest.mark.parametrize(
    "unit", ["中国语言文学系", "第一临床医学院", "新闻与传播学院", "国家重点实验室", "最优化研究所"]
)
def test_a_units_own_name_is_never_held_against_it(unit):
    context = replace(CONTEXT, unit=UnitNames(unit))
    assert rules_hit(f"华园大学{unit}", context, verified_as="") == set()
    assert rules_hit(f"{unit}团委", context, verified_as="") == set()


def test_the_news_centre_may_say_news():
    assert rules_hit("农学院新闻", replace(CONTEXT, is_news_centre=True)) == set()


def test_n3_sees_a_qr_code_in_the_avatar():
    assert rules_hit("农学院", avatar=Avatar("a1", has_qr_code=True)) == {"N3"}


@pytest.mark.parametrize(
    ("verified_as", "hit"),
    [
        ("农学院", False),
        ("农院", False),
        ("华园大学", False),  # the school stands for its units, as in the notice's samples
        ("华园大学（农学院）", False),
        ("", False),
        ("某某文化传播公司", True),
        ("人文学院", True),
    ],
)
def test_n4_compares_the_verified_name_with_unit_and_school(verified_as, hit):
    assert ("N4" in rules_hit("华园大学农学院", verified_as=verified_as)) is hit


@pytest.mark.parametrize(
    "name", ["农学院官方平台", "农学院唯一平台", "农学院最前沿", "农学院第一时间", "农学院权威发布"]
)
def test_n9_boasts_only_while_nothing_is_verified(name):
    assert rules_hit(name, verified_as="") == {"N9"}
    assert rules_hit(name) == set()


def outlet(name="农学院", platform=WECHAT, unit="农学院", **rest):
    return RegisteredOutlet(name, platform, unit, **rest)


@pytest.mark.parametrize(
    ("registered", "platform", "changes", "hit"),
    [
        (outlet(), WECHAT, {}, True),
        (outlet(), WEIBO, {}, False),
        (outlet(active=False), WECHAT, {}, False),
        (outlet(unit="人文学院"), WECHAT, {}, False),
        (outlet(), WECHAT, {"has_exception": True}, False),
        (outlet(platform=WEBSITE), WEBSITE, {}, False),  # sites are exempt
    ],
)
def test_n7_one_active_account_per_unit_and_platform(registered, platform, changes, hit):
    context = replace(CONTEXT, outlets=(registered,), **changes)
    assert ("N7" in rules_hit("农学院", context, platform=platform)) is hit


def test_n12_tells_of_another_name_on_another_platform():
    context = replace(CONTEXT, outlets=(outlet("农学院在线", WEIBO), outlet("农学院", WEBSITE)))
    assert rules_hit("农学院", context) == {"N12"}
    assert rules_hit("农学院在线", replace(CONTEXT, outlets=context.outlets[:1])) == set()


@pytest.mark.parametrize(
    ("avatar", "found"),
    [
        (None, "没有头像"),
        (Avatar(), "没有头像"),
        (Avatar("a1", is_default=True), "平台默认头像"),
        (Avatar("b2"), "与本单位其他平台的头像不同"),
    ],
)
def test_a1_names_what_is_wrong_with_the_avatar(avatar, found):
    context = replace(CONTEXT, outlets=(outlet(platform=WEIBO, avatar_digest="a1"),))
    (issue,) = check_name(proposed("农学院", avatar=avatar), context)
    assert (issue.rule, issue.level, issue.found) == (NameRule.A1, NameLevel.INFO, found)


def candidates(name, context=CONTEXT, **changes):
    return {issue.rule.value for issue in check_candidate(proposed(name, **changes), context)}


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("华园大学校园墙", {"N5"}),
        ("华园表白墙", {"N5"}),
        ("HYU万能墙", {"N5"}),
        ("huayuan university fans", {"N5"}),
        ("花园大学新生群", {"N8"}),
        ("华\u200b园大学", {"N8"}),
        ("ＨＹＵ墙", {"N8"}),
        ("摩天大楼爱好者", set()),
        ("anhyung", set()),
    ],
)
def test_candidates_use_or_imitate_the_schools_name(name, rules):
    assert candidates(name, verified_as="") == rules


def test_an_account_of_the_register_is_no_candidate():
    registered = outlet("华园大学农学院", permanent_id="gh_0123456789ab")
    context = replace(CONTEXT, outlets=(registered,))
    assert candidates("华园大学农学院", context) == set()
    assert candidates("华园大学农学院", context, platform=WEIBO) == {"N5"}


def test_the_same_name_with_another_permanent_id_is_a_candidate():
    context = replace(CONTEXT, outlets=(outlet("华园大学", permanent_id="gh_0123456789ab"),))
    assert candidates("华园大学", context, permanent_id="gh_0123456789ab") == set()
    assert candidates("华园大学", context, permanent_id="gh_ffffffffffff") == {"N5"}


LEVELS = {
    "N1": "warn", "N2": "warn", "N3": "error", "N4": "warn", "N5": "candidate", "N6": "error", "N7": "error",
    "N8": "candidate", "N9": "warn", "N10": "warn", "N11": "warn", "N12": "info", "A1": "info",
}  # fmt: skip


def test_every_rule_has_the_level_of_the_domain_an_article_and_a_way_on():
    assert {rule.value: row.level.value for rule, row in RULES.items()} == LEVELS
    assert all("《" in row.article and row.remedy for row in RULES.values())


def test_an_issue_says_what_was_found_and_where_it_is_written():
    (issue,) = check_name(proposed("人文学院在线"), CONTEXT)
    assert issue.message == "名称含其他单位的名称“人文学院”"
    assert "第八条第一项" in issue.article
    assert "本单位的名称" in issue.remedy
