"""What the name rules are told and what they answer. No database: the caller gathers the context."""

from dataclasses import dataclass
from enum import StrEnum

from meice.engines.outlets.platforms import Platform


class NameRule(StrEnum):
    """The rules of domain.md 3.4."""

    N1 = "N1"
    N2 = "N2"
    N3 = "N3"
    N4 = "N4"
    N5 = "N5"
    N6 = "N6"
    N7 = "N7"
    N8 = "N8"
    N9 = "N9"
    N10 = "N10"
    N11 = "N11"
    N12 = "N12"
    A1 = "A1"


class NameLevel(StrEnum):
    """How a hit weighs: an error stops the filing, a candidate goes to a person for judgement."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class UnitNames:
    """A unit's full name and everything else it is called: 简称, English name, acronym, aliases."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Full name first, blanks left out."""
        return tuple(name for name in (self.name, *self.aliases) if name.strip())


@dataclass(frozen=True, slots=True)
class Avatar:
    """What is known of a picture; `digest` is any hash by which equal pictures are equal."""

    digest: str | None = None
    is_default: bool = False
    has_qr_code: bool = False


@dataclass(frozen=True, slots=True)
class RegisteredOutlet:
    """An outlet of the register, as far as names are concerned. `unit` is the unit's full name."""

    name: str
    platform: Platform
    unit: str
    permanent_id: str | None = None
    active: bool = True
    avatar_digest: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedOutlet:
    """What is filed, renamed or found. `verified_as` is blank while nothing is verified."""

    name: str
    platform: Platform
    verified_as: str = ""
    permanent_id: str | None = None
    avatar: Avatar | None = None


@dataclass(frozen=True, slots=True)
class NameContext:
    """Who asks. `ancestors` begin with the school when the unit is not the school itself.

    `others` are the units that are neither ancestors nor descendants; `outlets` the register
    (without the outlet that is checked); `unrelated` names of other institutions that only
    resemble the school's, learnt from dismissed candidates.
    """

    unit: UnitNames
    school: UnitNames
    ancestors: tuple[UnitNames, ...] = ()
    descendants: tuple[UnitNames, ...] = ()
    others: tuple[UnitNames, ...] = ()
    outlets: tuple[RegisteredOutlet, ...] = ()
    unrelated: tuple[str, ...] = ()
    is_news_centre: bool = False
    has_exception: bool = False


@dataclass(frozen=True, slots=True)
class NameIssue:
    """One hit: what was found, in Chinese why it matters, the article, and how to mend it."""

    rule: NameRule
    level: NameLevel
    found: str
    message: str
    article: str
    remedy: str
