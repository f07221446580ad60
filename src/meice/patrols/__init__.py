"""Patrol plans, rounds and the record book."""
