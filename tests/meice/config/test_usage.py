"""The command line: Chinese, stable exit codes, engines without Django."""

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
