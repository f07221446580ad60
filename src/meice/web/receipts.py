"""What somebody who did not sign in takes home: a number, and a secret that is shown once.

Both follow from the form's own token, so that a form sent twice gives the same receipt; of the
secret only a keyed hash is kept. `use` tells the rooms apart.
"""

import hmac
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import salted_hmac

SALT = "meice.web.receipts"
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NUMBER_SIGNS, SECRET_SIGNS = 8, 12
UNKNOWN = "没有这个回执，或查询码不对。请照回执逐字填写。"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What she takes home: the secret is shown this once."""

    number: str
    secret: str


def receipt_of(token: UUID, use: str) -> Receipt:
    """`JB-7K3MQ2ZP` and its secret: `use` (`JB`) stands before the number and salts both."""
    number = _signs(token, f"{use}.number", NUMBER_SIGNS)
    return Receipt(f"{use}-{number}", _signs(token, f"{use}.secret", SECRET_SIGNS))


def secret_hash(secret: str, use: str) -> str:
    """What is kept of a secret."""
    return salted_hmac(f"{SALT}.{use}.kept", secret, algorithm="sha256").hexdigest()


def is_secret(given: str, kept: str, use: str) -> bool:
    """Is this the secret, as a person may have typed it?"""
    return hmac.compare_digest(kept, secret_hash(typed(given), use))


def typed(text: str) -> str:
    """A number or a secret as it was given out: no blanks, capitals."""
    return "".join(text.upper().split())


def _signs(token: UUID, use: str, length: int) -> str:
    digest = salted_hmac(f"{SALT}.{use}", str(token), algorithm="sha256").digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:length])
