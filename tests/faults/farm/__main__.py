"""`python -m tests.faults.farm [--today DATE]`: the farm until standard input ends.

Prints one line of JSON: the origin of each site, the address that steers, the trusted root.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import date

from tests.faults.farm.ground import TODAY
from tests.faults.farm.planted import strangers
from tests.faults.farm.serving import Farm
from tests.faults.farm.table import plans


async def main(today: date) -> None:
    """Serve until the parent closes our standard input."""
    farm = Farm((*plans(), *strangers()), today)
    await farm.open()
    told = {"origins": farm.origins, "control": farm.control, "root": farm.root}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.faults.farm", description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY)
    asyncio.run(main(parser.parse_args().today))
