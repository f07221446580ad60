"""口令样式: does a text look like a password, a code or a key? Such a text is kept nowhere.

Pure reading. Told by a word that announces a secret (密码：…, pwd=…), by a password's mixture of
signs, or by a long string without meaning. What the register writes every day (addresses, filing
numbers, permanent ids, asset numbers) is none; the table of examples is the test.
"""

import itertools
import math
import re
import unicodedata
from collections import Counter

WHY = "看起来是口令或密钥（{}）。系统不存任何口令：请删去，口令只放在学校的口令保管工具里。"
_ANNOUNCED = re.compile(
    r"(密\s*码|口\s*令|验证码|动态码|密\s*钥|秘\s*钥|授权码|恢复码|"
    r"passw(?:or)?d|passwd|pwd|passcode|secret|token|api[_-]?key|access[_-]?key|app[_-]?secret)"
    r"\s*(?:[:=]|是|为)\s*(\S{3,})",
    re.IGNORECASE,
)
_KEY_HEAD = re.compile(r"\b(?:sk-|ghp_|AKIA|eyJ|-----BEGIN)[\w-]{6,}")
_WORDS = re.compile(r"[!-~]{8,}")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?"
)
_NOT_SAID = ("已", "由", "在", "未", "不", "无", "每", "按", "另", "保管", "定期", "轮换", "见")
SIGNS = set("!@#$%^&*?~+=")
MIXED_LENGTH, PLAIN_LENGTH = 8, 12
BITS_A_SIGN = 3.3


def secret_in(text: str) -> str:
    """The part that looks like a secret, masked to its first sign; blank when nothing does."""
    folded = unicodedata.normalize("NFKC", text)
    announced = _ANNOUNCED.search(folded)
    if announced and not announced[2].startswith(_NOT_SAID):
        return announced[1]
    if _KEY_HEAD.search(folded):
        return "密钥开头"
    for word in _WORDS.findall(_ADDRESS.sub(" ", folded)):
        if _is_mixed(word) or _is_random(word):
            return f"{word[0]}***"
    return ""


def _is_mixed(word: str) -> bool:
    """Capitals, small letters, figures and a sign: nobody writes this but in a password."""
    return (
        len(word) >= MIXED_LENGTH
        and any(sign.isupper() for sign in word)
        and any(sign.islower() for sign in word)
        and any(sign.isdigit() for sign in word)
        and any(sign in SIGNS for sign in word)
    )


def _is_random(word: str) -> bool:
    """Long, of all three kinds, not made of parts, and hard to guess sign by sign."""
    bare = word.strip("()[]{}<>,.;:'\"")
    kinds = (str.isupper, str.islower, str.isdigit)
    return (
        len(bare) >= PLAIN_LENGTH
        and bare.isalnum()
        and all(any(kind(sign) for sign in bare) for kind in kinds)
        and _changes(bare) >= 4
        and _bits(bare) >= BITS_A_SIGN
    )


def _changes(word: str) -> int:
    """How often letters and figures take turns."""
    kinds = [sign.isdigit() for sign in word]
    return sum(one != two for one, two in itertools.pairwise(kinds))


def _bits(word: str) -> float:
    counts = Counter(word).values()
    return -sum(n / len(word) * math.log2(n / len(word)) for n in counts)
