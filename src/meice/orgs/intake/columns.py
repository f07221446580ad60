"""Which columns a sheet may have, and by which headings they are known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from meice.orgs.models import IntakeSubject

Rows = Sequence[Sequence[str]]
HEAD_WITHIN = 15


@dataclass(frozen=True, slots=True)
class Column:
    """One datum: its heading, the other headings it is known by, and an example."""

    key: str
    label: str
    aliases: tuple[str, ...]
    required: bool
    examples: tuple[str, str]


UNITS = (
    Column(
        "name", "单位名称", ("单位", "名称", "部门", "部门名称", "单位全称", "机构名称"), True,
        ("数学与信息学院", "新闻中心"),
    ),
    Column(
        "parent", "上级单位", ("上级", "上级部门", "主管单位", "所属单位", "隶属"), False,
        ("", "宣传部"),
    ),
    Column("short_name", "简称", ("单位简称", "部门简称"), False, ("数信学院", "")),
    Column("aliases", "别名", ("曾用名", "其他名称", "又名"), False, ("软件学院、信息学院", "")),
    Column("kind", "类别", ("单位类别", "类型", "单位类型", "性质"), False, ("学院", "直属单位")),
    Column("phone", "办公电话", ("电话", "联系电话", "单位电话"), False, ("", "")),
)  # fmt: skip
PEOPLE = (
    Column(
        "username", "工号", ("职工号", "教工号", "学号", "学工号", "用户名", "登录名", "编号"), True,
        ("20110001", "202630001"),
    ),
    Column("name", "姓名", ("名字", "人员姓名"), True, ("张三", "李四")),
    Column("unit", "单位", ("单位名称", "部门", "所在单位", "所属单位", "学院"), True,
           ("数学与信息学院", "数学与信息学院")),
    Column("role", "角色", ("岗位", "岗位角色", "职责", "身份", "类型"), True, ("审核人", "运维")),
    Column("permanent", "在编", ("是否在编", "编制"), False, ("是", "否")),
    Column("student", "学生", ("是否学生",), False, ("否", "是")),
    Column("teacher", "指导教师工号", ("指导教师", "指导老师工号", "负责教师工号"), False,
           ("", "20110001")),
    Column("mobile", "手机", ("手机号", "手机号码", "移动电话", "联系电话", "联系方式", "电话"), False,
           ("", "")),
    Column("email", "邮箱", ("电子邮箱", "电子邮件", "邮件", "email", "e-mail"), False, ("", "")),
)  # fmt: skip
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    IntakeSubject.UNITS: UNITS,
    IntakeSubject.PEOPLE: PEOPLE,
}


def plain(heading: str) -> str:
    """A heading without blanks, remarks in brackets, stars and 必填."""
    bare = re.sub(r"[（(【\[].*?[）)】\]]", "", heading)
    return re.sub(r"[\s*＊:：]|必填", "", bare).lower()


def find_head(rows: Rows, subject: str) -> int:
    """The index of the row with the most known headings among the first 15; -1 without any two."""
    counts = [len(known(row, subject)) for row in rows[:HEAD_WITHIN]]
    best = max(counts, default=0)
    return counts.index(best) if best > 1 else -1


def known(head: Sequence[str], subject: str) -> dict[str, int]:
    """Column key → index, by heading: own names first, then aliases; each column once."""
    mapping: dict[str, int] = {}
    bare = [plain(cell) for cell in head]
    for exact in (True, False):
        for column in COLUMNS[subject]:
            names = [column.label] if exact else list(column.aliases)
            places = [at for name in names for at, cell in enumerate(bare) if cell == plain(name)]
            free = [at for at in places if at not in mapping.values()]
            if column.key not in mapping and free:
                mapping[column.key] = free[0]
    return mapping


def letter(index: int) -> str:
    """A1's column letters of a 0-based index."""
    text, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
