"""``python -m benchmarks.annexes [--packages N] [--rounds N]``: one run, side by side."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.annexes.contenders import CONTENDERS
from benchmarks.annexes.generate import generate
from benchmarks.annexes.truth import ROWS, units

AIMS = "目标：check ≥ 5 × pandas+xlrd、≥ 1 × pandas+calamine；merge ≥ 2 × pandas+xlrd 且 < 8 秒；错格 0"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.annexes")
    parser.add_argument("--packages", type=int, default=1000, help="单位数（每单位 4 个 .xls）")
    parser.add_argument("--rounds", type=int, default=3, help="每项量几遍，取中位数")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="annexes-") as root:
        folder = Path(root) / "in"
        folder.mkdir()
        generate(units(options.packages), folder)
        print(f"{options.packages} 个压缩包，{4 * options.packages} 个 .xls，"
              f"附件1 每份 {ROWS} 行；{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.1f}")  # fmt: skip
        results = _measure(folder, Path(root), options.packages, options.rounds)
    _print(results)
    return int(any(result["wrong"] > 0 for result in results.values()))


def _measure(folder: Path, root: Path, count: int, rounds: int) -> dict[str, dict[str, Any]]:
    """Round by round, so that a busy minute hits every contender."""
    taken: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTENDERS}
    for number in range(rounds):
        for name, results in taken.items():
            out = root / f"out-{number}"
            command = [sys.executable, "-m", "benchmarks.annexes.contenders"]
            command += [name, str(folder), str(count), str(out)]
            told = subprocess.run(command, check=True, capture_output=True, text=True)
            results.append(json.loads(told.stdout))
    return {
        name: {
            "seconds": median(each["seconds"] for each in results),
            "cpu": median(each["cpu"] for each in results),
            "files": results[0]["files"],
            "wrong": max(each["wrong"] for each in results),
        }
        for name, results in taken.items()
    }


def _print(results: dict[str, dict[str, Any]]) -> None:
    base = results["pandas+xlrd"]
    second = results["pandas+calamine"]
    print("| 做法 | 秒 | CPU 秒 | 文件/秒 | 比 pandas+xlrd | 比 pandas+calamine | 错格 |")
    print("|---|---|---|---|---|---|---|")
    for name, each in results.items():
        seconds = each["seconds"]
        wrong = "不核对" if each["wrong"] < 0 else each["wrong"]
        print(
            f"| {name} | {seconds:.2f} | {each['cpu']:.2f} | {each['files'] / seconds:.0f} "
            f"| {base['seconds'] / seconds:.2f} × | {second['seconds'] / seconds:.2f} × | {wrong} |"
        )
    print(AIMS)


if __name__ == "__main__":
    sys.exit(main())
