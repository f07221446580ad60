"""Lexicon files: what a good one gives, and every fault of a bad one by its place."""

from datetime import date

import pytest

from meice.engines.zhcheck import Rule, Severity
from meice.engines.zhcheck.faults import LexiconError
from meice.engines.zhcheck.lexicon import parse_lexicon, read_lexicon, shipped_lexicons
from meice.engines.zhcheck.matcher import Matcher

WHOLE = """
name = "校级词表"
version = "3"
exceptions = ["天安门"]

[[group]]
rule = "typo"
severity = "warn"
source = "《现代汉语词典》"
entries = [
  { wrong = "按装", right = "安装", unless = ["按装配"] },
  { wrong = "内部口号", message = "不宜公开使用", source = "校发〔2026〕1号", from = 2026-03-01 },
]

[[office]]
person = "陈远山"
title = "党委书记"
order = 1
source = "任职文件"
until = 2027-12-31

[[number]]
label = "学号"
pattern = "20[0-9]{2}\\\\d{8}"
source = "学籍管理规定"

[white_list]
dated = 2025-07-01
source = "稿源单位名单"
subjects = ["华园日报社"]

[ai]
words = ["作为AI助手"]
declarations = ["由AI生成"]
"""
HEAD = 'name = "甲"\nversion = "1"\n'
GROUP = HEAD + '[[group]]\nrule = "typo"\nseverity = "warn"\nsource = "典"\n'
BAD = {
    'name = "甲"\n': "缺少 version",
    HEAD + 'colour = "红"\n': "不认识的项 colour",
    HEAD + "exceptions = [1]\n": "exceptions：每一项都应是不空的文字",
    HEAD
    + '[[group]]\nrule = "pairs"\nseverity = "warn"\nsource = "典"\nentries = []\n': "第4行，第1个 [[group]]：rule",
    GROUP.replace("warn", "red") + "entries = []\n": "severity 只能是 block、warn、hint，不是“red”",
    GROUP + 'entries = [{ right = "安装" }]\n': "第7行，第1个 [[group]]第1条：缺少 wrong",
    GROUP.replace('source = "典"\n', "") + 'entries = [{ wrong = "按装" }]\n': "缺少 source",
    GROUP + 'entries = [{ wrong = "按装", unless = ["安装"] }]\n': "“安装”不含该词",
    GROUP + 'entries = [{ wrong = "學校", right = "学校" }]\n': "与正确写法相同",
    GROUP + 'entries = [{ wrong = " 按装" }]\n': "首尾不能有空白",
    GROUP + 'entries = [{ wrong = "\\u200b" }]\n': "不能为空",
    GROUP + 'entries = [{ wrong = "按\\n装" }]\n': "不能换行",
    GROUP
    + 'entries = [{ wrong = "按装" }, { wrong = "按装" }]\n': "第7行，第1个 [[group]]第2条：“按装”重复",
    GROUP
    + 'entries = [{ wrong = "按装", from = 2026-02-01, until = 2026-01-01 }]\n': "from 晚于 until",
    GROUP + 'entries = [{ wrong = "按装", from = "2026" }]\n': "from 应是日期",
    GROUP + "entries = [3]\n": "应是一张表",
    HEAD
    + '[[office]]\nperson = "某"\ntitle = "校长"\norder = true\nsource = "文"\n': "order 应是整数",
    HEAD + '[[number]]\nlabel = "学号"\npattern = "(\\\\d+)+"\nsource = "文"\n': "pattern 只能用",
    HEAD + '[[number]]\nlabel = "学号"\npattern = "(20"\nsource = "文"\n': "pattern 只能用",
    HEAD + '[white_list]\nsubjects = ["甲"]\n': "[white_list]：缺少 dated",
    HEAD + "[ai]\nphrases = []\n": "[ai]：不认识的项 phrases",
    "name = \n": "不是有效的 TOML：第1行第8列",
}


def faults(text):
    with pytest.raises(LexiconError) as refused:
        parse_lexicon(text, "词表.toml")
    return refused.value.faults


def test_a_whole_file_gives_its_terms_with_source_and_dates():
    typo, slogan = parse_lexicon(WHOLE, "校.toml").terms
    assert (typo.word, typo.replacement, typo.protects) == ("按装", "安装", ("按装配",))
    assert (typo.rule, typo.severity, typo.source) == (Rule.TYPO, Severity.WARN, "《现代汉语词典》")
    assert (slogan.message, slogan.source) == ("不宜公开使用", "校发〔2026〕1号")
    assert (slogan.valid_from, slogan.replacement) == (date(2026, 3, 1), None)


def test_a_whole_file_gives_offices_numbers_and_the_white_list():
    lexicon = parse_lexicon(WHOLE, "校.toml")
    assert lexicon.offices[0].valid_until == date(2027, 12, 31)
    assert lexicon.number_patterns[0].pattern == r"20[0-9]{2}\d{8}"
    assert lexicon.white_list is not None
    assert lexicon.white_list.subjects == ("华园日报社",)
    assert lexicon.ai_words == ("作为AI助手",)


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_a_fault_is_named_in_chinese_with_its_place(text):
    assert any(BAD[text] in fault for fault in faults(text)), faults(text)


def test_all_faults_are_named_at_once_with_the_name_of_the_file():
    text = GROUP + 'entries = [{ wrong = "按装", unless = ["安装"] }, { right = "乙" }, 4]\n'
    assert len(faults(text)) == 3
    with pytest.raises(LexiconError, match=r"词表\.toml：第7行"):
        parse_lexicon(text, "词表.toml")


def test_no_line_is_named_where_several_could_be_meant():
    one = '[[group]]\nrule = "typo"\nseverity = "warn"\nsource = "典"\nentries = [{ }]\n'
    assert faults(HEAD + one + one) == (
        "第1个 [[group]]第1条：缺少 wrong",
        "第2个 [[group]]第1条：缺少 wrong",
    )


def test_a_file_in_another_charset_is_refused(tmp_path):
    path = tmp_path / "词表.toml"
    path.write_bytes(WHOLE.encode("gb18030"))
    with pytest.raises(LexiconError, match="不是 UTF-8"):
        read_lexicon(path)


def test_a_file_nested_without_end_is_refused():
    assert faults(HEAD + "x = " + "[" * 100_000) == ("不是有效的词表：嵌套太深",)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "词表.toml"
    path.write_text(WHOLE, "utf-8-sig")
    assert read_lexicon(path).name == "校级词表"


def test_each_shipped_entry_has_a_source_and_is_found_as_itself():
    lexicons = shipped_lexicons()
    matcher = Matcher.build(lexicons)
    for term in (term for lexicon in lexicons for term in lexicon.terms):
        assert term.source
        assert term in [hit.term for hit in matcher.find(term.word)], term.word


def test_what_shipped_entries_suggest_and_protect_is_clean():
    lexicons = shipped_lexicons()
    matcher = Matcher.build(lexicons)
    terms = [term for lexicon in lexicons for term in lexicon.terms]
    correct = [word for term in terms for word in (term.replacement, *term.protects) if word]
    assert [word for word in correct if matcher.find(word)] == []


@pytest.mark.parametrize(
    "symbol", ["五星红旗", "天安门", "国徽", "国歌", "人民英雄纪念碑", "中南海"]
)
def test_symbols_of_the_country_are_no_hits(symbol):
    matcher = Matcher.build(shipped_lexicons())
    assert matcher.find(f"全校师生在{symbol}前合影，高唱国歌。") == []
