"""The rules for passwords: one policy object, two profiles.

`dengbao` follows GB/T 22239-2019 身份鉴别 a) (complexity and rotation); `nist` follows
NIST SP 800-63B and ASVS 6.2 (length and lists, no composition, no rotation). They contradict each
other, so an installation chooses with MEICE_PASSWORD_PROFILE.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable
from django.contrib.auth.password_validation import CommonPasswordValidator

from meice.kernel.pinyin import pinyin_key
from meice.orgs.models import User

LONGEST = 128
SHORTEST_CONTEXT = 4
OWN_LIST = Path(__file__).with_name("common_passwords.txt")
LEET = str.maketrans("013457@$", "oieastas")

CLASSES: tuple[Callable[[str], bool], ...] = (
    str.islower,
    str.isupper,
    str.isdigit,
    lambda sign: not (sign.isascii() and sign.isalnum()),
)


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """`classes` of the four kinds of signs; `history` former passwords; `rotation` or None."""

    name: str
    shortest: int
    classes: int
    history: int
    rotation: timedelta | None

    def hint(self) -> str:
        """The rules in one sentence for the form."""
        kinds = f"，大写、小写、数字、符号至少 {self.classes} 种" if self.classes > 1 else ""
        former = f"，不同于最近 {self.history} 次" if self.history else ""
        return f"至少 {self.shortest} 位{kinds}{former}；不含工号、姓名、单位名，不用常见口令。"

    def is_over(self, user: User, at: datetime) -> bool:
        """True when the password is older than the rotation asks."""
        due = self.due(user)
        return due is not None and at >= due

    def due(self, user: User) -> datetime | None:
        """When it must be changed; None: never."""
        if self.rotation is None or user.password_changed_at is None:
            return None
        return user.password_changed_at + self.rotation


PROFILES: Mapping[str, PasswordPolicy] = {
    "dengbao": PasswordPolicy("dengbao", 12, 3, 5, timedelta(days=90)),
    "nist": PasswordPolicy("nist", 12, 0, 0, None),
}


def policy() -> PasswordPolicy:
    """The chosen profile; an unknown name is the caller's mistake."""
    return PROFILES[getattr(settings, "PASSWORD_PROFILE", "dengbao")]


def faults(password: str, user: User, rules: PasswordPolicy | None = None) -> list[str]:
    """What is wrong with a new password, one Chinese sentence each; empty: good."""
    rules = rules or policy()
    checks = (
        _length(password, rules),
        _classes(password, rules),
        _context(password, user),
        _common(password),
        _former(password, user, rules),
    )
    return [fault for fault in checks if fault]


def _length(password: str, rules: PasswordPolicy) -> str:
    if len(password) < rules.shortest:
        return f"口令只有 {len(password)} 位，应至少 {rules.shortest} 位。"
    return f"口令超过 {LONGEST} 位。" if len(password) > LONGEST else ""


def _classes(password: str, rules: PasswordPolicy) -> str:
    held = sum(any(kind(sign) for sign in password) for kind in CLASSES)
    if held >= rules.classes:
        return ""
    return f"口令只有 {held} 种字符，大写、小写、数字、符号应至少 {rules.classes} 种。"


def _context(password: str, user: User) -> str:
    bare = password.lower()
    found = [word for word in context_words(user) if word in bare]
    return "口令里不能有工号、姓名、单位名或系统名。" if found else ""


def context_words(user: User) -> set[str]:
    """工号, names and their pinyin, lower-case, of at least four signs (Chinese: two)."""
    units = [post.unit for post in user.current_posts()] if user.pk else []
    names = [user.name, settings.INSTITUTION]
    names += [name for unit in units for name in (unit.name, unit.short_name)]
    spelled = [part for name in names if name for part in pinyin_key(name).split()[:1]]
    latin = [user.username.lower(), user.mobile, "meice", *spelled]
    chinese = [name.lower() for name in names if len(name) > 1]
    return {word for word in latin if len(word) >= SHORTEST_CONTEXT} | set(chinese)


def _common(password: str) -> str:
    bare = password.lower()
    core = bare.strip("0123456789!@#$%^&*()_+-=.,?/ ")
    known = common_passwords()
    plain = core.translate(LEET)
    mostly = len(core) * 2 >= len(bare)
    weak = bare in known or (mostly and (core in known or plain in known))
    few = len(set(bare)) < 5
    return "这是常见口令或它的变形，容易被猜到。" if weak or few else ""


@cache
def common_passwords() -> frozenset[str]:
    """Django's list of 20,000 and our own of habits in Chinese offices."""
    own: Iterable[str] = OWN_LIST.read_text("utf-8").split()
    return frozenset(CommonPasswordValidator().passwords) | frozenset(own)


def _former(password: str, user: User, rules: PasswordPolicy) -> str:
    if not user.pk or not rules.history:
        return ""
    former = user.former_passwords.values_list("password", flat=True)[: rules.history - 1]
    hashes = [user.password, *former]
    usable = (encoded for encoded in hashes if encoded and is_password_usable(encoded))
    if any(check_password(password, encoded) for encoded in usable):
        return f"与最近 {rules.history} 次用过的口令相同。"
    return ""
