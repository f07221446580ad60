"""Programs start faster when nobody looks for garbage among modules that stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_good() -> Iterator[None]:
    """What is made inside stays to the end of the process.

    The garbage collector does not walk it while it grows (a seventh of a program's start), and
    never again afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
