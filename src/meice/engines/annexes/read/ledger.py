"""Collects the issues of one form, with addresses and Chinese messages.

Wording (ui/design.md 9): what happened — where — how to mend, in one sentence or two, 你 not 您.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from meice.engines.annexes.model import Annex, Code, Issue, Severity, cell_name
from meice.engines.annexes.read.grid import Cell, Formula
from meice.engines.annexes.read.refusal import Cause

SAVE_AS = "请用 WPS 或 Excel 打开，另存为「Excel 97-2003 工作簿」（.xls）后再报。"
CAUSES: Mapping[Cause, str] = {
    Cause.HTML: "是网页，改名成了表格文件。" + SAVE_AS,
    Cause.TEXT: "是纯文本（CSV），改名成了表格文件。" + SAVE_AS,
    Cause.WORD: "是 Word 文档，不是表格。请把内容填进附件的表格，另存为「Excel 97-2003 工作簿」后再报。",
    Cause.SLIDES: "是演示文稿，不是表格。请把内容填进附件的表格，另存为「Excel 97-2003 工作簿」后再报。",
    Cause.PDF: "是 PDF，不是表格。请报原来的电子表格，另存为「Excel 97-2003 工作簿」。",
    Cause.RTF: "是 RTF 文档，不是表格。请把内容填进附件的表格，另存为「Excel 97-2003 工作簿」。",
    Cause.IMAGE: "是图片，不是表格。请报原来的电子表格，另存为「Excel 97-2003 工作簿」。",
    Cause.XML_SHEET: "是 XML 表格，改名成了 .xls。" + SAVE_AS,
    Cause.XML: "是 XML 文件，不是表格。" + SAVE_AS,
    Cause.ARCHIVE: "是压缩包，改名成了表格文件。请解压，把里面的表格另存为「Excel 97-2003 工作簿」后再报。",
    Cause.EMPTY: "是空文件，没有内容。请重新导出表格，另存为「Excel 97-2003 工作簿」后再报。",
    Cause.UNKNOWN: "不是表格文件。" + SAVE_AS,
    Cause.ENCRYPTED: "设了打开密码，读不了。请打开文件，去掉密码，另存为「Excel 97-2003 工作簿」后再报。",
    Cause.CORRUPT: "已经损坏，读不了。请从原件重新打开，另存为「Excel 97-2003 工作簿」后再报。",
    Cause.CUT_SHORT: "不完整，可能没有传完。请重新发送，或另存为「Excel 97-2003 工作簿」后再报。",
    Cause.TOO_MANY_CELLS: "的表格范围太大。请删掉表格下方和右方多余的内容，"
    "另存为「Excel 97-2003 工作簿」后再报。",
    Cause.TOO_MUCH_TEXT: "解开后太大，没有读。请把四张表单独另存为「Excel 97-2003 工作簿」后再报。",
    Cause.TOO_MANY_BYTES: "超过 20 MB，没有读。请去掉图片等无关内容，另存为「Excel 97-2003 工作簿」。",
    Cause.TOO_HARD: "读取时超过了时间或内存的限度，已停下。请把四张表复制到新工作簿，"
    "另存为「Excel 97-2003 工作簿」后再报。",
}
FOUND: Mapping[Cause, str] = {
    Cause.HTML: "网页",
    Cause.TEXT: "纯文本（CSV）",
    Cause.WORD: "Word 文档",
    Cause.SLIDES: "演示文稿",
    Cause.PDF: "PDF",
    Cause.RTF: "RTF 文档",
    Cause.IMAGE: "图片",
    Cause.XML_SHEET: "XML 表格",
    Cause.XML: "XML 文件",
    Cause.ARCHIVE: "压缩包",
    Cause.EMPTY: "空文件",
    Cause.UNKNOWN: "其他文件",
    Cause.ENCRYPTED: "有打开密码",
    Cause.CORRUPT: "文件损坏",
    Cause.CUT_SHORT: "文件不完整",
    Cause.TOO_MANY_CELLS: "表格范围过大",
    Cause.TOO_MUCH_TEXT: "解开后过大",
    Cause.TOO_MANY_BYTES: "超过 20 MB",
    Cause.TOO_HARD: "读取超限",
}
EXCEL_FILE = "Excel 97-2003 工作簿（.xls）"


def base_name(path: str) -> str:
    """The last part of a path, a member's inside its archive."""
    return posixpath.basename(path.replace("\\", "/").rpartition("!/")[2].rstrip("/")) or path


def refusal(path: str, cause: Cause) -> Issue:
    """The issue of a file that cannot be read at all."""
    message = f"{base_name(path)} {CAUSES[cause]}"
    return Issue(cause.code, Severity.ERROR, path, None, None, FOUND[cause], EXCEL_FILE, message)


def unknown_form(path: str, sheets: int) -> Issue:
    """The issue of a workbook in which none of the four forms was found."""
    message = (
        f"{base_name(path)} 里没有找到附件 1–4 中的任何一张表。"
        "请用通知所附的表格填写，保留表头各栏的名称。"
    )
    found = f"{sheets} 个工作表，都不是附件 1–4"
    return Issue(Code.UNKNOWN_FORM, Severity.ERROR, path, None, None, found, "附件 1–4", message)


@dataclass(slots=True)
class Ledger:
    """The issues of one form of one sheet."""

    path: str
    sheet: str
    annex: Annex
    issues: list[Issue] = field(default_factory=list)
    formulas: set[Cell] = field(default_factory=set)  # already reported as without a value

    def error(self, code: Code, cell: Cell | None, found: str, expected: str, message: str) -> None:
        self._add(code, Severity.ERROR, cell, found, expected, message)

    def warn(self, code: Code, cell: Cell | None, found: str, expected: str, message: str) -> None:
        self._add(code, Severity.WARNING, cell, found, expected, message)

    def note(self, code: Code, cell: Cell | None, found: str, expected: str, message: str) -> None:
        self._add(code, Severity.INFO, cell, found, expected, message)

    def _add(
        self,
        code: Code,
        severity: Severity,
        cell: Cell | None,
        found: str,
        expected: str,
        message: str,
    ) -> None:
        place = cell_name(*cell) if cell else None
        where = f"{place} " if place else ""
        self.issues.append(
            Issue(code, severity, self.path, self.sheet, place, found, expected, where + message)
        )

    def missing(self, cell: Cell | None, title: str, *, wanted: bool) -> None:
        """A blank cell; ``wanted`` when the file cannot be accepted without it."""
        if cell in self.formulas:
            return
        add = self.error if wanted else self.warn
        add(Code.MISSING_VALUE, cell, "", title, f"「{title}」没有填。请补填。")

    def formula(self, cell: Cell, formula: Formula, shown: str) -> None:
        """A formula in place of a value."""
        if formula.stored:
            self.warn(
                Code.FORMULA_CELL,
                cell,
                shown,
                "直接填写的值",
                f"是公式，已按存下的结果「{shown}」读取。请复制后「选择性粘贴」为数值。",
            )
            return
        self.formulas.add(cell)
        found = formula.error or "没有结果的公式"
        what = (
            f"公式的结果是错误值 {formula.error}" if formula.error else "是公式，文件里没有存下结果"
        )
        self.error(Code.FORMULA_CELL, cell, found, "直接填写的值", f"{what}。请改为直接填写。")
