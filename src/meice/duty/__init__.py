"""Rosters, shifts, swaps and hand-overs."""
