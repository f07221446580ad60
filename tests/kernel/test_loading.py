"""What is loaded for good is out of the garbage collector's way; what comes later is not."""

import subprocess
import sys

CODE = """
import gc
from meice.kernel.loading import for_good
try:
    with for_good():
        assert not gc.isenabled()
        kept = [[] for _ in range(5000)]
        raise ImportError
except ImportError:
    pass
assert gc.isenabled()
assert gc.get_freeze_count() > 5000
ring = []
ring.append(ring)
del ring
assert gc.collect() >= 1
"""


def test_collecting_goes_on_after_loading_even_if_that_failed():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
