"""What reaches a terminal: words, never its control characters."""

import json

import pytest

from meice.engines.terminal import WRONG_USAGE, Bar, reason_of, say, say_json, warn, wrong

ESCAPE = "\x1b[2J\u202e\r"


@pytest.mark.parametrize("text", [f"表{ESCAPE}.xls", "表\n错误：假的一行", "表\udcff"])
def test_a_line_is_one_line_without_control_characters(capfdbinary, text):
    say(text)
    told = capfdbinary.readouterr().out.decode()
    assert told.count("\n") == 1
    assert told.strip().isprintable()


def test_blanks_of_chinese_copy_stay(capfdbinary):
    say("校长\u3000李某")
    assert "\u3000" in capfdbinary.readouterr().out.decode()


def test_json_is_one_document_on_one_line(capfdbinary):
    say_json({"path": f"表{ESCAPE}\n"})
    assert json.loads(capfdbinary.readouterr().out) == {"path": f"表{ESCAPE}\n"}


def test_warnings_go_beside_the_answer(capfd):
    warn(f"词库不能用：\n第 2 行{ESCAPE}")
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err == "词库不能用：\n第 2 行�[2J��\n"


def test_a_wrong_call_gives_its_exit_code(capfd):
    assert wrong("没有这个文件") == WRONG_USAGE
    assert capfd.readouterr().err == "没有这个文件\n"


def test_a_reason_is_in_words_or_by_its_number():
    assert reason_of(PermissionError(13, "")) == "没有权限"
    assert reason_of(OSError(9999, "")) == "系统错误 9999"


def test_no_bar_is_drawn_where_nobody_looks(capfd):
    bar = Bar()
    bar(1, 2, "https://sx.huayuan.edu.cn/")
    assert capfd.readouterr().err == ""
