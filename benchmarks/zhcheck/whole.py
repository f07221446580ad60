"""One manuscript through all rules, and a long list loaded anew while texts are read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, process_time

from benchmarks.zhcheck.contenders import lexicon_of
from benchmarks.zhcheck.texts import LENGTH, terms

from meice.engines.zhcheck import Lexicon, check
from meice.engines.zhcheck.checking import shipped
from meice.engines.zhcheck.matcher import LiveMatcher, Matcher

TODAY = date(2026, 11, 22)
CLEAN = Path("tests/engines/zhcheck/gold/clean-news.toml")
FAULTS = "截止目前，再接再励。请联系13800000001。会议定于2026年11月23日（星期五）举行。\n"
MANY = 100_000
_SHORT_RUNS = 40


def print_all(rounds: int) -> None:
    """Print the time of a manuscript and of a reload."""
    print("\n| 一篇 3000 字，全部规则 | 毫秒（中位数） | 问题 |")
    print("|---|---|---|")
    texts = tomllib.loads(CLEAN.read_text("utf-8"))["text"]
    clean = "\n".join(text["text"] for text in texts)[:LENGTH]
    faulty = (FAULTS * 3 + clean)[:LENGTH]
    long_list = (*shipped(), lexicon_of(terms(MANY)))
    _print_manuscript("随附词表，没有毛病", clean, None)
    _print_manuscript("随附词表，有毛病", faulty, None)
    _print_manuscript("随附词表和 10 万词，有毛病", faulty, long_list)
    _print_reload(rounds)


def _print_manuscript(name: str, text: str, lexicons: tuple[Lexicon, ...] | None) -> None:
    issues = check(text, lexicons, today=TODAY)
    taken = _median(lambda: check(text, lexicons, today=TODAY), _SHORT_RUNS)
    print(f"| {name} | {taken * 1000:.2f} | {len(issues)} |")


def _median(deed: Callable[[], object], rounds: int) -> float:
    """CPU seconds."""
    taken = []
    for _ in range(rounds):
        begun = process_time()
        deed()
        taken.append(process_time() - begun)
    return median(taken)


def _print_reload(rounds: int) -> None:
    lexicon = lexicon_of(terms(MANY))
    built = _median(lambda: Matcher.build([lexicon]), rounds)
    pause = _longest_read(lexicon, None)
    with TemporaryDirectory(prefix="zhcheck-") as folder:
        cache = Path(folder)
        Matcher.build([lexicon], cache=cache)
        kept = _median(lambda: Matcher.build([lexicon], cache=cache), rounds)
        short_pause = _longest_read(lexicon, cache)
        size = sum(path.stat().st_size for path in cache.iterdir())
    print("\n| 10 万词重新装入 | CPU 秒 | 其间另一线程读一篇最久（毫秒） |")
    print("|---|---|---|")
    print(f"| 编译 | {built:.2f} | {pause * 1000:.0f} |")
    print(f"| 读已编译的（{size / 1e6:.1f} MB） | {kept:.2f} | {short_pause * 1000:.0f} |")


def _longest_read(lexicon: Lexicon, cache: Path | None) -> float:
    """The longest that reading a text took while a matcher was built and put in its place."""
    live = LiveMatcher(Matcher.build([lexicon_of(terms(1_000))]))
    longest, done = 0.0, Event()

    def read() -> None:
        nonlocal longest
        while not done.is_set():
            begun = perf_counter()
            live.find(FAULTS * 60)
            longest = max(longest, perf_counter() - begun)

    reader = Thread(target=read)
    reader.start()
    live.swap(Matcher.build([lexicon], cache=cache))
    done.set()
    reader.join()
    return longest
