"""Files that the room hands out."""

from meice.surveys.documents.blank import blank_forms
from meice.surveys.documents.fault_list import fault_list, fault_list_name
from meice.surveys.documents.paper import paper_of

XLS_KIND = "application/vnd.ms-excel"
XLSX_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_KIND = "application/zip"

__all__ = [
    "XLSX_KIND",
    "XLS_KIND",
    "ZIP_KIND",
    "blank_forms",
    "fault_list",
    "fault_list_name",
    "paper_of",
]
