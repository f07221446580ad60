"""A progress bar on standard error while it is a terminal; nothing where it is not."""

from __future__ import annotations

import sys
import time

WIDTH = 30
STEP = 0.1  # seconds between two drawings


class Bar:
    """Draws ``[#####-----] 12/40``; use as an ``on_progress``; what follows the two numbers is not shown."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, done: int, total: int, *_of: object) -> None:
        now = time.monotonic()
        if not self._shown or total <= 1 or (done < total and now - self._last < STEP):
            return
        self._last = now
        filled = WIDTH * done // total
        ending = "\n" if done >= total else ""
        sys.stderr.write(f"\r[{'#' * filled}{'-' * (WIDTH - filled)}] {done}/{total}{ending}")
        sys.stderr.flush()
