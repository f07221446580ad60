"""`python -m benchmarks.webprobe [--hosts N] [--pages N] [--quick] [--polite]`: side by side."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from benchmarks.webprobe.pages import broken

SERVERS = 2
AIMS = "目标：meice（全部检查）≥ 10 × Scrapy、≥ 1 × wget；内存不随页数增长；限速时比下限多不过 20 %"
QUICK = (40, 20)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.webprobe")
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=50, help="每个站点的页数")
    parser.add_argument("--quick", action="store_true", help="40 个站点、每站 20 页")
    parser.add_argument("--polite", action="store_true", help="每站每秒 1 次请求，与下限比")
    parser.add_argument("--only", nargs="*", default=["scrapy", "wget", "meice"])
    given = parser.parse_args()
    hosts, pages = QUICK if given.quick else (given.hosts, given.pages)
    print(f"{hosts} 个站点 × {pages} 页，{SERVERS} 个服务进程（epoll，127.88/16）；"
          f"{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.1f}")  # fmt: skip
    if given.polite:
        return _polite(hosts, pages)
    return _side_by_side(_present(given.only), hosts, pages)


def _present(names: list[str]) -> list[str]:
    missing = {
        "scrapy": find_spec("scrapy") is None,
        "wget": shutil.which("wget") is None,
    }
    for name in names:
        if missing.get(name):
            print(f"缺 {name}：{'make peers' if name == 'scrapy' else '请装系统的 wget'}")
    return [name for name in names if not missing.get(name)]


def _side_by_side(names: list[str], hosts: int, pages: int) -> int:
    results = {name: run(name, hosts, pages) for name in names}
    expected = hosts * len(broken(pages))
    print("| 做法 | 秒 | 页 | 页/秒 | CPU 秒 | 请求 | 死链（应有）| 内存 MB | 相对 meice |")
    print("|---|---|---|---|---|---|---|---|---|")
    ours = results.get("meice")
    for name, each in results.items():
        speed = each["pages"] / each["seconds"]
        ratio = f"{ours['pages'] / ours['seconds'] / speed:.2f} ×" if ours and speed else "—"
        print(f"| {name} | {each['seconds']:.1f} | {each['pages']} | {speed:.0f} | {each['cpu']:.1f} "
              f"| {each['requests']} | {each['broken']}（{expected}）| {each['memory']:.0f} | {ratio} |")  # fmt: skip
    if ours:
        fifth = run("meice", max(1, hosts // 5), pages)
        print(
            f"meice 内存：{hosts // 5} 个站点 {fifth['memory']:.0f} MB，{hosts} 个站点 {ours['memory']:.0f} MB"
        )
    print(AIMS)
    return 0


def _polite(hosts: int, pages: int) -> int:
    result = run("meice", hosts, pages, rate=1.0)
    floor = result["most"] - 1  # the first request of a host waits for nothing
    print(f"每站每秒 1 次：{result['seconds']:.1f} 秒，{result['pages']} 页，最忙的站收到 {result['most']} 次请求；"
          f"下限 {floor} 秒，{result['seconds'] / max(floor, 1):.2f} ×（按页数的下限 {pages - 1} 秒，"
          f"{result['seconds'] / max(pages - 1, 1):.2f} ×）")  # fmt: skip
    print(AIMS)
    return 0


def run(name: str, hosts: int, pages: int, rate: float = 0.0) -> dict[str, Any]:
    """One contender on a farm that is up for it alone."""
    with serving(pages) as (port, counts):
        command = [sys.executable, "-m", "benchmarks.webprobe.contenders", name]
        command += [str(port), str(hosts), str(pages), str(rate)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    by_host: dict[str, int] = {}
    for count in counts:
        for host, asked in count["hosts"].items():
            by_host[host] = by_host.get(host, 0) + asked
    return result | {"requests": sum(by_host.values()), "most": max(by_host.values(), default=0)}


@contextmanager
def serving(pages: int) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The servers on a free port; when they are down the list holds what each of them counted."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.webprobe.server", str(port), str(pages)]
    servers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(SERVERS)
    ]
    counts: list[dict[str, Any]] = []
    try:
        for server in servers:
            assert server.stdout
            assert server.stdout.readline() == "ready\n"
        yield port, counts
    finally:
        counts += [json.loads(server.communicate()[0] or '{"hosts": {}}') for server in servers]


if __name__ == "__main__":
    sys.exit(main())
