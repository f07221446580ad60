"""The annex commands without the rest of the program."""

import sys

from meice.engines.annexes.cli import main

sys.exit(main())
