"""`python -m meice` is the command `meice`."""

import sys

from meice.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
