"""Days in addresses: content systems put the day of publication into the path."""

import re
from datetime import date

from meice.engines.webprobe.pages.days import make_day

_PATHS = re.compile(
    r"""
      (?<!\d)(?P<year>(?:19[89]|20\d)\d)(?:
        /(?P<month>1[0-2]|0[1-9])(?P<day>3[01]|[12]\d|0[1-9])(?=[/._]|$)           # /2021/0629/  WebPlus
      | /(?P<month2>1[0-2]|0?[1-9])/(?P<day2>3[01]|[12]\d|0?[1-9])(?=[/._]|$)      # /2021/6/29/  jpage
      | (?P<month3>1[0-2]|0[1-9])(?P<day3>3[01]|[12]\d|0[1-9])(?!\d)               # t20210629_1  TRS
      | (?P<month4>1[0-2]|0[1-9])/(?P<day4>3[01]|[12]\d|0[1-9])(?=[/._]|$)         # /202106/29/
      | -(?P<month5>1[0-2]|0?[1-9])-(?P<day5>3[01]|[12]\d|0?[1-9])(?!\d)           # /2021-06-29/
      | /(?P<month6>1[0-2]|0?[1-9])-(?P<day6>3[01]|[12]\d|0?[1-9])(?=[/._]|$)      # /2021/06-29/
      )
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"(?:19[89]|20\d)\d")


def url_day(url: str) -> tuple[date, str] | None:
    """Return the day in the path of an address and the piece that says it, or None."""
    if not _YEAR.search(url):
        return None
    start = url.find("/", url.find("//") + 2)
    path = url[start:].partition("?")[0] if start >= 0 else ""
    for found in _PATHS.finditer(path):
        numbers = [int(group) for group in found.groups()[1:] if group]
        if day := make_day(int(found["year"]), *numbers):
            return day, found[0].strip("/")
    return None
