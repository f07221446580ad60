"""The four blank forms in one archive."""

import zipfile
from functools import cache
from io import BytesIO

from meice.engines.annexes.write import blank_workbooks

_DAY = (2021, 6, 29, 0, 0, 0)  # one fixed time: the same bytes every time


@cache
def blank_forms() -> bytes:
    """A zip of the four blank `.xls`; member names bear the UTF-8 flag."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in blank_workbooks().items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
