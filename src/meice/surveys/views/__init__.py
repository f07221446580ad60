"""附件检查: fetch what is visible, read the form, call one action, show or redirect."""

from meice.surveys.views.form import form, rewrite, unmask
from meice.surveys.views.package import download_package, merge, package
from meice.surveys.views.result import (
    delete,
    download_upload,
    export_faults,
    faults,
    progress,
    recheck,
    result,
)
from meice.surveys.views.sheet import save_sheet, sheet, sheet_state
from meice.surveys.views.sheet_form import follow_forms
from meice.surveys.views.sheet_row import add_row, edit_row, remove_row
from meice.surveys.views.upload import blanks, check, example, home

__all__ = [
    "add_row",
    "blanks",
    "check",
    "delete",
    "download_package",
    "download_upload",
    "edit_row",
    "example",
    "export_faults",
    "faults",
    "follow_forms",
    "form",
    "home",
    "merge",
    "package",
    "progress",
    "recheck",
    "remove_row",
    "result",
    "rewrite",
    "save_sheet",
    "sheet",
    "sheet_state",
    "unmask",
]
