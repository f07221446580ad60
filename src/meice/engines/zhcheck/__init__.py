"""Reads Chinese copy: wording, titles, personal data, secrecy marks, sources, typos."""
