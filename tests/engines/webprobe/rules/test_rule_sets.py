"""Rule sets as data: what ships, what a school changes, what is refused."""

import pickle
from pathlib import Path

import pytest

from meice.engines.webprobe.checks import DOCUMENT_CHECKS, PAGE_CHECKS, SITE_CHECKS
from meice.engines.webprobe.findings import CODE_NAMES, Code, Severity
from meice.engines.webprobe.rules import SHIPPED, RuleError, Trust, load_rules, shipped


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_set_gives_every_code_a_severity_and_a_source(key):
    rules = shipped(key)
    assert set(rules.severities) == set(Code)
    assert all(rules.sources[code].strip() for code in Code)
    assert rules.version


def test_every_code_has_a_check_and_a_name():
    checked = {*PAGE_CHECKS, *DOCUMENT_CHECKS, *SITE_CHECKS, Code.UNREACHABLE}
    assert checked == set(Code)
    assert set(CODE_NAMES) == set(Code)


def test_the_set_of_2019_is_marked_as_a_reference_and_its_clauses_by_trust():
    rules = shipped("gov-2019-19")
    assert rules.label.startswith("参照")
    clauses = {clause.id: clause.trust for clause in rules.clauses}
    assert {"W1", "W2", "W3", "W4", "W5", "M1", "M2a", "M2b", "M3a", "M3b"} <= set(clauses)
    assert "W6" not in clauses  # 多数校园网站不适用，默认不启用
    assert clauses["M2a"] is Trust.RECALLED


@pytest.mark.parametrize("key", SHIPPED)
def test_a_set_can_be_handed_to_another_process(key):
    assert pickle.loads(pickle.dumps(shipped(key))) == shipped(key)


def test_a_school_changes_a_number_and_keeps_the_rest(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        'extends = "school"\nkey = "own"\nversion = "3"\noff = ["header-missing"]\n'
        '[thresholds]\nhome_days = 30\n[columns]\n"通知公告" = 90\n'
        '[check]\ndead-link = { severity = "major", rule = "校发〔2026〕1号" }\n',
        encoding="utf-8",
    )
    rules, base = load_rules(file), shipped("school")
    assert (rules.key, rules.thresholds.home_days) == ("own", 30)
    assert (rules.days_of("通知公告"), rules.days_of("动态要闻")) == (90, 14)
    assert (rules.severities[Code.DEAD_LINK], rules.sources[Code.DEAD_LINK]) == (
        Severity.MAJOR,
        "校发〔2026〕1号",
    )
    assert not rules.wants(Code.HEADER_MISSING)
    assert rules.clauses == base.clauses


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key = ", "不是 TOML"),
        ('key = "x"', "缺少"),
        ('extends = "none"', "没有这个规则集"),
        ('extends = "school"\n[thresholds]\nhome_day = 3', "home_day"),
        ('extends = "school"\noff = ["no-such-code"]', "no-such-code"),
        ('extends = "school"\n[check]\nslow = { severity = "grave", rule = "x" }', "grave"),
        ('extends = "school"\n[thresholds]\nhome_days = "many"', "home_days"),
        ('extends = "school"\n[[clause]]\nid = "X"\ntitle = "x"\ntext = "x"\ntrust = "OWN"\n'
         'any = [{ test = "fact", fact = "no_such_fact" }]', "no_such_fact"),
    ],
)  # fmt: skip
def test_a_broken_set_is_refused_with_the_place(tmp_path, text, said):
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        load_rules(file)


def test_an_unknown_key_is_refused():
    with pytest.raises(RuleError, match="nope"):
        shipped("nope")


def test_the_example_in_the_handbook_is_a_rule_set(tmp_path):
    page = Path(__file__).parents[4] / "docs" / "handbook" / "命令行探测网站.md"
    text = page.read_text("utf-8")
    start = text.index('extends = "school"')
    file = tmp_path / "own.toml"
    file.write_text(text[start : text.index("```", start)], "utf-8")
    rules = load_rules(file)
    assert (rules.thresholds.home_days, rules.days_of("通知公告")) == (30, 90)
    assert not rules.wants(Code.HEADER_MISSING)
