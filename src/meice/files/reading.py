"""Kept files on their way out. A room calls these after it has asked its own policy."""

from typing import IO

from django.http import FileResponse

from meice.files.models import StoredFile
from meice.kernel.http import attachment


def open_file(stored: StoredFile) -> IO[bytes]:
    """The bytes for reading; the caller closes. `FileNotFoundError` when the disk lost them."""
    return stored.path.open("rb")


def file_response(stored: StoredFile, name: str = "") -> FileResponse:
    """A download under `name` (else the original one): attachment, nosniff, sandboxed."""
    response = attachment(open_file(stored), name or stored.name)
    response["Content-Length"] = str(stored.size)
    return response
