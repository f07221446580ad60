"""Signing in: the ways in, the brake on guessing, the rules for passwords, the session's life."""
