"""`meice demo`: the server on a throw-away university, with printed logins."""

import json
import os
import shutil
import sys
from pathlib import Path

from meice.config import environment
from meice.kernel.loading import for_good

MARK, LOGINS = ".meice-demo", "demo-logins.json"
Login = dict[str, str]


def run(host: str, port: int, fresh: bool, target: Path | None) -> int:
    """Build the university when it is not there, print its logins, serve until stopped."""
    folder = _folder()
    if refusal := _claim(folder, fresh):
        sys.stderr.write(f"{refusal}\n")
        return 1
    os.environ.update(
        MEICE_DATA_DIR=str(folder),
        MEICE_DEMO="1",
        MEICE_PUBLIC_URL=f"http://{host}:{port}",
        DJANGO_SETTINGS_MODULE="meice.config.settings",
    )
    with for_good():
        import django

        django.setup()
    from meice.config import serving

    logins = _logins(folder)
    if target is not None:
        _write(target, logins)
    return serving.serve(host, port, hello=_hello(host, port, logins))


def _folder() -> Path:
    given = environment.text("MEICE_DATA_DIR")
    return Path(given or "var/demo").expanduser().resolve()


def _claim(folder: Path, fresh: bool) -> str:
    """Take `folder` for the demo; a sentence instead when it holds something else."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        return f"{folder} 里有别的数据，演示不能用它。请另设 MEICE_DATA_DIR。"
    if fresh and environment.text("MEICE_DATABASE_URL"):
        return "设了 MEICE_DATABASE_URL，--fresh 不会清空外部数据库。请自己换一个空库。"
    if fresh or (not (folder / LOGINS).exists() and not environment.text("MEICE_DATABASE_URL")):
        shutil.rmtree(folder, ignore_errors=True)  # asked for, or a building that was cut short
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / MARK).touch()
    return ""


def _logins(folder: Path) -> list[Login]:
    """The kept logins; the university is built once, and again if the building was cut short."""
    kept = folder / LOGINS
    from meice.config import serving
    from meice.demo import build

    serving.prepare()
    if not kept.exists():
        sys.stderr.write("正在建一所虚构大学，约需二十秒…\n")
        _write(kept, build())
    logins: list[Login] = json.loads(kept.read_text("utf-8"))
    return logins


def _write(path: Path, logins: list[Login]) -> None:
    draft = path.with_name(f"{path.name}.draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(logins, ensure_ascii=False, indent=1) + "\n", "utf-8")
    draft.replace(path)


def _hello(host: str, port: int, logins: list[Login]) -> str:
    lines = [
        f"  {one['username']:<12}{one['password']:<18}{one['role']:<12}{one['unit']}"
        for one in logins
    ]
    head = f"媒册演示已启动：http://{host}:{port}/  （Ctrl+C 停止）\n登录名      口令              角色        单位\n"
    return head + "\n".join(lines) + "\n"
