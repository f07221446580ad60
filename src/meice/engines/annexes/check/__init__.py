"""Checking: files, folders and archives in, a report of every form and package out."""

from meice.engines.annexes.check.run import check, read_bytes, read_file

__all__ = ["check", "read_bytes", "read_file"]
