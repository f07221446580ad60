"""Clauses held against findings and facts: suspected, failed, unknown, for a person, clear."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from meice.engines.webprobe.findings import Code
from meice.engines.webprobe.rules import (
    ColumnFact,
    Facts,
    Outcome,
    Scope,
    evaluate,
    shipped,
)

RULES = shipped("gov-2019-19")
TODAY = date(2026, 11, 22)
READ = Facts(today=TODAY, complete=True, history_known=True, home_dated=True, columns=())
NEWS, POLICY, OTHER = "动态要闻", "政策文件", "其他"


def finding(code, url="https://a.huayuan.edu.cn/"):
    return RULES.finding(code, url, "证据", "说明")


def stale(*kinds):
    """Stale columns of these kinds: their findings and what is known of them."""
    urls = [f"https://a.huayuan.edu.cn/{n}/" for n in range(len(kinds))]
    columns = tuple(ColumnFact(url, kind) for url, kind in zip(urls, kinds, strict=True))
    return [finding(Code.STALE_COLUMN, url) for url in urls], replace(READ, columns=columns)


def verdict(clause, findings=(), facts=READ, **more):
    verdicts = {each.clause.id: each for each in evaluate(findings, facts, RULES, **more)}
    return verdicts[clause]


def test_a_finding_alone_is_a_suspicion_and_a_confirmed_one_a_failure():
    dark = finding(Code.HIDDEN_LINK)
    assert verdict("W1", [dark]).outcome is Outcome.SUSPECTED
    failed = verdict("W1", [dark], confirmed=[dark])
    assert (failed.outcome, failed.evidence) == (Outcome.FAILED, (dark,))
    assert "W1 安全、泄密事故等严重问题" in failed.rule
    assert failed.rule.startswith("参照国办秘函〔2019〕19号")


def test_what_only_a_person_can_judge_stays_with_a_person():
    assert verdict("W1").outcome is Outcome.HUMAN
    assert "严重表述错误" in verdict("W1").reason


def test_a_site_that_was_not_read_to_its_end_is_unknown_never_clear():
    half = Facts(today=TODAY)
    outcomes = {each.outcome for each in evaluate([], half, RULES)}
    assert outcomes == {Outcome.UNKNOWN}


@pytest.mark.parametrize(
    ("clause", "code", "blind"),
    [
        ("W2", Code.UNREACHABLE, {"history_known": False}),
        ("W3", Code.STALE_HOME, {"home_dated": False}),
    ],
)
def test_history_and_home_are_known_or_unknown(clause, code, blind):
    assert verdict(clause).outcome is Outcome.CLEAR
    assert verdict(clause, [finding(code)]).outcome is Outcome.SUSPECTED
    assert verdict(clause, facts=replace(READ, **blind)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        ([NEWS] * 4, Outcome.CLEAR),
        ([NEWS] * 3 + [POLICY] * 2, Outcome.SUSPECTED),
        ([NEWS] * 4 + [OTHER] * 5, Outcome.CLEAR),
        ([OTHER] * 9, Outcome.CLEAR),
        ([OTHER] * 10, Outcome.SUSPECTED),
    ],
    ids=str,
)
def test_columns_are_counted_by_kind_and_in_all(kinds, outcome):
    findings, facts = stale(*kinds)
    assert verdict("W4", findings, facts).outcome is outcome


def test_five_stale_columns_fail_only_when_five_are_confirmed():
    findings, facts = stale(*[NEWS] * 5)
    assert verdict("W4", findings, facts, confirmed=findings[:4]).outcome is Outcome.SUSPECTED
    assert verdict("W4", findings, facts, confirmed=findings).outcome is Outcome.FAILED


@pytest.mark.parametrize(("count", "outcome"), [(4, Outcome.CLEAR), (5, Outcome.SUSPECTED)])
def test_five_blank_columns_break_the_clause(count, outcome):
    blanks = [finding(Code.BLANK_COLUMN, f"https://a.huayuan.edu.cn/{n}/") for n in range(count)]
    assert verdict("W4", blanks).outcome is outcome


def test_without_columns_the_clause_of_columns_is_unknown():
    assert verdict("W4", facts=replace(READ, columns=None)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, Outcome.UNKNOWN),
        ({"has_consultation": True}, Outcome.UNKNOWN),
        ({"has_consultation": True, "oldest_unanswered_days": 92}, Outcome.CLEAR),
        ({"has_consultation": True, "oldest_unanswered_days": 93}, Outcome.FAILED),
        ({"has_consultation": False}, Outcome.FAILED),
    ],
    ids=str,
)
def test_answers_to_the_public_are_known_from_records(facts, outcome):
    assert verdict("W5", facts=replace(READ, **facts)).outcome is outcome


@pytest.mark.parametrize(
    ("age", "outcome"),
    [(None, Outcome.UNKNOWN), (14, Outcome.CLEAR), (15, Outcome.SUSPECTED)],
)
def test_an_account_without_posts_for_two_weeks_is_a_suspicion(age, outcome):
    last = None if age is None else TODAY - timedelta(days=age)
    told = verdict("M2a", facts=replace(READ, last_post=last), scope=Scope.ACCOUNT)
    assert told.outcome is outcome


def test_accounts_and_sites_have_clauses_of_their_own():
    sites = {each.clause.id[0] for each in evaluate([], READ, RULES)}
    accounts = {each.clause.id[0] for each in evaluate([], READ, RULES, scope=Scope.ACCOUNT)}
    assert (sites, accounts) == ({"W", "D"}, {"M"})


def test_points_are_taken_off_for_what_is_confirmed_and_never_over_the_cap():
    findings, facts = stale(POLICY, POLICY, NEWS)
    assert verdict("D1", findings, facts).points == 0
    assert verdict("D1", findings, facts, confirmed=findings[:1]).points == 5
    assert verdict("D1", findings, facts, confirmed=findings).points == 5


def test_small_points_add_up():
    school = shipped("school")
    dead = [finding(Code.DEAD_LINK, f"https://a.huayuan.edu.cn/{n}") for n in range(7)]
    points = {each.clause.id: each.points for each in evaluate(dead, READ, school, confirmed=dead)}
    assert points["S7"] == 0.7
