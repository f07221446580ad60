"""There is one way out of the house: nothing but the gate opens a connection to other machines."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, python_files, short, tree

GATE = PACKAGE / "engines" / "gate"
# What can open a connection, by module; of `http` only the status codes are harmless.
DOORS = frozenset(
    """
    socket ssl _socket _ssl socketserver asyncio asyncore ftplib http.client http.server imaplib
    nntplib poplib smtplib telnetlib urllib.request xmlrpc wsgiref multiprocessing.managers
    pycurl curl_cffi requests urllib3 httpx httpcore aiohttp niquests wreq rnet primp websocket
    websockets tornado twisted trio anyio gevent paramiko ldap ldap3 scrapy selenium playwright
    pyppeteer dns.asyncquery dns.asyncresolver dns.query dns.resolver dns.update dns.xfr
    django.core.mail redis celery pika kombu boto3 git feedparser
    """.split()  # noqa: SIM905
)
BROWSERS = frozenset(
    {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "firefox"}
)
PROGRAMS = BROWSERS | {"curl", "wget", "nc", "ncat", "ssh", "scp", "dig", "nslookup", "telnet"}
# Who may use one all the same, and nothing of it but these names.
EXCEPTIONS = {
    "src/meice/engines/sandbox/process.py": {"socket.socketpair", "socket.socket"},  # to our child
    "src/meice/engines/sandbox/child.py": {"socket.socket", "socket.fromshare"},  # to our parent
    "src/meice/engines/sandbox/wire.py": {"socket.socket"},  # reads and writes the above
    "src/meice/jobs/worker.py": {"socket.gethostname"},
    "src/meice/inspections/tasks.py": {"socket.gethostname"},
    "src/meice/notices/mail.py": {"django.core.mail.EmailMessage"},  # the configured mail server
    "src/meice/config/doctor.py": {"django.core.mail.get_connection"},  # is it reachable?
}
# Who may start a program that could; the browser has no network there (test_picture.py shows it).
STARTS = {"src/meice/engines/webprobe/picture.py": BROWSERS - {"firefox"}}
MODULES = [path for path in python_files() if GATE not in path.parents]


def doors(module: ast.Module) -> set[str]:
    """Every network name that a module imports, in full; from-imports with the name taken."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {spelled(alias) for alias in node.names if is_door(alias.name)}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name for name in names if is_door(name)}
        elif isinstance(node, ast.Call):
            found |= {f"import of {name}" for name in imported_by_call(node) if is_door(name)}
    return found


def spelled(alias: ast.alias) -> str:
    """The module; with its other name, which no exception covers."""
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def is_door(name: str) -> bool:
    """True for a module of the list, its submodules and its names."""
    parts = name.split(".")
    return any(".".join(parts[:length]) in DOORS for length in range(1, len(parts) + 1))


def imported_by_call(call: ast.Call) -> list[str]:
    """What `import_module("…")` or `__import__("…")` names."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in ("import_module", "__import__"):
        return []
    return [arg.value for arg in call.args if isinstance(arg, ast.Constant) and arg.value]


def uses(module: ast.Module, imported: set[str]) -> set[str]:
    """The names that are really used of the imported modules: `socket` → `socket.gethostname`."""
    found = {name for name in imported if name not in DOORS}
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {f"{node.value.id}.{node.attr}"} if node.value.id in imported else set()
    return found


def programs(module: ast.Module) -> set[str]:
    """Network programs that a module might start."""
    words = (node.value for node in ast.walk(module) if isinstance(node, ast.Constant))
    return {word for word in words if isinstance(word, str) and word in PROGRAMS}


@cache
def seen(path: Path) -> tuple[set[str], set[str]]:
    """What a module uses of the network, and the network programs it names."""
    module = tree(path)
    imported = doors(module)
    return (uses(module, imported) or imported) if imported else set(), programs(module)


def trespasses(path: Path) -> set[str]:
    """What a module opens that it may not."""
    used, started = seen(path)
    name = short(path)
    return (used - EXCEPTIONS.get(name, set())) | (started - STARTS.get(name, frozenset()))


def test_only_the_gate_reaches_the_network():
    assert {short(path): found for path in MODULES if (found := trespasses(path))} == {}


def test_every_exception_is_needed():
    used = {short(path): seen(path)[0] for path in MODULES}
    assert {path: used.get(path) for path in EXCEPTIONS} == EXCEPTIONS
    started = {short(path): seen(path)[1] for path in MODULES}
    assert {path: started.get(path) for path in STARTS} == STARTS


@pytest.mark.parametrize(
    "planted",
    [
        "import socket",
        "import urllib.request",
        "import urllib.request as parse",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import http.client",
        "from http import client",
        "import requests",
        "import pycurl as parser",
        "import socket as parser\nparser.create_connection(place)",
        "from aiohttp import ClientSession",
        "def later():\n    import asyncio",
        "import importlib\nimportlib.import_module('pycurl')",
        "__import__('socket')",
        "import subprocess\nsubprocess.run(['curl', url])",
        "import subprocess\nsubprocess.run(['chromium', '--headless', url])",
    ],
)
def test_a_planted_way_out_is_found(tmp_path, planted):
    path = tmp_path / "planted.py"
    path.write_text(planted, "utf-8")
    assert any(seen(path))


@pytest.mark.parametrize(
    "harmless",
    [
        "from urllib.parse import urlsplit",
        "from http import HTTPStatus",
        "import dns.zone",
        "from meice.engines.gate import fetch",
    ],
)
def test_harmless_neighbours_are_not_found(tmp_path, harmless):
    path = tmp_path / "harmless.py"
    path.write_text(harmless, "utf-8")
    assert seen(path) == (set(), set())


def test_an_exception_covers_the_named_use_only():
    module = ast.parse("import socket\nsocket.gethostname()\nsocket.create_connection(('a', 1))")
    assert uses(module, doors(module)) == {"socket.gethostname", "socket.create_connection"}
