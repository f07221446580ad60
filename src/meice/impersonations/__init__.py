"""Fake accounts: report, judgement, closure request, re-check."""
