"""The .xlsx files of the room: lists, templates, faults. Every cell is text, none a formula."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse

from meice.engines.marks import mask_mobile
from meice.kernel.http import attachment
from meice.orgs.intake.columns import COLUMNS, Column
from meice.orgs.intake.model import Fault
from meice.orgs.intake.reading import KINDS, ROLES
from meice.orgs.looks import account_look
from meice.orgs.models import IntakeSubject, Post, UnitKind, User
from meice.orgs.roles import Role

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 40
TEMPLATE_ROWS = 1000


def _book(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> FileResponse:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        _sheet(book, "名单", heads, rows)
    stream.seek(0)
    return attachment(stream, name, kind=XLSX)


def _sheet(book: Any, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#F5F7F9", "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@", "valign": "top"})
    widths = [len(one) * 2 for one in heads]
    for at, one in enumerate(heads):
        sheet.write_string(0, at, one, head)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            sheet.write_string(number, at, value, text)
            widths[at] = max(widths[at], len(value.encode("gb18030", "replace")))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(WIDEST, width + 3), text)
    sheet.freeze_panes(1, 0)
    return sheet


def unit_list(units: Sequence[Mapping[str, Any]]) -> FileResponse:
    """Units as they stand in the list, with the headings that an import reads again."""
    heads = (
        "单位名称",
        "上级单位",
        "简称",
        "别名",
        "类别",
        "办公电话",
        "主管领导",
        "审核人",
        "运维",
        "人数",
        "状态",
    )
    rows = (
        (
            one["unit"].name,
            one["parent"],
            one["unit"].short_name,
            "、".join(one["unit"].alias_list),
            UnitKind(one["unit"].kind).label,
            one["unit"].phone,
            "、".join(one["leaders"]),
            "、".join(one["reviewers"]),
            "、".join(one["operators"]),
            str(one["people"]),
            "在用" if one["unit"].active else "已停用",
        )
        for one in units
    )  # fmt: skip
    return _book("单位名单.xlsx", heads, rows)


def user_list(people: Sequence[User], *, managing: bool) -> FileResponse:
    """A row for each person and post; mobiles are masked."""
    heads = ["工号", "姓名", "单位", "角色", "在编", "学生", "指导教师", "手机", "邮箱"]
    heads += ["状态"] if managing else []
    rows = (
        [*_person(user, post), *([account_look(user).label] if managing else [])]
        for user in people
        for post in (getattr(user, "seen_posts", None) or [None])
    )
    return _book("人员名单.xlsx", heads, rows)


def _person(user: User, post: Post | None) -> list[str]:
    teacher = post.supervised_by if post else None
    return [
        user.username,
        user.name,
        post.unit.name if post else "",
        Role(post.role).label if post else "",
        _yes(post.is_permanent) if post else "",
        _yes(post.is_student) if post else "",
        teacher.name if teacher else "",
        mask_mobile(user.mobile) if user.mobile else "",
        user.email,
    ]


def _yes(value: bool) -> str:
    return "是" if value else "否"


def template(subject: str) -> FileResponse:
    """An empty sheet with two example rows, lists to choose from and a page that explains."""
    columns, stream = COLUMNS[subject], BytesIO()
    label = IntakeSubject(subject).label
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        examples = [[column.examples[at] for column in columns] for at in (0, 1)]
        sheet = _sheet(book, label, [column.label for column in columns], examples)
        for at, column in enumerate(columns):
            if choices := _choices(column):
                sheet.data_validation(1, at, TEMPLATE_ROWS, at, {
                    "validate": "list", "source": choices, "ignore_blank": True,
                })  # fmt: skip
        rows = [[one.label, "必填" if one.required else "可空", _explained(one)] for one in columns]
        rows.append(["示例行", "", "第 2、3 行是例子，导入前删去。"])
        _sheet(book, "说明", ("列", "要求", "怎么填"), rows)
    stream.seek(0)
    return attachment(stream, f"{label}导入模板.xlsx", kind=XLSX)


def _choices(column: Column) -> list[str]:
    if column.key == "role":
        return [role.label for role in Role]
    if column.key == "kind":
        return [kind.label for kind in UnitKind]
    return ["是", "否"] if column.key in ("permanent", "student") else []


def _explained(column: Column) -> str:
    words = {
        "parent": "上级的名称、简称或别名；重名时写全路径，用「/」隔开；空着就在你管的最上级下面。",
        "aliases": "几个别名用「、」隔开。",
        "kind": "、".join(dict.fromkeys(kind.label for kind in KINDS.values())),
        "username": "登录时用。同一人有几个岗位就写几行，工号相同。",
        "unit": "单位的名称、简称或别名；重名时写全路径，用「/」隔开。",
        "role": "、".join(dict.fromkeys(role.label for role in ROLES.values())),
        "teacher": "学生必填，教师的工号。",
        "student": "学生只能担任运维。",
        "mobile": "11 位。",
    }
    others = f"也认得：{'、'.join(column.aliases)}。" if column.aliases else ""
    return f"{words.get(column.key, '')}{others}"


def fault_list(faults: Sequence[Fault]) -> FileResponse:
    """What is wrong, cell by cell."""
    rows = ((one.address, one.column, one.found, one.message) for one in faults)
    return _book("导入错误清单.xlsx", ("单元格", "列", "填的是", "错在哪里、怎么改"), rows)
