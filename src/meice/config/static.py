"""The static files as they are served: named by their content, compressed, laid out once."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_MARK = "collected.txt"


def collect() -> None:
    """Lay the static files out in `STATIC_ROOT`, unless they lie there as they are now."""
    mark, wanted = Path(settings.STATIC_ROOT, _MARK), fingerprint()
    if mark.is_file() and mark.read_text() == wanted:
        return
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    mark.write_text(wanted)


def fingerprint() -> str:
    """Of how the files are laid out, and of the path, size and time of each."""
    told = sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            file = Path(storage.path(name)).stat()
            told.update(f"\n{name} {file.st_size} {file.st_mtime_ns}".encode())
    return told.hexdigest()
