"""The interface secrets of units, encrypted at rest with a key of this installation."""

import hashlib
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box() -> Fernet:
    """The key follows from the installation's own (`MEICE_SECRET_KEY` or the data folder's)."""
    key = hashlib.sha256(b"meice.inspections.sources\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))


def seal(secret: str) -> str:
    """The secret as it may lie in the database."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The secret; None when the installation's key is another one since."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None
