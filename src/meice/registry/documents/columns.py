"""Which columns a ledger may have, and by which headings they are known.

Headings of annexes 1 and 4 come from the engine's own table, so that those files map by themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meice.engines.annexes.columns import BASIC_COLUMNS, FILING_COLUMNS, SAMPLE_NAMES
from meice.orgs.intake.columns import plain
from meice.registry.entry import ITEM_BY_KEY

HEAD_WITHIN = 15
NUMBER, PROBLEMS, RECTIFIED = "number", "problems", "rectified"
EXTRA = {NUMBER: "台账编号", PROBLEMS: "问题排查情况", RECTIFIED: "是否整改"}
ANNEX_KEYS: Mapping[str, str] = {
    "name": "name",
    "unit": "unit",
    "department": "unit",
    "verified_as": "verified_as",
    "kind": "platform",
    "problems": PROBLEMS,
    "rectified": RECTIFIED,
    "interactive": "interactive",
    "has_review_system": "has_review_system",
    "outsourced": "outsourced",
    "responsible_name": "responsible.name",
    "responsible_mobile": "responsible.phone",
    "note": "note",
    "account_id": "account_id",
    "opened_on": "opened_on",
    "leader": "leader.name",
    "reviewer": "reviewer.name",
    "operator": "operators.1.name",
    "operator_phone": "operators.1.phone",
}
OWN_HEADINGS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("台账编号", "台账号", "系统编号"),
    "platform": ("平台", "类型", "账号类型"),
    "url": ("网址", "链接", "主页", "主页链接", "地址", "域名"),
    "permanent_id": ("平台永久ID", "原始ID", "UID"),
    "icp": ("网站ICP", "ICP备案号", "ICP", "ICP号"),
    "responsible_department": ("责任部门", "责任单位"),
    "followers": ("粉丝量（关注数）", "粉丝量", "粉丝数", "关注数", "用户数"),
    "frequency": ("发布频次", "更新频次", "发布频率"),
    "purpose": ("用途", "功能定位", "主要用途"),
    "status": ("状态", "账号状态", "使用状态"),
    "holder": ("持有性质", "账号性质"),
    "holder_person": ("职务账号持有人", "持有人"),
    "publishes": ("具有信息发布功能", "是否具有信息发布功能", "信息发布功能", "是否发布信息"),
    "outsourced_to": ("受托单位", "委托单位", "运营单位"),
    "leader.phone": ("主管领导电话", "领导电话"),
    "leader.title": ("主管领导职务",),
    "reviewer.phone": ("审核人电话",),
    "reviewer.title": ("审核人职务",),
    "operators.1.name": ("运维人员1", "运维1"),
    "operators.1.phone": ("运维人员1电话", "运维1电话"),
    "operators.2.name": ("运维人员2", "运维2"),
    "operators.2.phone": ("运维人员2电话", "运维2电话"),
    "operators.3.name": ("运维人员3", "运维3"),
    "operators.3.phone": ("运维人员3电话", "运维3电话"),
    "responsible.permanent": ("负责人是否在编", "负责人在编", "是否在编"),
}
NO_DATA = ("注：", "注:", "报送方式", "填报单位", "填报部门", "填表人", "合计")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column that a ledger may have."""

    key: str
    label: str
    names: tuple[str, ...]


def _headings() -> tuple[Heading, ...]:
    names: dict[str, list[str]] = {key: list(own) for key, own in OWN_HEADINGS.items()}
    for column in (*BASIC_COLUMNS, *FILING_COLUMNS):
        if key := ANNEX_KEYS.get(column.key):
            names.setdefault(key, []).extend([column.title, *column.aliases])
    labels = {key: EXTRA.get(key) or ITEM_BY_KEY[key].label for key in names}
    return tuple(Heading(key, labels[key], tuple(dict.fromkeys(own))) for key, own in names.items())


HEADINGS = _headings()


def known_columns(head: Sequence[str]) -> dict[str, int]:
    """Item key → column index; the first name of a heading wins over its later ones."""
    bare = [_bare(cell) for cell in head]
    ranked = sorted(
        (rank, at, heading.key)
        for heading in HEADINGS
        for rank, name in enumerate(heading.names)
        for at, cell in enumerate(bare)
        if cell and cell == _bare(name)
    )
    mapping: dict[str, int] = {}
    for _rank, at, key in ranked:
        if key not in mapping and at not in mapping.values():
            mapping[key] = at
    return mapping


def _bare(text: str) -> str:
    """Without blanks; brackets stay (账号（网站）名称), unless what they hold is all of a remark."""
    tight = "".join(text.split()).replace("(", "（").replace(")", "）")
    return tight.lower() if "（" in tight else plain(tight)


def find_head_row(rows: Sequence[Sequence[str]]) -> int:
    """The index of the row with the most known headings among the first 15; -1 without three."""
    counts = [len(known_columns(row)) for row in rows[:HEAD_WITHIN]]
    best = max(counts, default=0)
    return counts.index(best) if best > 2 else -1


def is_no_data(cells: Sequence[str], name: str) -> bool:
    """Empty rows, notes, heads repeated, and the printed samples of annex 1."""
    first = next((cell for cell in cells if cell), "")
    return not any(cells) or first.startswith(NO_DATA) or name in SAMPLE_NAMES
