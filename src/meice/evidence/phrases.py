"""What cases are called in Chinese; the rooms that keep them say so in `ready()`."""

from collections.abc import Mapping

ACTS = {"evidence.keep": "存入证据", "evidence.verify": "校验证据链"}
DETAILS = {"case": "案卷", "kind": "类型", "seal": "散列"}

_cases: dict[str, str] = {}


def name_cases(words: Mapping[str, str]) -> None:
    """Add `{"impersonation": "假冒账号"}`: cases `impersonation:12` are 假冒账号 12."""
    _cases.update(words)


def case_words(case: str) -> str:
    """`假冒账号 12`; the name itself where no room has named its kind."""
    kind, _, number = case.partition(":")
    return f"{_cases[kind]} {number}" if kind in _cases else case
