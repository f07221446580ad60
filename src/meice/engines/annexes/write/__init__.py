"""Writing: the four forms as real BIFF8 that looks like the notice's printed pages."""

from meice.engines.annexes.write.blank import blank_workbook, blank_workbooks
from meice.engines.annexes.write.filing_list import write_filing_list
from meice.engines.annexes.write.workbook import write_workbook

__all__ = ["blank_workbook", "blank_workbooks", "write_filing_list", "write_workbook"]
