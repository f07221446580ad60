"""Footer marks of websites: ICP 备案 numbers and 公安联网备案 numbers (domain.md 5.5)."""

import re

from meice.engines.marks.model import Fault, Kind, Mark
from meice.engines.marks.provinces import CODE_OF, LETTERS
from meice.engines.marks.widths import fold_widths

_ICP = re.compile(
    rf"(?P<province>[{LETTERS}]|沪交)\s{{0,3}}ICP\s{{0,3}}(?P<kind>备|证)\s{{0,3}}"
    r"(?P<number>[0-9]{6,12})(?![0-9])(?:\s{0,3}(?P<hao>号))?"
    r"(?:\s{0,3}-\s{0,3}(?P<sequence>[0-9]{1,4})(?![0-9])(?P<app>[AXK])?)?",
    re.IGNORECASE,
)
_POLICE = re.compile(
    rf"(?P<province>[{LETTERS}])公网安备\s{{0,3}}(?P<number>[0-9]{{12,14}})(?![0-9])(?:\s{{0,3}}号)?"
)
_POLICE_LINK = re.compile(r"(?:recordcode=|webSearch\?code=)(?P<number>[0-9]{12,14})(?![0-9])")

# 主体备案号 has the year in two or four digits and six more.
_ICP_LENGTHS = frozenset({8, 10})
_WITHOUT_SUFFIX = "粤"  # shows the 主体 number; a suffix there is neither demanded nor wrong
_OLD_POLICE, _POLICE_NOW = 12, 14


def _icp_faults(match: re.Match[str]) -> tuple[Fault, ...]:
    filed = match["kind"] == "备"
    lacks_sequence = filed and match["province"] != _WITHOUT_SUFFIX and not match["sequence"]
    found = {
        Fault.WITHOUT_HAO: not match["hao"],
        Fault.WITHOUT_SITE_NUMBER: lacks_sequence,
        Fault.UNUSUAL_LENGTH: filed and len(match["number"]) not in _ICP_LENGTHS,
    }
    return tuple(fault for fault, present in found.items() if present)


def _icp_value(match: re.Match[str]) -> str:
    app = (match["app"] or "").upper()
    suffix = f"-{match['sequence']}{app}" if match["sequence"] else ""
    return f"{match['province']}ICP{match['kind']}{match['number']}号{suffix}"


def find_icp_numbers(text: str) -> list[Mark]:
    """Return ICP numbers; `value` is the regular form, `faults` what the writing lacks.

    Suffix A, X, K stands for APP, 小程序, 快应用.
    """
    return [
        Mark(
            Kind.ICP,
            match.start(),
            match.end(),
            text[match.start() : match.end()],
            _icp_value(match),
            _icp_faults(match),
        )
        for match in _ICP.finditer(fold_widths(text))
    ]


def _police_faults(province: str | None, number: str) -> tuple[Fault, ...]:
    found = {
        Fault.OLD_LENGTH: len(number) == _OLD_POLICE,
        Fault.UNUSUAL_LENGTH: len(number) not in (_OLD_POLICE, _POLICE_NOW),
        Fault.PROVINCE_MISMATCH: province is not None and number[:2] != CODE_OF[province],
    }
    return tuple(fault for fault, present in found.items() if present)


def _police_mark(text: str, match: re.Match[str], province: str | None) -> Mark:
    number = match["number"]
    value = f"{province}公网安备{number}号" if province else number
    found = text[match.start() : match.end()]
    faults = _police_faults(province, number)
    return Mark(Kind.POLICE_RECORD, match.start(), match.end(), found, value, faults)


def find_police_records(text: str) -> list[Mark]:
    """Return 公安备案 numbers written out, and those in a link to the 公安 query page.

    A written one has the value `粤公网安备44030002017573号`, one from a link the digits alone.
    """
    folded = fold_widths(text)
    written = [_police_mark(text, m, m["province"]) for m in _POLICE.finditer(folded)]
    linked = [_police_mark(text, m, None) for m in _POLICE_LINK.finditer(folded)]
    return sorted(written + linked, key=lambda mark: mark.start)
