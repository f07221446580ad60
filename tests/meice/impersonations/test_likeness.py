"""Similarity is explained sign by sign, and what is not similar is left alone."""

import pytest

from meice.impersonations.likeness import differences, resemblance, same_hand

OURS = ["华园大学", "华园大"]


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("华园大学表白墙", "N5", "含有“华园大学”"),
        ("华園大学招生办", "N8", "“園”↔“园”"),
        ("华园太学帮帮团", "N8", "“太”↔“大”"),
        ("华园\u200b大学官方", "N8", "U+200B"),
        ("花园大学新生群", "N8", "“花”↔“华”"),
        ("华囩大学", "N8", "“囩”↔“园”"),
    ],
)
def test_what_resembles_is_explained(name, rule, words):
    found = resemblance(name, OURS)
    assert found.rule == rule
    assert words in found.words


@pytest.mark.parametrize("name", ["城南大学表白墙", "大学英语四级", "南方科技资讯", ""])
def test_what_does_not_resemble_is_left_alone(name):
    assert resemblance(name, OURS) is None


def test_a_hidden_sign_is_named_because_nobody_can_see_it():
    (hidden,) = differences("华园\u200b大学", "华园大学")
    assert (hidden.theirs, hidden.why) == ("U+200B", "零宽空格")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("华园大学校园墙", "同名或只换了写法"),
        ("华園大学校园墙", "同名或只换了写法"),
        ("华园大学校园墙2号", "一个包含另一个"),
        ("华园大学万能墙", "的字相同"),
        ("城南大学图书馆", ""),
        ("校园墙", ""),
    ],
)
def test_the_same_hand_under_another_name(name, words):
    said = same_hand(name, ["华园大学校园墙"])
    assert words in said
    assert bool(said) == bool(words)
