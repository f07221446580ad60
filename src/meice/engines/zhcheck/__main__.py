"""``python -m meice.engines.zhcheck FILE…``."""

from meice.engines.zhcheck.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
