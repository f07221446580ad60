"""`meice createadmin`: the first account of a new installation."""

import getpass
import sys

from meice.config import serving
from meice.orgs import actions


def create(username: str | None, name: str | None) -> int:
    """Ask for what is missing; 0 when the account was made, 1 when it was refused.

    In a new installation it comes first: the tables are laid for it.
    """
    username = username or input("登录名（工号）：").strip()
    name = name or input("姓名：").strip()
    serving.lay_tables()
    try:
        actions.create_admin(username=username, name=name, password=_password())
    except ValueError as refusal:
        sys.stderr.write(f"没有建立：{refusal}\n")
        return 1
    sys.stderr.write(f"已建立系统管理员「{username}」。\n")
    return 0


def _password() -> str:
    """From standard input when it is piped, else asked for twice without echo."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("口令：")
    if first != getpass.getpass("再输一次："):
        raise ValueError("两次输入的口令不一样。")
    return first
