"""A farm of real servers on loopback: hostile ones and labelled ordinary ones, with the truth.

`python -m tests.faults.farm` brings it up and prints the addresses, for a probe by hand.
"""
