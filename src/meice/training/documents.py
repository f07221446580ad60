"""Who lacks what, as a workbook: text cells only, no telephone number."""

from collections.abc import Iterable, Iterator

from meice.rectification.documents.sheets import workbook_bytes
from meice.training.models.need import NEED_LOOKS, Need, NeedState, UnitNeeds

NEED_HEAD = ("单位", "姓名", "工号", "岗位", "在编", "培训主题", "状态", "有效期至")
UNIT_HEAD = ("单位", "应有项次", *(NEED_LOOKS[state].label for state in NeedState))


def needs_bytes(needs: Iterable[Need], units: Iterable[UnitNeeds]) -> bytes:
    """One row a person and topic; the second sheet has the numbers of each unit."""
    numbers = (_numbers(one) for one in units)
    return workbook_bytes({"培训缺口": (NEED_HEAD, _lines(needs)), "按单位": (UNIT_HEAD, numbers)})


def _numbers(one: UnitNeeds) -> tuple[str | int, ...]:
    return (one.name, one.total, *(one.numbers[state] for state in NeedState))


def _lines(needs: Iterable[Need]) -> Iterator[tuple[str, ...]]:
    for need in needs:
        post = need.post
        permanent = "学生" if post.is_student else ("是" if post.is_permanent else "否")
        end = need.until.isoformat() if need.until and need.has_end else ""
        if need.until and not need.has_end:
            end = "长期"
        yield (
            post.unit.name, post.user.name, post.user.username, str(post.get_role_display()),
            permanent, need.topic.name, need.look.label, end,
        )  # fmt: skip
