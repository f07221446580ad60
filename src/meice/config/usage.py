"""argparse in Chinese: the few sentences that a person may meet."""

import argparse
import re
import sys
from typing import NoReturn

_PHRASES = (
    (r"the following arguments are required: (.+)", r"缺少：\1"),
    (r"unrecognized arguments: (.+)", r"不认识：\1"),
    (r"argument (.+): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.+): expected at least one argument", r"\1 后面至少要跟一个值"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 不能是 \2，可用：\3"),
    (r"argument (.+): invalid (.+) value: (.+)", r"\1 的值 \3 不合要求"),
    (r"argument (.+): (.+)", r"\1：\2"),
)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose errors are one Chinese line and exit code 2."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"用法不对：{_chinese(message)}\n看用法：{self.prog} --help\n")
        raise SystemExit(2)

    def format_help(self) -> str:
        text = super().format_help().replace("usage: ", "用法：", 1)
        text = text.replace("\noptions:", "\n选项：").replace("positional arguments:", "参数：")
        return text.replace("show this help message and exit", "显示这份说明")


def _chinese(message: str) -> str:
    for pattern, words in _PHRASES:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, words, message, flags=re.DOTALL)
    return message
