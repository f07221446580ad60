"""The annexes engine beside pandas: python -m benchmarks.annexes [--packages N]."""
