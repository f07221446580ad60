"""The command `meice`: one program for the engines and for the system.

The engines' commands (`annex …`) import neither Django nor the database, so that they start fast
and run where nothing is set up. Exit codes: 0 no error found, 1 at least one error found, 2 wrong
usage, 3 the command itself was stopped.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import NoReturn

from meice.config import usage
from meice.engines.annexes import cli as annexes
from meice.kernel.loading import for_good

OK, FOUND, USAGE, STOPPED = 0, 1, 2, 3


class Stopped(BaseException):
    """SIGTERM arrived; like KeyboardInterrupt, nothing but `main` catches it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code (see the module's text)."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        options = build_parser().parse_args(_normalised(arguments))
        return int(options.run(options))
    except (KeyboardInterrupt, Stopped):
        print("已中止。", file=sys.stderr)  # noqa: T201
        return STOPPED
    except BrokenPipeError:
        sys.stdout = None
        return STOPPED


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped


def _normalised(arguments: Sequence[str] | None) -> list[str]:
    """What follows `manage` belongs to Django, `probe` and `proof` read theirs: options included."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    own = given[:1] in (["manage"], ["probe"], ["proof"])
    return [*given[:1], "--", *given[1:]] if own else given


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; help and errors are Chinese."""
    parser = usage.Parser(prog="meice", description="媒册：高校新媒体（网站）备案与填报")
    parser.add_argument("--version", action="version", version=version("meice"), help="版本号")
    commands = parser.add_subparsers(
        title="命令", metavar="命令", required=True, parser_class=usage.Parser
    )
    annex = commands.add_parser("annex", help="附件1—4：检查、读取、合并、写出")
    annexes.add_parsers(
        annex.add_subparsers(title="命令", metavar="命令", required=True, parser_class=usage.Parser)
    )
    probe = commands.add_parser("probe", help="探测网站：更新、链接、证书、备案、安全")
    probe.add_argument("rest", nargs=argparse.REMAINDER, metavar="URL…")
    probe.set_defaults(run=_probe)
    proof = commands.add_parser("proof", help="校对文字：表述、个人信息、密级、出处、标点、数字")
    proof.add_argument("rest", nargs=argparse.REMAINDER, metavar="FILE…")
    proof.set_defaults(run=_proof)
    for add in (_add_serving, _add_upkeep):
        add(commands)
    return parser


def _add_serving(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    serve = commands.add_parser(
        "serve", help="启动网站和后台任务（迁移数据库、收集静态文件一并做）"
    )
    serve.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    serve.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    serve.set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="启动一所虚构大学，看一看、试一试")
    demo.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    demo.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    demo.add_argument("--fresh", action="store_true", help="删掉上一次的演示数据重新来")
    demo.add_argument(
        "--logins", type=Path, metavar="FILE", help="把登录名和口令写进这个 JSON 文件"
    )
    demo.set_defaults(run=_demo)
    worker = commands.add_parser("worker", help="只运行后台任务")
    worker.set_defaults(run=_worker)


def _add_upkeep(commands: "argparse._SubParsersAction[usage.Parser]") -> None:
    doctor = commands.add_parser("doctor", help="说明配置了什么、通不通、缺什么")
    doctor.add_argument("--json", action="store_true", help="输出 JSON")
    doctor.set_defaults(run=_doctor)
    verify = commands.add_parser("verify", help="核对审计链和存档文件，指出被改动的")
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    verify.set_defaults(run=_verify)
    backup = commands.add_parser("backup", help="备份数据库、文件和密钥到一个文件")
    backup.add_argument(
        "file", type=Path, metavar="FILE", help="备份文件，如 meice-20261122.tar.gz"
    )
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="把备份恢复到一个空的数据目录")
    restore.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    restore.set_defaults(run=_restore)
    admin = commands.add_parser("createadmin", help="建立系统管理员账号")
    admin.add_argument("--username", help="登录名（工号）")
    admin.add_argument("--name", help="姓名")
    admin.set_defaults(run=_createadmin)
    manage = commands.add_parser("manage", help="Django 的管理命令")
    manage.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")
    manage.set_defaults(run=_manage)


def _ready() -> None:
    """Load Django; only the system's commands pay for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meice.config.settings")
    with for_good():
        import django

        django.setup()


def _probe(options: argparse.Namespace) -> int:
    from meice.engines.webprobe import cli as webprobe  # its libraries are for it alone

    parser = usage.Parser(prog="meice probe", description="探测网站，说明问题和证据")
    webprobe.add_arguments(parser)
    return webprobe.run(parser.parse_args([a for a in options.rest if a != "--"]))


def _proof(options: argparse.Namespace) -> int:
    from meice.engines.zhcheck import cli as zhcheck

    parser = usage.Parser(prog="meice proof", description="校对文字，指出位置、说明和依据")
    zhcheck.add_arguments(parser)
    return zhcheck.run(parser.parse_args([a for a in options.rest if a != "--"]))


def _serve(options: argparse.Namespace) -> int:
    _ready()
    from meice.config import serving

    return serving.serve(options.host, options.port)


def _demo(options: argparse.Namespace) -> int:
    from meice.config import demonstration

    return demonstration.run(options.host, options.port, options.fresh, options.logins)


def _worker(_options: argparse.Namespace) -> int:
    _ready()
    from meice.config import serving

    return serving.work()


def _doctor(options: argparse.Namespace) -> int:
    _ready()
    from meice.config import doctor

    return doctor.run(as_json=options.json)


def _verify(options: argparse.Namespace) -> int:
    _ready()
    from meice.config import verification

    return verification.run(as_json=options.json)


def _backup(options: argparse.Namespace) -> int:
    from meice.config import backup

    return backup.write(options.file)


def _restore(options: argparse.Namespace) -> int:
    from meice.config import backup

    return backup.restore(options.file)


def _createadmin(options: argparse.Namespace) -> int:
    _ready()
    from meice.config import administration

    return administration.create(options.username, options.name)


def _manage(options: argparse.Namespace) -> int:
    _ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["meice manage", *(a for a in options.rest if a != "--")])
    return OK
