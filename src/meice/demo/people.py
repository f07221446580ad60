"""Invented names and numbers: the same ones every time."""

from collections.abc import Iterator
from itertools import count
from random import Random

SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭曾邓叶苏卢潘钟谭廖范"
GIVEN: tuple[str, ...] = tuple(
    "嘉怡文轩雨桐子涵伟明丽华志强晓彤俊杰淑芬海涛思源慧敏国栋美玲建平诗琪浩然"
    "婉婷立群晨曦永康秀英家豪若兰振宇雪梅启航碧云承志佩珊景行静怡修远采薇广林"[at : at + 2]
    for at in range(0, 72, 2)
)


def names(seed: int = 2026) -> Iterator[str]:
    """Names without end, none twice among the first eight hundred."""
    every = [surname + given for surname in SURNAMES for given in GIVEN]
    Random(seed).shuffle(every)  # noqa: S311  invented names, nothing secret
    yield from every
    yield from (f"{name}{'甲乙丙丁'[at % 4]}" for at, name in enumerate(every))


def mobiles() -> Iterator[str]:
    """Invented numbers: 13800000001 and so on."""
    return (f"138{number:08d}" for number in count(1))
