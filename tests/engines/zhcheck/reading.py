"""Reads a text with one rule, as the tests of the rules do."""

from datetime import date

from meice.engines.zhcheck import Copy, Lexicon

TODAY = date(2026, 11, 22)  # a Sunday
EMPTY = Lexicon("空", "1")


def issues(check, text, *lexicons, today=TODAY):
    return list(check(Copy(text, lexicons or (EMPTY,), today)))


def found(check, text, *lexicons, today=TODAY):
    """What stands where the issues are; each span is that of its text."""
    given = issues(check, text, *lexicons, today=today)
    assert [text[each.start : each.end] for each in given] == [each.text for each in given]
    return [each.text for each in given]
