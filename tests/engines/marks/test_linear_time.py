"""Hostile texts cost no more than their length: twice the text, about twice the time."""

from time import process_time

import pytest

from meice.engines.marks import find_marks

HOSTILE = [
    "1",
    "1380 0000 ",
    "粤ICP备",
    "粤ICP备12345678 ",
    "机密   ★",
    "机密*",
    "秘密 ",
    "6222 ",
    "62 ",
    "公网安备123",
]


def seconds(text):
    """The least of three: what else the process does (collecting garbage, say) only adds."""

    def once():
        start = process_time()
        find_marks(text)
        return process_time() - start

    return min(once() for _ in range(3))


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_and_not_with_its_square(piece):
    short, long = (piece * (size // len(piece)) for size in (20_000, 160_000))
    # Eight times the text; a square would be 64 times the time.
    assert seconds(long) < 30 * max(seconds(short), 0.003)
