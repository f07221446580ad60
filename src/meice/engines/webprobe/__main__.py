"""``python -m meice.engines.webprobe URL…``."""

from meice.engines.webprobe.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
