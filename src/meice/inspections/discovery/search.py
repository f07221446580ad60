"""Search results of platforms, as a person exported or typed them: names that may be ours or may
imitate ours. Runs in a limited child; knows no Django."""

from collections.abc import Sequence

from meice.engines.outlets import identify, platform_named
from meice.inspections.activity.statistics import read_table

HEADINGS = {
    "platform": ("平台", "类型", "platform"),
    "name": ("名称", "昵称", "账号名称", "账号", "name", "标题"),
    "account": ("账号id", "id", "uid", "微信号", "抖音号"),
    "url": ("链接", "网址", "主页链接", "url"),
}
HEAD_ROWS = 15
NO_HEAD = "没有找到列名。前 15 行里要有一行写着名称，以及平台、链接或账号ID。"


def read_results(
    content: bytes,
) -> tuple[str, tuple[tuple[str, str, str, str, str], ...]]:
    """(fault, ((platform key, identifier, place, name, url), …)) as plain values."""
    fault, sheets = read_table(content)
    if fault or not sheets:
        return "打不开这个文件。请另存为 .xlsx 或 .csv。", ()
    for _, rows, _ in sheets:
        head, columns = _head(rows)
        if head >= 0:
            found = [_result(row, columns, at) for at, row in enumerate(rows[head + 1 :], head + 2)]
            return "", tuple(each for each in found if each)
    return NO_HEAD, ()


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for index, row in enumerate(rows[:HEAD_ROWS]):
        cells = [cell.strip().lower() for cell in row]
        columns = {
            key: next(cells.index(word) for word in words if word in cells)
            for key, words in HEADINGS.items()
            if any(word in cells for word in words)
        }
        if "name" in columns and len(columns) > 1:
            return index, columns
    return -1, {}


def _result(
    row: Sequence[str], columns: dict[str, int], line: int
) -> tuple[str, str, str, str, str] | None:
    def said(key: str) -> str:
        at = columns.get(key, -1)
        return row[at].strip() if 0 <= at < len(row) else ""

    name, url, account = said("name"), said("url"), said("account")
    if not name:
        return None
    identity = identify(url) if url else None
    platform = platform_named(said("platform")) or (identity.platform if identity else None)
    if platform is None:
        return None
    told = account or (identity.identifier if identity else "")
    return platform.key, told or f"名称：{name}", f"第 {line} 行", name, url
