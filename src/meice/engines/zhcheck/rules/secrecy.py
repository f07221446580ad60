"""密级 marks block, bare words warn (GB/T 9704—2012; domain.md 5.6).

★ is reserved for state secrets. The bare words also stand in ordinary prose about keeping secrets:
there they are protected.
"""

import re
from collections.abc import Iterator

from meice.engines.marks import Kind, find_marks
from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity

MARK_SOURCE = "《中华人民共和国保守国家秘密法》；GB/T 9704—2012《党政机关公文格式》"
WORD_SOURCE = "《中华人民共和国保守国家秘密法》；校内信息公开保密审查"

_ANY = re.compile("[绝机秘]密|内部[资文]|[予宜]公开|仅供内部")
_TALK_BEFORE = re.compile(
    r"(?:国家|商业|工作|军事|个人|他人|企业|技术|通信|核心|小|无记名"
    r"|(?:保守|严守|泄露|窃取)(?:党的|党和国家的?|国家的?)?"
    r"|(?:藏着|揭开|解开|揭示|探索|探寻|破解|发现)[^，。；！？\n]{0,15})$"
)
_TALK_AFTER = re.compile("战线|投票|花园|武器")
_LONGEST_TALK = 20


def check(copy: Copy) -> Iterator[Issue]:
    """Yield marks such as 机密★10年 (block) and words such as 内部资料 (warn)."""
    if not _ANY.search(copy.text):
        return
    for mark in find_marks(copy.text, (Kind.SECRET_MARK, Kind.SECRET_WORD)):
        span = mark.start, mark.end
        if mark.kind is Kind.SECRET_MARK:
            yield _mark(copy, span)
        elif not _is_talk(copy.text, span):
            yield _word(copy, span)


def _is_talk(text: str, span: tuple[int, int]) -> bool:
    """保守国家秘密, 大自然的秘密: prose about secrets, not a secret paper."""
    start, end = span
    return text[end - 1] == "密" and bool(
        _TALK_BEFORE.search(text, max(0, start - _LONGEST_TALK), start)
        or _TALK_AFTER.match(text, end)
    )


def _mark(copy: Copy, span: tuple[int, int]) -> Issue:
    return copy.issue(
        Rule.SECRET_MARK,
        Severity.BLOCK,
        span,
        "出现国家秘密标志，涉密内容不得上网；请停止处理并报告保密办",
        source=MARK_SOURCE,
    )


def _word(copy: Copy, span: tuple[int, int]) -> Issue:
    return copy.issue(
        Rule.SECRET_WORD,
        Severity.WARN,
        span,
        "可能是不宜公开的内容，请核对是否经过保密审查",
        source=WORD_SOURCE,
    )
