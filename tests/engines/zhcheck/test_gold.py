"""Precision and recall over texts of our own: planted faults, and clean prose of many kinds.

`gold/planted.toml` holds faults with their rule and span, `gold/clean-*.toml` invented official
prose without any. The numbers are printed: `pytest -s tests/engines/zhcheck/test_gold.py`.
"""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.engines.zhcheck.reading import TODAY

from meice.engines.zhcheck import Rule, check, read_lexicon, shipped_lexicons

GOLD = Path(__file__).parent / "gold"
MARKED = re.compile(r"⟦([a-z-]+)\|([^⟧]+)⟧")
MOST_FALSE_ALARMS = 0.1  # per 10,000 characters of clean prose


def say(line):
    print(line)  # noqa: T201


def texts(pattern):
    for path in sorted(GOLD.glob(pattern)):
        yield from tomllib.loads(path.read_text("utf-8"))["text"]


def unmarked(text):
    """The text without its labels, and what they say: (rule, start, end)."""
    parts, labels, size, end = [], [], 0, 0
    for match in MARKED.finditer(text):
        before = text[end : match.start()]
        start = size + len(before)
        labels.append((match[1], start, start + len(match[2])))
        parts += [before, match[2]]
        size, end = start + len(match[2]), match.end()
    return "".join([*parts, text[end:]]), set(labels)


@cache
def lexicons():
    return (*shipped_lexicons(), read_lexicon(GOLD / "school.toml"))


def read(text):
    return {
        (each.rule.value, each.start, each.end) for each in check(text, lexicons(), today=TODAY)
    }


@cache
def outcome():
    """Over the planted texts, by rule: found rightly, found wrongly, missed."""
    right, wrong, missed = Counter(), Counter(), Counter()
    for one in texts("planted.toml"):
        text, labels = unmarked(one["text"])
        found = read(text)
        for counter, spans in (
            (right, found & labels),
            (wrong, found - labels),
            (missed, labels - found),
        ):
            counter.update(rule for rule, _start, _end in spans)
    return right, wrong, missed


@pytest.mark.parametrize("rule", Rule, ids=str)
def test_every_planted_fault_is_found_at_its_very_place_and_nothing_else(rule):
    right, wrong, missed = (counter[rule.value] for counter in outcome())
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    say(f"{rule:16} planted {right + missed:3}  precision {precision:.3f}  recall {recall:.3f}")
    assert right > 0
    assert (wrong, missed) == (0, 0)


def test_clean_prose_is_left_alone():
    clean = [(one["genre"], one["text"]) for one in texts("clean-*.toml")]
    size = sum(len(text) for _genre, text in clean)
    alarms = [
        (genre, rule, text[start:end])
        for genre, text in clean
        for rule, start, end in sorted(read(text))
    ]
    rate = len(alarms) / size * 10_000
    say(f"clean prose: {size} characters, {rate:.3f} false alarms per 10,000: {alarms}")
    assert size >= 30_000
    assert rate <= MOST_FALSE_ALARMS


def test_symbols_of_the_country_are_never_hits():
    text = "天安门广场升起五星红旗，国旗、国徽、国歌、人民英雄纪念碑、长城、长江、黄河、北京、台湾、香港、澳门。"
    assert read(text) == set()
