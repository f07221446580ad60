import pytest

from meice.kernel.access import ALLOWED, Refused, Verdict, refused, require, when


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (ALLOWED, ALLOWED, ""),
        (ALLOWED, refused("乙"), "乙"),
        (refused("甲"), ALLOWED, "甲"),
        (refused("甲"), refused("乙"), "甲"),
    ],
)
def test_the_first_refusal_speaks(first: Verdict, second: Verdict, reason: str) -> None:
    assert (first and second) == (first & second)
    assert (first & second).reason == reason
    assert bool(first & second) is (reason == "")


def test_a_refusal_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        refused("")


def test_require_raises_the_reason_that_the_page_shows() -> None:
    require(when(True, otherwise="没有用到"))
    with pytest.raises(Refused) as caught:
        require(when(False, otherwise="这份备案是你起草的，不能自己受理。"))
    assert caught.value.reason == "这份备案是你起草的，不能自己受理。"
