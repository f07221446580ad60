"""``meice probe``: the program itself, against a site on loopback."""

import json
import os
import signal
import subprocess
import sys
from threading import Event

import pytest
from tests.engines.webprobe.probing import Reply, by_path, college, page, serve

from meice.config import cli

FAST = ("--rate", "0", "--allow", "127.0.0.1/32", "--now", "2026-11-22")


def meice(*arguments):
    """Run the program; its exit code, standard output and standard error."""
    command = [sys.executable, "-m", "meice", "probe", *arguments]
    done = subprocess.run(command, capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def site():
    with serve(by_path(college())) as up:
        yield up


def test_a_site_in_order_is_code_0_and_one_json_document(site):
    code, out, err = meice(site.url, *FAST, "--json")
    (found,) = json.loads(out)["sites"]
    assert (code, err) == (0, "")
    assert found["verdict"] == "ok"
    assert found["latest_update"] == "2026-11-20"
    assert [each["code"] for each in found["findings"]] == ["http-only"]


def test_a_problem_is_code_1_and_told_in_chinese():
    with serve(by_path(college(days=("2025-01-01",)))) as old:
        code, out, _ = meice(old.url, *FAST)
    assert code == 1
    assert "发现问题，待人工核实" in out
    assert "[一票否决] 首页不更新" in out
    assert "依据：参照国办秘函〔2019〕19号" in out


def test_a_site_that_cannot_be_read_is_code_1_and_unknown(site):
    code, out, _ = meice(site.url, "--rate", "0")
    assert code == 1
    assert "未知" in out
    assert "不允许访问的地址（address-refused）" in out
    assert site.asked == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少：URL"),
        (("http://a.cn/", "--max-pages", "0"), "正整数"),
        (("http://a.cn/", "--rate", "-1"), "不小于 0"),
        (("http://a.cn/", "--allow", "somewhere"), "不是网段"),
        (("http://a.cn/", "--campus-net", "10.0.0.0/99"), "不是网段"),
        (("http://a.cn/", "--now", "yesterday"), "不是日期"),
        (("http://a.cn/", "--rules", "/no/such.toml"), "没有这个文件"),
        (("http://a.cn/", "--nothing"), "不认识"),
    ],
    ids=str,
)
def test_wrong_usage_is_code_2_with_a_chinese_line(arguments, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["probe", *arguments])
    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (2, "")
    assert said in told.err


def test_options_reach_the_probe(site, tmp_path):
    rules = tmp_path / "own.toml"
    rules.write_text(
        'extends = "school"\nkey = "own"\nversion = "1"\n[thresholds]\nhome_days = 1\n'
    )
    code, out, _ = meice(
        site.url, *FAST, "--json", "--max-pages", "1", "--rules", str(rules),
        "--campus-domain", "huayuan.edu.cn", "--campus-net", "10.0.0.0/8",
    )  # fmt: skip
    (found,) = json.loads(out)["sites"]
    codes = {each["code"] for each in found["findings"]}
    assert (code, found["pages"]) == (1, 1)
    assert {"stale-home", "off-campus"} <= codes


def test_the_rate_keeps_requests_apart(site):
    code, out, _ = meice(site.url, "--rate", "10", *FAST[2:], "--json", "--max-pages", "4")
    (found,) = json.loads(out)["sites"]
    assert code == 0
    assert found["elapsed_s"] >= (len(site.asked) - 1) / 10 * 0.9


def test_text_of_a_site_never_reaches_the_terminal_as_a_command():
    evil = page("<p>您访问的页面不存在\x1b]0;x\x07\x1b[2J</p>", "\x1b[31m提示")
    pages = college(more='<a href="/evil.htm">资料</a>') | {"/evil.htm": evil}
    with serve(by_path(pages)) as up:
        _, out, _ = meice(up.url, *FAST)
    assert "不存在" in out
    assert "\x1b" not in out


def test_a_finished_run_is_not_asked_for_again(site, tmp_path):
    journal = str(tmp_path / "run.jsonl")
    first = meice(site.url, *FAST, "--json", "--resume", journal)
    asked = len(site.asked)
    assert meice(site.url, *FAST, "--json", "--resume", journal) == first
    assert len(site.asked) == asked


def test_a_journal_that_cannot_be_written_is_wrong_usage(site, tmp_path):
    code, _, err = meice(site.url, *FAST, "--resume", str(tmp_path))
    assert code == 2
    assert "是目录" in err


def test_a_stopped_command_is_code_3():
    begun = Event()
    release = Event()

    def answer(path, _):
        begun.set()
        release.wait(30)
        return Reply(b"late")

    with serve(answer) as slow:
        command = [sys.executable, "-m", "meice", "probe", slow.url, *FAST]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert begun.wait(60)
        os.kill(process.pid, signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        release.set()
    assert process.returncode == 3
    assert "已中止" in err.decode()


def test_a_killed_run_says_nothing_of_open_sites_and_goes_on(site, tmp_path):
    journal = tmp_path / "run.jsonl"
    hold, held, let_go = [True], Event(), Event()
    pages = college(days=("2026-01-01",))

    def answer(path, _):
        if hold[0] and path != "/robots.txt":
            held.set()
            let_go.wait(30)
        return pages.get(path, Reply(b"none", 404))

    with serve(answer) as other:
        arguments = (site.url, other.url, *FAST, "--json", "--resume", str(journal))
        process = subprocess.Popen([sys.executable, "-m", "meice", "probe", *arguments])
        assert held.wait(60)
        while not journal.exists() or not journal.read_bytes().endswith(b"\n"):
            assert process.poll() is None
        process.kill()
        process.wait()
        assert [line["url"] for line in map(json.loads, journal.read_bytes().splitlines())] == [
            site.url
        ]
        hold[0] = False
        let_go.set()
        asked = len(site.asked)
        code, out, _ = meice(*arguments)
    verdicts = {each["url"]: each["verdict"] for each in json.loads(out)["sites"]}
    assert (code, verdicts) == (1, {site.url: "ok", other.url: "problem"})
    assert len(site.asked) == asked
