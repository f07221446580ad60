"""What is measured, each in a process of its own: ``python -m benchmarks.annexes.contenders NAME
FOLDER PACKAGES OUT`` prints one JSON line. Imports are not timed; starting children is."""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from benchmarks.annexes import oracle
from benchmarks.annexes.truth import units

TODAY = date(2021, 6, 30)
Verify = Callable[[], int]


def pandas_reads(folder: Path, engine: str) -> tuple[int, Verify]:
    """Read every workbook and concatenate by annex: no header, no check, no isolation."""
    import pandas as pd

    warnings.simplefilter("ignore")
    frames: dict[str, list[Any]] = {}
    for path in sorted(folder.glob("*.zip")):
        with ZipFile(path) as archive:
            for member in archive.namelist():
                data = BytesIO(archive.read(member))
                frame = pd.read_excel(data, header=None, dtype=object, engine=engine)
                frames.setdefault(member[-5], []).append(frame)
    joined = [pd.concat(each, ignore_index=True) for each in frames.values()]
    files = sum(len(each) for each in frames.values())
    assert sum(len(frame) for frame in joined) > 0
    return files, lambda: -1


def pandas_xlrd(folder: Path, _out: Path, _count: int) -> tuple[int, Verify]:
    return pandas_reads(folder, "xlrd")


def pandas_calamine(folder: Path, _out: Path, _count: int) -> tuple[int, Verify]:
    return pandas_reads(folder, "calamine")


def ours_check(folder: Path, _out: Path, count: int) -> tuple[int, Verify]:
    """Read in limited children, each cell checked, the forms of a package compared."""
    from meice.engines.annexes.check import check

    report = check([folder], today=TODAY)
    return len(report.files), lambda: oracle.wrong_cells_read(report, units(count))


def ours_whole(folder: Path, out: Path, count: int) -> tuple[int, Verify]:
    """The same, then merged, the package and the report written to the disk."""
    from meice.engines.annexes.check import check
    from meice.engines.annexes.merge import Request, merge, write_merged

    report = check([folder], today=TODAY)
    merged = merge(report, Request("华园大学宣传部", "宣传部", TODAY))
    written = write_merged(merged, out)
    return len(report.files), lambda: oracle.wrong_cells_merged(written.package, units(count))


CONTENDERS = {
    "pandas+xlrd": pandas_xlrd,
    "pandas+calamine": pandas_calamine,
    "meice check": ours_check,
    "meice merge": ours_whole,
}


def _preload(name: str) -> None:
    if name.startswith("pandas"):
        import pandas  # noqa: F401
        import python_calamine  # noqa: F401
        import xlrd  # noqa: F401
    else:
        import meice.engines.annexes.check
        import meice.engines.annexes.merge  # noqa: F401


def main() -> None:
    name, folder, count, out = sys.argv[1:]
    _preload(name)
    used, began = _cpu(), time.perf_counter()
    files, verify = CONTENDERS[name](Path(folder), Path(out), int(count))
    seconds = time.perf_counter() - began
    _end_children()
    print(json.dumps({"seconds": seconds, "cpu": _cpu() - used, "files": files, "wrong": verify()}))


def _cpu() -> float:
    """Seconds of both cores, of this process and of its ended children."""
    of = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in of)


def _end_children() -> None:
    """Children count once they have ended and were waited for."""
    import os

    from meice.engines.sandbox import shared_pool

    shared_pool().close()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
        except ChildProcessError:
            return


if __name__ == "__main__":
    main()
