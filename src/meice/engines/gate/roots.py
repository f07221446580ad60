"""The root certificates of this machine."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


@lru_cache(maxsize=1)
def root_file() -> str:
    """The file with the roots, ``SSL_CERT_FILE`` first; empty when there is none."""
    places = (os.environ.get("SSL_CERT_FILE", ""), *PLACES)
    return next((place for place in places if place and Path(place).is_file()), "")
