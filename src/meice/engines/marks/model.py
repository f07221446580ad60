"""What a finder returns: one mark in a text, with where it stands and what it means."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found. The values are the rule names of `meice proof`."""

    ID_CARD = "id-card"
    MOBILE = "mobile"
    BANK_CARD = "bank-card"
    SECRET_MARK = "secret-mark"  # noqa: S105 (a rule name)
    SECRET_WORD = "secret-word"  # noqa: S105 (a rule name)
    ICP = "icp"
    POLICE_RECORD = "police-record"


PERSONAL = frozenset({Kind.ID_CARD, Kind.MOBILE, Kind.BANK_CARD})


class Fault(StrEnum):
    """What is irregular about a mark that was still recognised; the value is what people read."""

    WITHOUT_HAO = "备案号缺少“号”字，格式不规范"
    WITHOUT_SITE_NUMBER = "没有“-序号”：该省通常标示网站备案号（…号-1）"
    UNUSUAL_LENGTH = "编号位数不常见，请核对是否抄漏"
    OLD_LENGTH = "12 位为早期编号，现为 14 位，请核对"
    PROVINCE_MISMATCH = "编号前两位与省份简称不一致"


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]`, in code points of the text that was searched, end exclusive.

    `text` is as written; `value` is the same in one form: only digits (and `X`) for personal
    numbers, `机密★20年` for a secret mark, `粤ICP备04000001号` for a footer mark.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: str
    faults: tuple[Fault, ...] = ()
