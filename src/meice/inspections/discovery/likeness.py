"""Why the name of an account that is not ours calls us to mind. A hint for a person, no verdict.

Patterns: the public statements of schools in 2025 name the same kinds of impostors (校园墙,
表白墙, 新生群 …) that use the school's name, its short form or its badge.
"""

import re
from collections.abc import Sequence

from meice.engines.outlets import contains_name, find_look_alike

IMPOSTORS = re.compile(
    r"表白墙|校园墙|万能墙|吐槽墙|树洞|校园集市|互助团|帮帮团|百事通|小灵通|校园圈|生活圈"
    r"|口袋|星球|学长|学姐|新生(?:交流)?群|\d{2}级|校园卡|助手|二手"
)
OFFICIAL = re.compile(r"官方|官微|招生|就业|教务|后勤|团委|宣传部")


def likeness_of(name: str, ours: Sequence[str]) -> str:
    """In words: which of `ours` (names and short names, longest first) it holds or imitates, and
    how; "" when it resembles none."""
    for own in ours:
        if contains_name(name, own):
            return f"含有“{own}”{_kind(name)}"
        if found := find_look_alike(name, own):
            return f"{found.likeness.value}：“{found.found}”像“{own}”{_kind(name)}"
    return ""


def _kind(name: str) -> str:
    if found := IMPOSTORS.search(name):
        return f"，带有“{found[0]}”"
    if found := OFFICIAL.search(name):
        return f"，自称“{found[0]}”"
    return ""
