"""The command line: Chinese, stable exit codes, engines without Django."""

import os
import subprocess
import sys

import pytest


def meice(*arguments, **options):
    """Run the real command in a child."""
    return subprocess.run(
        [sys.executable, "-m", "meice", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


def alone_in(folder):
    """The environment of an installation that has nothing yet but this folder."""
    ours = ("MEICE_", "DJANGO_")
    others = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**others, "MEICE_DATA_DIR": str(folder)}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少：命令"),
        (["annex"], "缺少：命令"),
        (["nonsense"], "不能是 'nonsense'"),
        (["serve", "--port", "x"], "--port 的值 'x' 不合要求"),
        (["backup"], "缺少：FILE"),
        (["doctor", "--nope"], "不认识：--nope"),
    ],
)
def test_wrong_usage_is_said_in_chinese_with_code_2(arguments, words):
    outcome = meice(*arguments)
    assert outcome.returncode == 2
    assert words in outcome.stderr
    assert outcome.stdout == ""


@pytest.mark.parametrize("command", ["verify", "worker"])
def test_an_empty_database_is_said_in_one_sentence(command, tmp_path):
    outcome = meice(command, env=alone_in(tmp_path))
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("这个数据库还是空的。")
    assert len(outcome.stderr.splitlines()) == 1
    assert outcome.stdout == ""


def test_the_first_administrator_is_made_in_a_new_installation(tmp_path):
    surroundings = alone_in(tmp_path)
    made = meice(
        "createadmin", "--username", "20180055", "--name", "陆一鸣",
        input="Zi-Teng-Hua-2026\n", env=surroundings,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "已建立系统管理员「20180055」。\n")
    assert meice("verify", env=surroundings).returncode == 0


def test_help_is_chinese():
    outcome = meice("--help")
    assert outcome.returncode == 0
    assert outcome.stdout.startswith("用法：meice")
    assert "show this help" not in outcome.stdout


def test_the_engines_commands_load_no_django():
    probe = (
        "import sys; from meice.config.cli import build_parser; build_parser();"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False, timeout=60).returncode == 0
