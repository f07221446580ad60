"""An upload in a process of its own: what stands on the pipe is kept as a file.

`python -m tests.faults.uploader [before-row]`; with `before-row` the process dies when the bytes
are in place and the row is not written yet.
"""

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meice.config.settings")
django.setup()

from meice.files.actions import LIMITS, keep_file  # noqa: E402
from meice.files.storage import write_blob  # noqa: E402

if __name__ == "__main__":
    if sys.argv[1:] == ["before-row"]:
        write_blob(sys.stdin.buffer, LIMITS.of)
        os.kill(os.getpid(), signal.SIGKILL)
    keep_file(sys.stdin.buffer, name="附件1.xls", by=None, purpose="test")
