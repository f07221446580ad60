"""`python -m benchmarks.zhcheck [--manuscripts 200] [--rounds 5]`: one run, side by side.

CPU time of this process (one thread), median of the rounds; round by round, so that a busy minute
hits every contender.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from statistics import median
from time import process_time

from benchmarks.zhcheck import whole
from benchmarks.zhcheck.contenders import CONTENDERS, Search
from benchmarks.zhcheck.texts import disguised, plain, terms

SIZES = (10_000, 100_000)
AIMS = (
    "目标：不需折叠的文本 ≥ 0.5 × daachorse；布满变体的文本（含位置映射）≥ 0.5 × ahocorasick_rs；"
    "3000 字全部规则 1–2 毫秒；10 万词重新装入 < 1 秒"
)


def main() -> int:
    """Print the tables; 1 if our hits on plain text are not those of daachorse."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.zhcheck")
    parser.add_argument("--manuscripts", type=int, default=200, help="稿件数，每篇 3000 字")
    parser.add_argument("--rounds", type=int, default=5, help="每项量几遍，取中位数")
    options = parser.parse_args()
    print(
        f"{options.manuscripts} 篇，每篇 3000 字；{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.1f}"
    )
    agree = [_side_by_side(size, options.manuscripts, options.rounds) for size in SIZES]
    whole.print_all(options.rounds)
    print(AIMS)
    return int(not all(agree))


def _side_by_side(size: int, manuscripts: int, rounds: int) -> bool:
    words = terms(size)
    searches = _available(words)
    texts = plain(manuscripts, words)
    agree = _same_hits(searches, texts)
    print(f"\n{size} 词；与 daachorse 的命中{'一致' if agree else '不一致'}")
    print("| 文本 | 做法 | 百万字/秒 | 比 daachorse | 比 ahocorasick_rs | 命中 |")
    print("|---|---|---|---|---|---|")
    for name, each in (("不需折叠", texts), ("布满变体", disguised(texts))):
        _print(name, _measure(searches, each, rounds), searches, each)
    return agree


def _available(words: Sequence[str]) -> dict[str, Search]:
    """Those that are installed (`make peers`)."""
    found = {}
    for name, build in CONTENDERS.items():
        try:
            found[name] = build(words)
        except ImportError:
            print(f"{name} 没有安装（make peers），略过")
    return found


def _same_hits(searches: dict[str, Search], texts: Sequence[str]) -> bool:
    def ours(text: str) -> list[tuple[int, int]]:
        return [(hit.start, hit.end) for hit in searches["meice"](text)]

    def theirs(text: str) -> list[tuple[int, int]]:
        return [(start, end) for start, end, _ in searches["daachorse"](text)]

    return all(ours(text) == theirs(text) for text in texts)


def _measure(searches: dict[str, Search], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """CPU seconds of one pass over all texts."""
    taken: dict[str, list[float]] = {name: [] for name in searches}
    gc.disable()
    for _ in range(rounds):
        for name, search in searches.items():
            fresh = [text[:-1] + text[-1] for text in texts]  # nobody reads a text twice
            begun = process_time()
            for text in fresh:
                search(text)
            taken[name].append(process_time() - begun)
    gc.enable()
    return {name: median(times) for name, times in taken.items()}


def _print(
    kind: str, seconds: dict[str, float], searches: dict[str, Search], texts: Sequence[str]
) -> None:
    characters = sum(map(len, texts))
    for name, taken in seconds.items():
        hits = sum(len(searches[name](text)) for text in texts)
        ratios = " | ".join(
            f"{seconds[peer] / taken:.2f} ×" if peer in seconds else "—"
            for peer in ("daachorse", "ahocorasick_rs")
        )
        print(f"| {kind} | {name} | {characters / taken / 1e6:.1f} | {ratios} | {hits} |")


if __name__ == "__main__":
    sys.exit(main())
