"""Words that stand twice by mistake: 进行进行, 的的; real doublings (人人, 研究研究) are none."""

import re
from collections.abc import Iterator

from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity
from meice.engines.zhcheck.rules.signs import HAN

SOURCE = "《图书质量管理规定》附件《图书编校质量差错率计算方法》：多字"

# Single characters that no word both ends and begins with, but for what the lookarounds name.
_PARTICLE = re.compile(
    r"的的(?<!目的的)(?![确士])|了了(?<![甚时未]了了)(?![解望然心此])|被被(?<!棉被被)|这这|并并"
    r"|及及(?<!以及及)(?![时早第])"
)
# Words that are never doubled on purpose, though 研究研究 and 一个一个 are.
_WORDS = """
我们 他们 你们 它们 学校 大学 学院 学生 教师 老师 单位 部门 校园 中国 全国 国家 社会 教育 教学 科研
工作 建设 发展 活动 会议 通知 管理 服务 精神 制度 机制 体系 能力 水平 问题 内容 方面 领域 项目 中心
进行 开展 推进 推动 加强 加快 坚持 落实 实现 提升 提高 促进 完善 深化 强化 贯彻 围绕 组织 举行 召开 举办
以及 并且 而且 但是 因此 因为 所以 由于 对于 关于 根据 按照 通过 为了 同时 其中 可以 应当 必须 需要
已经 没有 这个 那个 这些 那些 其他 所有 自己 相关 有关 主要 重要 积极 进一步 不断 目前
"""
_NEVER_DOUBLED = frozenset(_WORDS.split())
_HAN_ONLY = re.compile(f"[{HAN}]+")
_LONGEST = 8
_WIDTH = 4  # bytes of a code point in UTF-32
_DIFFERENT = re.compile(rb"[^\0]")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_SHORTEST_SENTENCE = 12


def check(copy: Copy) -> Iterator[Issue]:
    """Yield the second of two equal words, and of two equal sentences that follow each other."""
    for match in _PARTICLE.finditer(copy.text):
        yield _issue(copy, (match.start() + 1, match.end()), f"“{match[0][0]}”字重复")
    for start, middle, end in _doubles(copy.text):
        word = copy.text[start:middle]
        if word in _NEVER_DOUBLED or _is_long(word):
            yield _issue(copy, (middle, end), f"“{word}”重复")
    yield from _sentences(copy)


def _is_long(word: str) -> bool:
    """Three characters and more are not doubled on purpose, but for counting: 一道题一道题."""
    return len(set(word)) > 2 and word[0] not in "一每" and bool(_HAN_ONLY.fullmatch(word))


def _doubles(text: str) -> Iterator[tuple[int, int, int]]:
    """Where 2 to 8 characters stand again: their start, their end, the end of the last repetition.

    The text as one long number, less itself moved by a word's length: zeros are what is equal.
    A regular expression with a back reference takes ten times as long.
    """
    whole = int.from_bytes(text.encode("utf-32-le", "surrogatepass"), "little")
    for length in range(2, _LONGEST + 1):
        differences = (whole ^ (whole >> (8 * _WIDTH * length))).to_bytes(
            _WIDTH * len(text), "little"
        )
        equal = bytes(_WIDTH * length)
        found = differences.find(equal)
        while found >= 0:
            after = _DIFFERENT.search(differences, found)
            stop = after.start() if after else len(differences)
            start, same = -(-found // _WIDTH), stop // _WIDTH
            again = (same - start) // length * length
            if again and text[start : start + length] == text[start + length : start + 2 * length]:
                yield start, start + length, start + length + again
            found = differences.find(equal, stop)


def _sentences(copy: Copy) -> Iterator[Issue]:
    before = ""
    for match in _SENTENCE.finditer(copy.text):
        sentence = match[0].strip()
        whole = len(sentence) >= _SHORTEST_SENTENCE and sentence[-1] in "。！？"
        if whole and sentence == before:
            yield _issue(copy, match.span(), "整句重复")
        before = sentence or before


def _issue(copy: Copy, span: tuple[int, int], message: str) -> Issue:
    return copy.issue(
        Rule.REPEATED,
        Severity.WARN,
        span,
        f"{message}，是否多写了一遍",
        suggestion="",
        source=SOURCE,
    )
