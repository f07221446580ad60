"""Tone, icon and word of a state: what `{% status %}` shows. Nothing is coloured by hand."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a state means for the reader (design 4); the value is the class `m-<value>`."""

    BAD = "bad"
    WARN = "warn"
    GOOD = "good"
    INFO = "info"
    IDLE = "idle"
    UNKNOWN = "unknown"
    CLAIM = "claim"

    @property
    def icon(self) -> str:
        """The icon of a notice or a mark that names none of its own."""
        return TONE_ICONS[self]


TONE_ICONS = {
    Tone.BAD: "alert-octagon",
    Tone.WARN: "alert-triangle",
    Tone.GOOD: "circle-check",
    Tone.INFO: "clock",
    Tone.IDLE: "circle-minus",
    Tone.UNKNOWN: "help-circle",
    Tone.CLAIM: "robot",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown; an enum member with these three properties serves as well."""

    label: str
    icon: str
    tone: Tone


class SourceKind(StrEnum):
    """Where a datum comes from (design 6, 出处)."""

    FILING = "filing"
    REPORT = "report"
    PROBE = "probe"
    FEED = "feed"
    IMPORT = "import"
    ATTEST = "attest"
    HUMAN = "human"
    COMPUTED = "computed"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return SOURCES[self][0]

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return SOURCES[self][1]


SOURCES = {
    SourceKind.FILING: ("备案", "certificate"),
    SourceKind.REPORT: ("填报", "table"),
    SourceKind.PROBE: ("探测", "radar-2"),
    SourceKind.FEED: ("订阅源", "rss"),
    SourceKind.IMPORT: ("导入", "file-import"),
    SourceKind.ATTEST: ("单位自证", "link"),
    SourceKind.HUMAN: ("人工核实", "user-check"),
    SourceKind.COMPUTED: ("计算", "calculator"),
}
