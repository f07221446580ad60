"""Traces of generated text, unless it is declared."""

from tests.engines.zhcheck.reading import found, issues

from meice.engines.zhcheck import Lexicon, Rule
from meice.engines.zhcheck.rules import ai

WORDS = Lexicon("AI", "1", ai_words=("作为一个人工智能",), ai_declarations=("人工智能辅助生成",))


def test_each_trace_is_found():
    text = "作为一个人工智能，我认为。作为一个人工智能，我建议。"
    assert found(ai.check, text, WORDS) == ["作为一个人工智能"] * 2
    assert {each.rule for each in issues(ai.check, text, WORDS)} == {Rule.AI_UNDECLARED}


def test_a_declared_text_is_in_order():
    assert found(ai.check, "作为一个人工智能，我认为。\n本文由人工智能辅助生成。", WORDS) == []


def test_writing_about_ai_is_no_trace():
    assert found(ai.check, "学院开设人工智能导论课程。", WORDS) == []
